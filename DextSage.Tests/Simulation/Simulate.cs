using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace DextSage.Tests.Simulation;

/// <summary><c>-- simulate --schedules N --seed S</c>: plays schedules in processes of one thread each, and names the seed of each that ends badly.</summary>
internal static class Simulate
{
    public const string Word = "simulate";
    private const string Player = "player";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [Player, .. var orders]) return await PlayAsync(orders);
        int schedules = Number(args, "--schedules") ?? 2000, first = Number(args, "--seed") ?? 1, players = Number(args, "--players") ?? Math.Min(Environment.ProcessorCount, 8);
        var started = Stopwatch.GetTimestamp();
        var all = await PlayAsync(first, schedules, players, args.Contains("--trace"), Console.WriteLine);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Schedules} schedules, {all.Steps} steps, {all.Requests} requests in {seconds:0.0} s by {players} at once ({all.Schedules / seconds:0.0} a second): {all.Bad} ended badly"));
        return all is { Bad: 0 } && all.Schedules == schedules ? 0 : 1;
    }

    /// <summary>How many of the schedules ended badly or were not played, and what there is to say of them.</summary>
    public static async Task<(int Bad, string Report)> PlayAsync(int first, int schedules, int players)
    {
        var lines = new ConcurrentQueue<string>();
        var all = await PlayAsync(first, schedules, players, isTraced: false, lines.Enqueue);
        return (all.Bad + schedules - all.Schedules, string.Join('\n', lines));
    }

    private static async Task<Tally> PlayAsync(int first, int schedules, int players, bool isTraced, Action<string> say)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, players).Select(p => PlayElsewhereAsync(first + p, players, (schedules - p + players - 1) / players, isTraced, say)));
        return outcomes.Aggregate((one, other) => one + other);
    }

    private static async Task<Tally> PlayElsewhereAsync(int first, int stride, int count, bool isTraced, Action<string> say)
    {
        using var process = Process.Start(Start(first, stride, count, isTraced))!;
        var tally = new Tally(0, 0, 0, 0);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Tally.Read(line) is { } more) tally += more;
            else say(line);
        }

        await process.WaitForExitAsync();
        return tally;
    }

    private static ProcessStartInfo Start(int first, int stride, int count, bool isTraced)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        string[] args = [typeof(Simulate).Assembly.Location, Word, Player, .. new[] { first, stride, count }.Select(n => n.ToString(CultureInfo.InvariantCulture)), isTraced ? "trace" : ""];
        foreach (var arg in args) start.ArgumentList.Add(arg);
        foreach (var (name, value) in Quiet.Environment) start.Environment[name] = value;
        return start;
    }

    private static async Task<int> PlayAsync(string[] orders)
    {
        if (!Quiet.IsPossible) throw new InvalidOperationException("A player has one thread. It is started by the simulation.");
        var (first, stride, count) = (Parse(orders[0]), Parse(orders[1]), Parse(orders[2]));
        var template = await Template.MakeAsync();
        for (var i = 0; i < count; i++)
        {
            var verdict = await Schedule.PlayAsync(template, first + i * stride, Sabotage.None);
            if (verdict.Wrong.Count > 0) Console.WriteLine(Report.Of(verdict));
            else if (orders[3] == "trace") Console.WriteLine(string.Join('\n', verdict.Trace));
            Console.WriteLine(new Tally(1, verdict.Steps, verdict.Requests, verdict.Wrong.Count > 0 ? 1 : 0));
        }

        return 0;
    }

    private static int? Number(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? Parse(args[at + 1]) : null;

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Tally(int Schedules, long Steps, long Requests, int Bad)
    {
        private const string Mark = "tally";

        public static Tally? Read(string line) => line.Split(' ') is [Mark, var schedules, var steps, var requests, var bad]
            ? new(Parse(schedules), long.Parse(steps, CultureInfo.InvariantCulture), long.Parse(requests, CultureInfo.InvariantCulture), Parse(bad))
            : null;

        public static Tally operator +(Tally one, Tally other) =>
            new(one.Schedules + other.Schedules, one.Steps + other.Steps, one.Requests + other.Requests, one.Bad + other.Bad);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark} {Schedules} {Steps} {Requests} {Bad}");
    }
}

/// <summary>A schedule that ended badly, for whoever has to understand it.</summary>
internal static class Report
{
    private const int LastLines = 600;

    public static string Of(Verdict verdict) => string.Join('\n',
    [
        $"== seed {verdict.Seed.ToString(CultureInfo.InvariantCulture)} ended badly", .. verdict.Wrong.Select(w => "   " + w), "   what happened:", .. verdict.Trace.TakeLast(LastLines).Select(t => "     " + t),
    ]);
}
