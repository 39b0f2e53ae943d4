using System.Text.RegularExpressions;
using DextSage.Tests.Simulation.Sabotages;
using Xunit;

namespace DextSage.Tests.Simulation;

/// <summary>Two thousand schedules of the simulation with every run of the tests; <c>-- simulate</c> plays any number.</summary>
public sealed partial class SimulationTests(SimulationTests.Planting planting) : IClassFixture<SimulationTests.Planting>
{
    [Fact]
    public async Task Whatever_goes_wrong_every_item_is_in_Sage_once_and_whole_or_says_why_not()
    {
        var (bad, report) = await Simulate.PlayAsync(first: 1, schedules: 2000, players: Environment.ProcessorCount);
        Assert.True(bad == 0, report);
    }

    [Fact]
    public async Task The_program_itself_may_be_killed_at_any_moment()
    {
        var (wrong, killed) = await Kills.RunAsync(kills: 6, items: 40, seed: 1);
        Assert.Empty(wrong);
        Assert.Equal(6, killed);
    }

    [Fact]
    public async Task A_process_may_die_at_each_of_its_writes_and_another_comes_to_the_same_end()
    {
        var (played, wrong) = await Simulate.EachDeathAsync(inPairs: false);
        Assert.Empty(wrong);
        // Publishing with all its writes, a sale, a withdrawal and a correction, from the first write to the last.
        Assert.InRange(played, 100, 1000);
    }

    [Fact]
    public async Task The_same_seed_plays_the_same_again()
    {
        var once = WithoutIds(await Simulate.TraceAsync(seed: 11));
        Assert.Contains("reaches Sage", once, StringComparison.Ordinal);
        Assert.Equal(once, WithoutIds(await Simulate.TraceAsync(seed: 11)));
    }

    // Sage's ids and ours are new each time.
    private static string WithoutIds(string trace) => Id().Replace(trace, "…");

    [GeneratedRegex("[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Id();

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_planted_mistake_is_caught(string mistake) => Assert.NotNull(planting.Caught.Single(c => c.Name == mistake).Schedules);

    public static TheoryData<string> Mistakes() => [.. Planted.All.Select(s => s.Name)];

    /// <summary>All of them are planted at once: each needs the same world.</summary>
    public sealed class Planting : IAsyncLifetime
    {
        internal IReadOnlyList<Catch> Caught { get; private set; } = [];

        public async ValueTask InitializeAsync() => Caught = await Simulate.SabotageAsync(first: 1, Simulate.MostForASabotage, Environment.ProcessorCount, [.. Planted.All.Select(s => s.Name)]);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
