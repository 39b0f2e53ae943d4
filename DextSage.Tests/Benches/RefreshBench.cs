using DextSage.Integration.Lists;
using DextSage.Tests.Browser;

namespace DextSage.Tests.Benches;

/// <summary>
/// How quick a refresh is, and how much memory it takes, against bare programs that do the same, all in one sitting: ratios, so that the machine does not matter.
/// Prints <c>figure value target ok|short</c>.
/// </summary>
internal static class RefreshBench
{
    private const int Latency = 150;
    private const string Connect = "connect Marsh_&_Daughters_Ltd";
    private static readonly List<Figure> Figures = [];

    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Folders.New("bench");
        try
        {
            var peak = args is ["memory"] ? await MemoryAsync(folder, scale: 1) : await AtScaleAsync(folder, scale: 1);
            if (args is not ["quick"])
            {
                var peakAtTen = await MemoryAsync(folder, scale: 10);
                Say(new Figure("refresh/peak-memory-10x-over-1x-mib", peakAtTen - peak, 10));
            }

            return Figures.All(f => f.IsOk) ? 0 : 1;
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    private static async Task<double> AtScaleAsync(string folder, int scale)
    {
        await using var sandbox = await SageAsync(folder, scale);
        using var sage = new BenchSage(sandbox.Home);
        var peak = await PeakAsync(folder, sage, scale);

        using var app = await ContestantProcess.StartAppAsync(sage.Home, Path.Combine(folder, "app"));
        await app.AskAsync(Connect);
        using var bare = await ContestantProcess.StartBareAsync(sage.Home, Path.Combine(folder, "bare"), await RequestsAsync(folder, sage, app));
        var widest = new DextSage.Integration.Sage.SageOptions().MostReadsPerBusiness;
        await CompareAsync(app, bare, widest);

        await sage.HoldBackAsync(Latency);
        var tracked = await bare.AskAsync("tracked");
        await CompareHeldBackAsync(app, bare, tracked, widest, "");
        using (var narrow = await ContestantProcess.StartAppAsync(sage.Home, Path.Combine(folder, "narrow"), "--Sage:MostReadsPerBusiness=4"))
        {
            await narrow.AskAsync(Connect);
            await CompareHeldBackAsync(narrow, bare, tracked, 4, "-never-more-than-4-reads");
        }

        await AgainAsync(app, sage);
        return peak;
    }

    /// <summary>A file with the requests for lists that a refresh sends.</summary>
    private static async Task<string> RequestsAsync(string folder, BenchSage sage, ContestantProcess app)
    {
        await sage.ForgetAsync();
        await app.AskAsync("fill");
        var file = Path.Combine(folder, "requests");
        await File.WriteAllLinesAsync(file, (await sage.ListRequestsAsync()).Order(StringComparer.Ordinal));
        return file;
    }

    private static async Task CompareAsync(ContestantProcess app, ContestantProcess bare, int atOnce)
    {
        await bare.AskAsync($"floor {atOnce}");
        await bare.AskAsync("tracked");

        // In turns, so that a busy moment of the machine hits neither side alone.
        double[]? floor = null, fill = null;
        for (var i = 0; i < 5; i++)
        {
            floor = Better(floor, await bare.AskAsync($"floor {atOnce}"));
            fill = Better(fill, await app.AskAsync("fill"));
        }

        var tracked = await bare.AskAsync("tracked");
        Note($"{fill![2]:N0} rows in {fill[1]:N0} requests: refresh {fill[0]:N0} ms, floor {floor![0]:N0} ms, tracked {tracked[0]:N0} ms");
        Say(new Figure("refresh/over-floor", fill[0] / floor[0], 2));
        Say(new Figure("refresh/tracked-ef-over-refresh", tracked[0] / fill[0], 4, AtMost: false));
    }

    private static async Task CompareHeldBackAsync(ContestantProcess app, ContestantProcess bare, double[] tracked, int atOnce, string setting)
    {
        double[]? wire = null, fill = null;
        for (var i = 0; i < 3; i++)
        {
            wire = Better(wire, await bare.AskAsync($"wire {atOnce}"));
            fill = Better(fill, await app.AskAsync("fill"));
        }

        Note($"at {Latency} ms a request and up to {atOnce} at once: refresh {fill![0]:N0} ms, wire {wire![0]:N0} ms, tracked {tracked[0]:N0} ms");
        Say(new Figure($"refresh/over-wire-at-{Latency}-ms{setting}", fill[0] / wire[0], 1.25));
        Say(new Figure($"refresh/tracked-ef-over-refresh-at-{Latency}-ms{setting}", tracked[0] / fill[0], 10, AtMost: false));
    }

    private static async Task AgainAsync(ContestantProcess app, BenchSage sage)
    {
        await sage.ForgetAsync();
        var again = await app.AskAsync("again");
        var asked = await sage.ListRequestsAsync();
        var lists = Enum.GetValues<ListKind>().Length;
        Note($"unchanged: {again[0]:N0} ms, {asked.Count} requests for {lists} lists");
        Say(new Figure("refresh/requests-a-list-unchanged", (double)asked.Count / lists, 1));
        Say(new Figure("refresh/rows-written-unchanged", again[3], 0));
    }

    private static async Task<double> MemoryAsync(string folder, int scale)
    {
        await using var sandbox = await SageAsync(folder, scale);
        using var sage = new BenchSage(sandbox.Home);
        return await PeakAsync(folder, sage, scale);
    }

    /// <summary>An app that has refreshed a small organisation and then idles meets a large one for the first time.</summary>
    private static async Task<double> PeakAsync(string folder, BenchSage sage, int scale)
    {
        using var app = await ContestantProcess.StartAppAsync(sage.Home, Path.Combine(folder, $"memory{scale}"));
        await app.AskAsync("connect Harbour_Street_Bakery");
        var idle = app.Resident;
        app.ForgetPeak();
        var fill = await app.AskAsync(Connect);
        var over = app.Peak - idle;
        Note($"{fill[2]:N0} rows for the first time: {fill[0]:N0} ms, idle {idle:N0} MiB, peak {app.Peak:N0} MiB");
        Say(new Figure($"refresh/peak-memory-over-idle-at-{scale}x-mib", over, 60));
        return over;
    }

    private static async Task<SageProcess> SageAsync(string folder, int scale)
    {
        var origin = $"http://localhost:{TestApp.FreePort()}";
        string[] settings =
        [
            $"--DextSage:Url={origin}", $"--DextSage:DataFolder={Path.Combine(folder, $"sage{scale}")}", $"--Sandbox:RedirectUris:0={BenchSage.Callback}",
            "--Sandbox:Latency=00:00:00", "--Sandbox:NewGrantEndsEarlierOnes=false", "--Sandbox:AccessTokenLifetime=12:00:00",
            $"--Sandbox:LargeSuppliers={20_000 * scale}", $"--Sandbox:LargeCustomers={5_000 * scale}", $"--Sandbox:LargeExtraAccounts={1_000 * scale}", $"--Sandbox:LargeProducts={2_000 * scale}",
        ];
        return new SageProcess(await AppProcess.StartAsync(TimeSpan.FromMinutes(10), ["sandbox", .. settings]), new Uri(origin + "/sandbox/sage/"));
    }

    private sealed record SageProcess(AppProcess Process, Uri Home) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Process.DisposeAsync();
    }

    private static double[] Better(double[]? one, double[] other) => one is not null && one[0] <= other[0] ? one : other;

    private static void Note(string text) => Console.WriteLine("# " + text);

    private static void Say(Figure figure)
    {
        Figures.Add(figure);
        Console.WriteLine(figure);
    }
}
