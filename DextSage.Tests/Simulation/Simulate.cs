using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using DextSage.Tests.Simulation.Sabotages;

namespace DextSage.Tests.Simulation;

/// <summary>
/// <c>-- simulate --schedules N --seed S</c> plays schedules, in processes of one thread each, and names the seed of each that ends badly;
/// <c>-- simulate --each-death</c> lets a process die at each of its writes in turn (<see cref="EachDeath"/>); <c>-- simulate --sabotage NAME|all</c> plants a mistake and plays until it is caught; <c>-- simulate --kills N</c> ends the real program instead (<see cref="Kills"/>).
/// </summary>
internal static class Simulate
{
    public const string Word = "simulate";
    private const string Player = "player", Saboteur = "saboteur", Reaper = "reaper", InPairs = "--pairs";

    /// <summary>Within so many schedules a mistake has to be caught.</summary>
    public const int MostForASabotage = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case [Player, var first, var stride, var count, var trace]: return await PlayHereAsync(Parse(first), Parse(stride), Parse(count), trace == "trace");
            case [Reaper, .. var how]: return await DieHereAsync(how.Contains(InPairs));
            case [Saboteur, var first, var most, .. var names]: return await SabotageHereAsync(Parse(first), Parse(most), names);
        }

        int first1 = Number(args, "--seed") ?? 1, players = Number(args, "--players") ?? Math.Min(Environment.ProcessorCount, 8);
        if (Text(args, "--sabotage") is { } sabotage) return await SabotageAsync(first1, Number(args, "--schedules") ?? MostForASabotage, players, sabotage);
        if (Number(args, "--kills") is { } kills) return await Kills.RunAndSayAsync(kills, Number(args, "--items") ?? 200, first1);
        if (args.Contains("--each-death"))
        {
            var (played, wrong) = await EachDeathAsync(args.Contains(InPairs));
            Console.WriteLine(string.Join('\n', [.. wrong, $"{Text(played)} deaths and ends: {Text(wrong.Count)} things are wrong"]));
            return wrong.Count == 0 ? 0 : 1;
        }

        var schedules = Number(args, "--schedules") ?? 2000;
        var started = Stopwatch.GetTimestamp();
        var all = await PlayAsync(first1, schedules, players, args.Contains("--trace"), Console.WriteLine);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{all.Schedules} schedules, {all.Steps} steps, {all.Requests} requests, {all.Deaths} deaths in {seconds:0.0} s by {players} at once ({all.Schedules / seconds:0.0} a second, {all.CpuMilliseconds / Math.Max(1.0, all.Schedules):0} ms of a processor each): {all.Bad} ended badly"));
        return all is { Bad: 0 } && all.Schedules == schedules ? 0 : 1;
    }

    /// <summary>How many of the schedules ended badly or were not played, and what there is to say of them.</summary>
    public static async Task<(int Bad, string Report)> PlayAsync(int first, int schedules, int players)
    {
        var lines = new ConcurrentQueue<string>();
        var all = await PlayAsync(first, schedules, players, isTraced: false, lines.Enqueue);
        return (all.Bad + schedules - all.Schedules, string.Join('\n', lines));
    }

    /// <summary>The whole course of a schedule, as another process plays it.</summary>
    public static async Task<string> TraceAsync(int seed)
    {
        var lines = new ConcurrentQueue<string>();
        await PlayAsync(seed, schedules: 1, players: 1, isTraced: true, lines.Enqueue);
        return string.Join('\n', lines);
    }

    /// <summary>How many courses were played with a death at each write in turn, and what was wrong afterwards.</summary>
    public static async Task<(int Played, IReadOnlyList<string> Wrong)> EachDeathAsync(bool inPairs)
    {
        var lines = new ConcurrentQueue<string>();
        await ElsewhereAsync(inPairs ? [Reaper, InPairs] : [Reaper], lines.Enqueue);
        var last = lines.LastOrDefault()?.Split(' ');
        return last is [Reaper, var played] ? (Parse(played), [.. lines.SkipLast(1)]) : (0, [.. lines, "It did not come to its end."]);
    }

    private static async Task<int> DieHereAsync(bool inPairs)
    {
        using var template = await FurnishAsync();
        var (played, wrong) = await EachDeath.PlayAsync(template, inPairs);
        foreach (var one in wrong) Console.WriteLine(one.Split('\n')[0]);
        Console.WriteLine($"{Reaper} {Text(played)}");
        return 0;
    }

    /// <summary>What became of each mistake that was planted.</summary>
    public static async Task<IReadOnlyList<Catch>> SabotageAsync(int first, int most, int players, IReadOnlyList<string> names, Action<string>? say = null)
    {
        var caught = new ConcurrentQueue<Catch>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(players, names.Count)).Select(p => ElsewhereAsync(
            [Saboteur, Text(first), Text(most), .. names.Where((_, i) => i % players == p)],
            line =>
            {
                if (Catch.Read(line) is { } one) caught.Enqueue(one);
                say?.Invoke(Catch.Read(line)?.InWords ?? line);
            })));
        return [.. caught];
    }

    private static async Task<int> SabotageAsync(int first, int most, int players, string name)
    {
        IReadOnlyList<string> names = name == "all" ? [.. Planted.All.Select(s => s.Name)] : [Planted.Named(name).Name];
        var caught = await SabotageAsync(first, most, players, names, Console.WriteLine);
        var missed = names.Except(caught.Where(c => c.Schedules is not null).Select(c => c.Name)).ToList();
        Console.WriteLine($"{Text(names.Count - missed.Count)} of {Text(names.Count)} were caught{string.Concat(missed.Select(m => $"\nnot caught: {m}"))}");
        return missed.Count == 0 ? 0 : 1;
    }

    private static async Task<Tally> PlayAsync(int first, int schedules, int players, bool isTraced, Action<string> say)
    {
        var tallies = await Task.WhenAll(Enumerable.Range(0, Math.Min(players, schedules)).Select(async p =>
        {
            var tally = new Tally(0, 0, 0, 0, 0, 0);
            await ElsewhereAsync([Player, Text(first + p), Text(players), Text((schedules - p + players - 1) / players), isTraced ? "trace" : ""], line =>
            {
                if (Tally.Read(line) is { } more) tally += more;
                else say(line);
            });
            return tally;
        }));
        return tallies.Aggregate((one, other) => one + other);
    }

    private static async Task ElsewhereAsync(IReadOnlyList<string> orders, Action<string> hear)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, WorkingDirectory = Path.GetTempPath() };
        foreach (var arg in (string[])[typeof(Simulate).Assembly.Location, Word, .. orders]) start.ArgumentList.Add(arg);
        foreach (var (name, value) in Quiet.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line) hear(line);
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) hear($"A player ended with {Text(process.ExitCode)}.");
    }

    private static async Task<int> PlayHereAsync(int first, int stride, int count, bool isTraced)
    {
        using var template = await FurnishAsync();
        var used = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < count; i++)
        {
            var verdict = await Schedule.PlayAsync(template, first + i * stride, Sabotage.None);
            if (verdict.Wrong.Count > 0) Console.WriteLine(verdict.Report);
            else if (isTraced) Console.WriteLine(string.Join('\n', verdict.Trace));
            var now = Environment.CpuUsage.TotalTime;
            Console.WriteLine(new Tally(1, verdict.Steps, verdict.Requests, verdict.Deaths, (int)(now - used).TotalMilliseconds, verdict.Wrong.Count > 0 ? 1 : 0));
            used = now;
        }

        return 0;
    }

    private static async Task<int> SabotageHereAsync(int first, int most, IReadOnlyList<string> names)
    {
        using var template = await FurnishAsync();
        foreach (var name in names)
        {
            Verdict? bad = null;
            var played = 0;
            while (bad is null && played < most)
                if (await Schedule.PlayAsync(template, first + played++, Planted.Named(name)) is { Wrong.Count: > 0 } found) bad = found;
            Console.WriteLine(new Catch(name, bad is null ? null : played, bad?.Seed ?? 0, bad?.Wrong[0].Split('\n')[0] ?? ""));
        }

        return 0;
    }

    private static Task<Template> FurnishAsync() =>
        Quiet.IsPossible ? Template.MakeAsync() : throw new InvalidOperationException("A schedule is played on one thread: let the simulation start this process.");

    private static string? Text(string[] args, string name) => Array.IndexOf(args, name) is >= 0 and var at && at + 1 < args.Length ? args[at + 1] : null;

    private static int? Number(string[] args, string name) => Text(args, name) is { } text ? Parse(text) : null;

    private static int Parse(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Tally(int Schedules, int Steps, int Requests, int Deaths, int CpuMilliseconds, int Bad)
    {
        private const string Mark = "tally";

        public static Tally? Read(string line) =>
            line.Split(' ') is [Mark, .. var numbers] && numbers.Select(Parse).ToList() is [var schedules, var steps, var requests, var deaths, var cpu, var bad] ? new(schedules, steps, requests, deaths, cpu, bad) : null;

        public static Tally operator +(Tally one, Tally other) =>
            new(one.Schedules + other.Schedules, one.Steps + other.Steps, one.Requests + other.Requests, one.Deaths + other.Deaths, one.CpuMilliseconds + other.CpuMilliseconds, one.Bad + other.Bad);

        public override string ToString() => $"{Mark} {Text(Schedules)} {Text(Steps)} {Text(Requests)} {Text(Deaths)} {Text(CpuMilliseconds)} {Text(Bad)}";
    }
}

/// <summary>A planted mistake, and after how many schedules it was caught.</summary>
/// <param name="Schedules">Null where it was not.</param>
internal sealed record Catch(string Name, int? Schedules, int Seed, string Wrong)
{
    private const string Mark = "catch";
    private const char Between = '\t';

    public string InWords => Schedules is { } after ? string.Create(CultureInfo.InvariantCulture, $"{Name}: caught by schedule {after} (seed {Seed}): {Wrong}") : $"{Name}: not caught";

    public static Catch? Read(string line) => line.Split(Between) is [Mark, var name, var schedules, var seed, var wrong]
        ? new(name, schedules.Length == 0 ? null : int.Parse(schedules, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture), wrong)
        : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Mark}{Between}{Name}{Between}{Schedules}{Between}{Seed}{Between}{Wrong}");
}
