using DextSage.Integration.Lists;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.Lists;

public sealed class RefreshPaceTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private readonly RefreshPaceMeter meter = new();
    private readonly Guid run = Guid.NewGuid();

    [Fact]
    public void It_says_nothing_before_it_has_watched_for_two_seconds()
    {
        Assert.Null(Measure(seconds: 0, seen: 5000));
        Assert.Null(Measure(seconds: 1.9m, seen: 5200));
        Assert.Equal(100, Measure(seconds: 2, seen: 5200)!.RowsPerSecond);
    }

    [Fact]
    public void The_rate_is_that_of_the_last_ten_seconds_and_the_time_left_follows_from_it()
    {
        for (var second = 0; second <= 20; second++) Measure(second, second * 400);

        // 4,000 rows in the last ten seconds and no row more: half of it five seconds later.
        Assert.Equal(new RefreshPace(400, TimeSpan.FromSeconds((20_000 - 8_000) / 400d)), Measure(seconds: 20, seen: 8000));
        Assert.Equal(200, Measure(seconds: 25, seen: 8000)!.RowsPerSecond);
    }

    [Fact]
    public void How_long_it_takes_is_not_known_before_Sage_has_said_how_long_every_list_is()
    {
        Measure(seconds: 0, seen: 0, announced: null);

        Assert.Equal(new RefreshPace(100, Left: null), Measure(seconds: 2, seen: 200, announced: null));
    }

    [Fact]
    public void A_wait_and_another_run_begin_anew()
    {
        Measure(seconds: 0, seen: 0);
        Assert.NotNull(Measure(seconds: 3, seen: 300));
        Assert.Null(meter.Measure(View(run, 4, 300) with { WaitingBecause = RefreshWait.Throttled })!.Pace);
        Assert.Null(Measure(seconds: 60, seen: 300));
        Assert.Null(Measure(seconds: 61, seen: 500));
        Assert.NotNull(Measure(seconds: 62, seen: 600));

        Assert.Null(meter.Measure(View(Guid.NewGuid(), 63, 700))!.Pace);
    }

    private RefreshPace? Measure(decimal seconds, int seen, int? announced = 20_000) => meter.Measure(View(run, seconds, seen, announced))!.Pace;

    private static RefreshView View(Guid run, decimal seconds, int seen, int? announced = 20_000) =>
        Runs.Of(RefreshStatus.Running, list => list is ListKind.Suppliers ? new(list, ListStage.Coming, seen, announced, 0, 0, 0) : new(list, ListStage.Done, 0, 0, 0, 0, 0))
            with { RunId = run, At = Noon + TimeSpan.FromSeconds((double)seconds) };
}
