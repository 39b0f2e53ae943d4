using DextSage.Tests.Browser;

namespace DextSage.Tests.Benches;

/// <summary>
/// How quick a refresh is, and how much memory it takes, against bare programs that do the same, all in one sitting: ratios, so that the machine does not matter.
/// Prints <c>figure value target ok|short</c>.
/// </summary>
internal static class RefreshBench
{
    private const int Latency = 150;
    private const int MoreReads = 12;
    private static readonly List<Figure> Figures = [];

    public static async Task<int> RunAsync(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("bench").FullName;
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
        var requests = Path.Combine(folder, "requests");

        var peak = await PeakAsync(folder, sage, scale);
        using var app = await ContestantProcess.StartAsync(sage.Home, Path.Combine(folder, "app"));
        await app.AskAsync("connect Marsh_&_Daughters_Ltd");
        await sage.ForgetAsync();
        await app.AskAsync("fill");
        await File.WriteAllLinesAsync(requests, (await sage.ListRequestsAsync()).Order(StringComparer.Ordinal));
        using var bare = await ContestantProcess.StartAsync(sage.Home, Path.Combine(folder, "bare"));
        string Bare(string what) => $"bare {what} {requests}";
        await bare.AskAsync(Bare("floor"));
        await bare.AskAsync(Bare("tracked"));

        var floor = await bare.BestAsync(3, Bare("floor"));
        var fill = await app.BestAsync(3, "fill");
        floor = Better(floor, await bare.BestAsync(3, Bare("floor")));
        fill = Better(fill, await app.BestAsync(3, "fill"));
        var tracked = await bare.AskAsync(Bare("tracked"));
        Note($"{fill[2]:N0} rows in {fill[1]:N0} requests: refresh {fill[0]:N0} ms, floor {floor[0]:N0} ms, tracked {tracked[0]:N0} ms");
        Say(new Figure("refresh/over-floor", fill[0] / floor[0], 2));
        Say(new Figure("refresh/tracked-ef-over-refresh", tracked[0] / fill[0], 4, AtMost: false));

        await sage.HoldBackAsync(Latency);
        var slowWire = await bare.BestAsync(2, Bare("wire"));
        var slowFill = await app.BestAsync(2, "fill");
        var slowTracked = await bare.AskAsync(Bare("tracked"));
        Note($"at {Latency} ms a request: refresh {slowFill[0]:N0} ms, wire {slowWire[0]:N0} ms, tracked {slowTracked[0]:N0} ms");
        Say(new Figure($"refresh/over-wire-at-{Latency}-ms", slowFill[0] / slowWire[0], 1.25));
        Say(new Figure($"refresh/tracked-ef-over-refresh-at-{Latency}-ms", slowTracked[0] / slowFill[0], 10, AtMost: false));

        using (var wide = await ContestantProcess.StartAsync(sage.Home, Path.Combine(folder, "wide"), MoreReads))
        {
            await wide.AskAsync("connect Marsh_&_Daughters_Ltd");
            var wideFill = await wide.BestAsync(2, "fill");
            Note($"with {MoreReads} requests at once instead of 4: refresh {wideFill[0]:N0} ms, tracked EF Core / refresh {slowTracked[0] / wideFill[0]:0.0}");
        }

        await sage.ForgetAsync();
        var again = await app.AskAsync("again");
        var asked = await sage.ListRequestsAsync();
        var lists = Enum.GetValues<DextSage.Integration.Lists.ListKind>().Length;
        Note($"unchanged: {again[0]:N0} ms, {asked.Count} requests for {lists} lists");
        Say(new Figure("refresh/requests-a-list-unchanged", (double)asked.Count / lists, 1));
        Say(new Figure("refresh/rows-written-unchanged", again[3], 0));
        return peak;
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
        using var app = await ContestantProcess.StartAsync(sage.Home, Path.Combine(folder, $"memory{scale}"));
        await app.AskAsync("connect Harbour_Street_Bakery");
        var idle = app.Resident;
        app.ForgetPeak();
        var fill = await app.AskAsync("connect Marsh_&_Daughters_Ltd");
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

    private static double[] Better(double[] one, double[] other) => one[0] <= other[0] ? one : other;

    private static void Note(string text) => Console.WriteLine("# " + text);

    private static void Say(Figure figure)
    {
        Figures.Add(figure);
        Console.WriteLine(figure);
    }
}
