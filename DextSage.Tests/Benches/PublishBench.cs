using System.Globalization;

namespace DextSage.Tests.Benches;

/// <summary>
/// How much of the time that Sage makes publishing take is Sage's own: the real publisher over real HTTP, against bounds that follow from one creation at a time in
/// a business, and against bare commits and calls of the same sitting. Prints <c>figure value target ok|short</c>.
/// </summary>
internal static class PublishBench
{
    private const int Latency = 150;
    private const int Businesses = 20;
    private const int SmallFile = 50_000;
    private const int LargeFile = 2 * 1024 * 1024;

    /// <summary>Requests a second that Sage takes from a business, and how many at once after a quiet time. It tells nobody.</summary>
    private const int Limit = 20, Burst = 10;
    private static readonly List<Figure> Figures = [];

    public static async Task<int> RunAsync(string[] args)
    {
        var few = args is ["quick"];
        var folder = Folders.New("bench");
        try
        {
            using var sage = await SwiftSageProcess.StartAsync(Businesses);
            using (var app = await ContestantProcess.StartAppAsync(sage.Home, Path.Combine(folder, "app")))
            {
                for (var n = 0; n < Businesses; n++) await app.AskAsync("connect " + Business(n));
                await app.AskAsync($"stock {Business(0)} 30 {SmallFile} paid");
                await app.AskAsync($"publish {Business(0)}");
                if (args is [] or ["quick"] or ["own"]) await OwnTimeAsync(app, few ? 100 : 300);
                if (args is [] or ["quick"] or ["lane"]) await LaneAsync(sage, app, few ? 100 : 500);
                if (args is [] or ["quick"] or ["many"]) await ManyAsync(sage, app, few ? 20 : 50);
                if (args is [] or ["quick"] or ["limit"]) await LimitAsync(sage, app, few ? 150 : 300);
            }

            if (args is [] or ["quick"] or ["memory"]) await MemoryAsync(sage, Path.Combine(folder, "memory"), few ? 100 : 500);
            return Figures.TrueForAll(f => f.IsOk) ? 0 : 1;
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    private static async Task LaneAsync(SwiftSageProcess sage, ContestantProcess app, int items)
    {
        await sage.AskAsync($"latency {Latency}");
        await app.AskAsync($"stock {Business(0)} {items} {SmallFile} paid");
        var took = (await app.AskAsync($"publish {Business(0)}"))[0];
        var bound = items * Latency / 1000d;
        // Two looks, the document, its payment, the list of its files, its file, the reading back.
        Note($"{items} paid invoices with files at {Latency} ms a request: {took:N1} s; creations end to end {bound:N1} s, all requests one after the other {7 * bound:N1} s");
        Say(new Figure("publish/over-the-lanes-bound", took / bound, 1.15));
    }

    private static async Task ManyAsync(SwiftSageProcess sage, ContestantProcess app, int items)
    {
        await sage.AskAsync($"latency {Latency}");
        var one = await PublishAsync(1);
        var all = await PublishAsync(Businesses);
        Note($"{items} items of one business {one:N1} s, of each of {Businesses} {all:N1} s");
        Say(new Figure($"publish/{Businesses}-businesses-over-one", all / one, 1.5));

        async Task<double> PublishAsync(int businesses)
        {
            for (var n = 0; n < businesses; n++) await app.AskAsync($"stock {Business(n)} {items} {SmallFile} paid");
            return (await app.AskAsync("publish " + string.Join(' ', Enumerable.Range(0, businesses).Select(Business))))[0];
        }
    }

    private static async Task LimitAsync(SwiftSageProcess sage, ContestantProcess app, int items)
    {
        await sage.AskAsync("latency 50");
        await app.AskAsync($"stock {Business(1)} {items} {SmallFile} paid");
        await sage.AskAsync($"limit {Limit} {Burst}");
        var took = (await app.AskAsync($"publish {Business(1)}"))[0];
        var counts = await sage.AskAsync("counts");
        await sage.AskAsync("limit 0 0");
        Note($"{items} items where Sage takes {Limit} requests a second: {took:N1} s, {counts[0]:N0} served, {counts[1]:N0} refused");
        Say(new Figure("publish/share-of-an-unknown-rate", counts[0] / ((Limit * counts[2]) + Burst), 0.9, AtMost: false));
        Say(new Figure("publish/refused-percent", 100 * counts[1] / (counts[0] + counts[1]), 2));
    }

    private static async Task OwnTimeAsync(ContestantProcess app, int items)
    {
        await app.AskAsync($"stock {Business(0)} {items} {SmallFile} unpaid");
        var times = await app.AskAsync($"singly {Business(0)}");
        // The first ones pay for what is compiled on the way.
        var (ours, floors) = (times[(items / 5)..items], times[(items + (items / 5))..]);
        var floor = At(floors, 0.5);
        Note($"an item by itself {At(ours, 0.5):N1} ms (p99 {At(ours, 0.99):N1}); four commits and three calls {floor:N1} ms (p99 {At(floors, 0.99):N1})");
        Say(new Figure("publish/own-time-over-floor-p50-ms", At(ours, 0.5) - floor, 10));
        Say(new Figure("publish/own-time-over-floor-p99-ms", At(ours, 0.99) - floor, 30));
    }

    private static async Task MemoryAsync(SwiftSageProcess sage, string folder, int items)
    {
        await sage.AskAsync("latency 20");
        using var app = await ContestantProcess.StartAppAsync(sage.Home, folder);
        await app.AskAsync("connect " + Business(2));
        await app.AskAsync($"stock {Business(2)} 10 {SmallFile} unpaid");
        await app.AskAsync("publish " + Business(2));
        await app.AskAsync($"stock {Business(2)} {items} {LargeFile} unpaid");
        await app.AskAsync("heap");
        var idle = app.Resident;
        app.ForgetPeak();
        var took = (await app.AskAsync("publish " + Business(2)))[0];
        Note($"{items} items of {LargeFile / 1024 / 1024} MB: {took:N1} s, idle {idle:N0} MiB, peak {app.Peak:N0} MiB");
        Say(new Figure("publish/peak-memory-over-idle-mib", app.Peak - idle, 80));
    }

    private static string Business(int number) => "Business_" + number.ToString("x32", CultureInfo.InvariantCulture);

    private static double At(double[] times, double share) => times.Order().ElementAt((int)(times.Length * share));

    private static void Note(string text) => Console.WriteLine("# " + text);

    private static void Say(Figure figure)
    {
        Figures.Add(figure);
        Console.WriteLine(figure);
    }
}
