using DextSage.Integration.People;
using DextSage.Tests.Simulation.Checking;
using DextSage.Tests.Simulation.Sabotages;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests.Simulation;

/// <summary>
/// Everything that a schedule plays with: one clock, one wire, Sage's books, our database, and the processes of ours that come and go. One step is taken at a
/// time, when all else has come to rest; which one, the dice say.
/// </summary>
internal sealed class World : IDisposable
{
    private const int MostLines = 100_000;
    private readonly List<string> trace = [];
    private readonly List<(OurProcess Process, string Name, Task Task)> goingOn = [];
    private readonly List<OurProcess> processes = [];
    private readonly Rows ours;
    private readonly Rows theirs;
    private int born;

    public World(int seed, string folder, Sabotage sabotage)
    {
        (Seed, Folder, Sabotage, Dice) = (seed, folder, sabotage, new Dice(seed));
        Clock = new VirtualClock(new DateTimeOffset(2026, 11, 25, 9, 0, 0, TimeSpan.Zero));
        Weather = new Weather(Dice);
        Wire = new Wire(this);
        Sage = PretendSage.Open(Path.Combine(folder, "sage.db"), Clock.For(new Always()));
        (Ours, Theirs) = (new OurSide(ours = new Rows(Path.Combine(folder, "dextsage.db"))), new SageSide(theirs = new Rows(Path.Combine(folder, "sage.db"))));
    }

    public int Seed { get; }
    public string Folder { get; }
    public Sabotage Sabotage { get; }
    public Dice Dice { get; }
    public VirtualClock Clock { get; }
    public Weather Weather { get; }
    public Wire Wire { get; }
    public PretendSage Sage { get; }

    /// <summary>Both sides as they stand, for people who look and for the checker.</summary>
    public OurSide Ours { get; }
    public SageSide Theirs { get; }
    public bool IsHealing { get; private set; }
    public IReadOnlyList<string> Trace => trace;
    public IReadOnlyList<OurProcess> Alive => processes.FindAll(p => !p.IsDead);
    public int Steps { get; private set; }
    public int Deaths { get; private set; }

    /// <summary>Errors in the log of a process that was alive.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>What was seen to be wrong while it happened.</summary>
    public List<string> Witnessed { get; } = [];

    public bool IsBusy => !Wire.IsEmpty || goingOn.Count > 0;

    public void Note(string what)
    {
        if (trace.Count < MostLines) trace.Add($"{Clock.Now:HH:mm:ss} {what}");
    }

    /// <summary>A new process on what the others left.</summary>
    /// <param name="boundariesToLive">Null for one that does not die by itself.</param>
    public async Task<OurProcess> StartAsync(int? boundariesToLive)
    {
        var process = new OurProcess(this, $"P{++born}", boundariesToLive);
        processes.Add(process);
        Note($"{process.Name} starts");
        await process.StartAsync();
        return process;
    }

    public void Kill(OurProcess process)
    {
        Note($"{process.Name} is killed");
        process.Die();
    }

    /// <summary>Stops it for a while, as when the lid of a laptop is closed: its clock stands still, and what comes for it waits.</summary>
    public void PutToSleep(OurProcess process, TimeSpan rest)
    {
        Note($"{process.Name} sleeps for {rest.TotalSeconds} s");
        process.SleepsUntil = Clock.Now + rest;
    }

    /// <summary>From now on everything goes well.</summary>
    public void Heal()
    {
        Note("all is well from here on");
        (IsHealing, Weather.IsFine) = (true, true);
        foreach (var process in processes) process.SleepsUntil = null;
    }

    public void Watch(OurProcess process, string name, Task task)
    {
        Note($"{process.Name} begins {name}");
        goingOn.Add((process, name, task));
    }

    /// <summary>How often a deed or job of this name is going on.</summary>
    public int GoingOn(string name) => goingOn.Count(g => g.Name == name && !g.Process.IsDead);

    /// <summary>Called with a request before Sage sees it: what has to stand in our rows by then?</summary>
    public Action<Letter> BeforeSage { get; set; } = _ => { };

    /// <summary>Takes steps until nothing is left to do now, or there were too many.</summary>
    /// <param name="more">What else might be done at this moment, with its weight.</param>
    /// <param name="isEnough">Looked at when nothing but time can go on: true to end here.</param>
    /// <returns>False where it never came to an end.</returns>
    public async Task<bool> GoOnAsync(Func<IReadOnlyList<Choice>> more, Func<bool> isEnough, int mostSteps, TimeSpan mostTime)
    {
        var until = Clock.Now + mostTime;
        for (var i = 0; i < mostSteps && Clock.Now < until; i++)
        {
            Steps++;
            await Quiet.ComeAsync();
            await TidyAsync();
            foreach (var process in processes.Where(p => p.SleepsUntil <= Clock.Now)) process.SleepsUntil = null;
            if (Wire.Urgent is { } urgent)
            {
                await Wire.MoveAsync(urgent);
                continue;
            }

            var choices = Choices();
            var extra = more();
            if (choices.Count == 0 && extra.Count == 0 && goingOn.Count == 0 && isEnough()) return true;
            choices.AddRange(extra);
            if (choices.Count > 0 && (IsHealing || !Dice.Chance(0.02))) await choices[Dice.Weighted([.. choices.Select(c => c.Weight)])].DoAsync();
            else if (!LetTimePass() && choices.Count == 0) return isEnough();
        }

        return false;
    }

    private List<Choice> Choices()
    {
        var choices = new List<Choice>();
        foreach (var letter in Wire.Ready()) choices.Add(new(4, () => Wire.MoveAsync(letter)));
        foreach (var process in processes.Where(p => p.IsAwake))
            foreach (var job in process.Jobs.Due(Clock.Now).Where(j => Sabotage.Is(Planted.TwoAtOnce) || !processes.Exists(p => !p.IsDead && p.Jobs.IsRunning(j.Job))))
                choices.Add(new(3, () =>
                {
                    process.Run(job);
                    return Task.CompletedTask;
                }));
        return choices;
    }

    /// <summary>On to the next thing that time brings; false where it brings nothing.</summary>
    private bool LetTimePass()
    {
        var bell = Clock.NextAt;
        var next = processes.Where(p => p.IsAwake).Select(p => p.Jobs.NextAfter(Clock.Now)).Append(Wire.NextAt).Append(bell).Concat(processes.Select(p => p.SleepsUntil)).Min();
        if (next is not { } at) return false;
        if (at == bell) Clock.Ring();
        else Clock.GoTo(at);
        return true;
    }

    private async Task TidyAsync()
    {
        foreach (var (process, name, task) in goingOn.Where(g => g.Task.IsCompleted || g.Process.IsDead).ToList())
        {
            goingOn.Remove((process, name, task));
            if (process.IsDead || !task.IsFaulted) continue;
            // Everything that may be foreseen has its answer; an exception that reaches the page is our mistake.
            try { await task; }
            catch (Exception e) { Witnessed.Add($"[broke off] {name}: {e}"); }
        }

        Deaths += processes.RemoveAll(p => p.IsDead);
    }

    public void Dispose()
    {
        foreach (var process in processes) process.Die();
        Sage.Dispose();
        ours.Dispose();
        theirs.Dispose();
        SqliteConnection.ClearAllPools();
    }

    internal sealed record Choice(double Weight, Func<Task> DoAsync);

    private sealed class Always : IAwake
    {
        public bool IsAwake => true;
    }
}

/// <summary>What a process writes into its log as warnings and errors, as long as it lives.</summary>
internal sealed class TroubleLog(World world, OurProcess process) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => categoryName.StartsWith("DextSage", StringComparison.Ordinal) ? this : Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (process.IsDead) return;
        world.Note($"log: {formatter(state, exception)} {exception?.Message}");
        if (logLevel >= LogLevel.Error) world.Errors.Add($"{formatter(state, exception)} {exception}");
    }

    public void Dispose() { }
}
