using Xunit;

namespace DextSage.Tests.Simulation;

/// <summary>Some schedules of the simulation with every run of the tests; <c>-- simulate</c> plays any number.</summary>
public sealed class SimulationTests
{
    [Fact]
    public async Task Whatever_goes_wrong_every_item_is_in_Sage_once_and_whole_or_says_why_not()
    {
        var (bad, report) = await Simulate.PlayAsync(first: 1, schedules: 60, players: 2);
        Assert.True(bad == 0, report);
    }
}
