using DextSage.Integration.Connections;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Who begins a refresh, who ends it, and when it begins by itself.</summary>
public sealed class RefreshRequests
{
    [Fact]
    public async Task A_Bookkeeper_reloads_a_list_which_comes_in_whole_and_it_is_in_the_history_with_their_name()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();

        var run = await workshop.EndedAsync(await workshop.Get<ListRefresh>().ReloadAsync(workshop.Bookkeeper, ListKind.Suppliers));

        Assert.Equal((RefreshStatus.Completed, RefreshCause.Reloaded, null), (run.Status, run.Cause, run.Of(ListKind.Suppliers).Since));
        var history = await workshop.Get<RefreshHistory>().PageAsync(workshop.Bookkeeper);
        Assert.Equal([RefreshCause.Reloaded, RefreshCause.Connected], history.Runs.Select(r => r.Run.Cause));
        Assert.Equal("Ben Okafor", history.Runs[0].RequestedBy);
        Assert.True(history.Runs[0].Took > TimeSpan.Zero);
        Assert.True(history.Runs[0].Run is { Requests: > 9, Bytes: > 10_000, Seen: > 450 });
    }

    [Fact]
    public async Task A_run_can_be_cancelled_by_an_Admin_or_by_who_began_it_and_all_stays_in_force()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        var refresh = workshop.Get<ListRefresh>();
        var before = await workshop.SuppliersAsync();
        await workshop.DeleteAsync((await workshop.SuppliersInSageAsync())["Pelican Couriers Ltd"]);
        await workshop.FaultAsync("/currencies", "slow", times: 10, delayMs: 60_000);

        var byAdmin = await refresh.RequestWholeAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => r.Of(ListKind.Suppliers).Stage is ListStage.Done);
        await Assert.ThrowsAsync<AccessDeniedException>(() => refresh.CancelAsync(workshop.Bookkeeper, byAdmin));
        Assert.True(await refresh.CancelAsync(workshop.Admin, byAdmin));
        Assert.Equal((RefreshStatus.Cancelled, 0), ((await workshop.EndedAsync(byAdmin)) is var ended ? ended.Status : default, ended.Retired));
        Assert.False(await refresh.CancelAsync(workshop.Admin, byAdmin));

        var byBookkeeper = await refresh.ReloadAsync(workshop.Bookkeeper, ListKind.Currencies);
        Assert.True(await refresh.CancelAsync(workshop.Bookkeeper, byBookkeeper));
        Assert.Equal(RefreshStatus.Cancelled, (await workshop.EndedAsync(byBookkeeper)).Status);
        Assert.Equal(before, await workshop.SuppliersAsync());
    }

    [Fact]
    public async Task A_run_that_waits_for_a_long_time_can_be_cancelled_at_once()
    {
        await using var workshop = await Refreshes.OpenLargeAsync(options: o => o.GiveUpAfter = TimeSpan.FromHours(1));
        await workshop.FaultAsync("/currencies", "throttle", retryAfter: "300", times: 50);
        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => r.WaitingUntil is not null);

        Assert.True(await workshop.Get<ListRefresh>().CancelAsync(workshop.Admin, run));

        Assert.Equal(RefreshStatus.Cancelled, (await workshop.EndedAsync(run)).Status);
    }

    [Theory]
    [InlineData("slow")] // Sage has not answered yet.
    [InlineData("throttle")] // The run sits out what Sage asked for.
    public async Task A_run_hears_within_moments_that_it_was_cancelled_through_another_process(string trouble)
    {
        await using var workshop = await Refreshes.OpenLargeAsync(options: o => o.GiveUpAfter = TimeSpan.FromHours(1));
        await workshop.FaultAsync("/currencies", trouble, retryAfter: "25", times: 50, delayMs: trouble is "slow" ? 60_000 : 0);
        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => trouble is "slow" ? r.Of(ListKind.Suppliers).Stage is ListStage.Done : r.WaitingUntil is not null);

        // That process has this database and none of this one's memory.
        await using (var elsewhere = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await elsewhere.RefreshRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelAskedById, workshop.Admin.PersonId));
        var asked = TimeProvider.System.GetTimestamp();

        Assert.Equal(RefreshStatus.Cancelled, (await workshop.EndedAsync(run)).Status);
        Assert.InRange(TimeProvider.System.GetElapsedTime(asked), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task After_a_sleep_of_weeks_one_refresh_is_due_and_not_one_for_every_day()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(40));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        var schedule = ScheduleOf(workshop, clock);

        var next = await schedule.RunAsync(workshop.BusinessId, CancellationToken.None);
        var run = await workshop.RefreshedAsync();
        await schedule.RunAsync(workshop.BusinessId, CancellationToken.None);
        await schedule.RunAsync(workshop.BusinessId, CancellationToken.None);

        Assert.Equal(RefreshCause.Scheduled, run.Cause);
        Assert.InRange(next!.Value, clock.GetUtcNow(), clock.GetUtcNow().AddHours(1));
        Assert.Equal(2, (await workshop.Get<RefreshHistory>().PageAsync(workshop.Admin)).Total);
    }

    [Theory]
    [InlineData("2027-03-28", 1, "2027-03-28T01:00:00Z")] // Left out in London: begins when the clocks have moved on.
    [InlineData("2027-10-31", 1, "2027-10-31T00:00:00Z")] // Comes twice: the first counts, or the second.
    [InlineData("2028-02-29", 3, "2028-02-29T03:00:00Z")]
    public async Task The_hour_is_of_the_local_clock_on_odd_days_too(string day, int hour, string due)
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await SetHourAsync(workshop, hour);
        var clock = new FakeTimeProvider(DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture).AddHours(2));
        clock.SetLocalTimeZone(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
        // A run in the hours before it, so that only this day's hour can be due.
        await LastRunAtAsync(workshop, DateTimeOffset.Parse(due, System.Globalization.CultureInfo.InvariantCulture).AddHours(-3));

        await ScheduleOf(workshop, clock).RunAsync(workshop.BusinessId, CancellationToken.None);

        Assert.Equal(RefreshCause.Scheduled, (await workshop.RefreshedAsync()).Cause);
        Assert.StartsWith(day, due, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_or_not_connected_nothing_begins_by_itself()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().AddDays(2));
        await SetHourAsync(workshop, hour: null);
        await ScheduleOf(workshop, clock).RunAsync(workshop.BusinessId, CancellationToken.None);
        await SetHourAsync(workshop, hour: 3);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, ConnectionStatus.ReconnectNeeded));

        Assert.Null(await ScheduleOf(workshop, clock).RunAsync(workshop.BusinessId, CancellationToken.None));

        Assert.Equal(1, (await workshop.Get<RefreshHistory>().PageAsync(workshop.Admin)).Total);
    }

    private static RefreshSchedule ScheduleOf(Workshop workshop, TimeProvider clock) => new(
        workshop.Get<BusinessStore>(), new RefreshRuns(workshop.Get<BusinessStore>(), workshop.Get<JobQueue>(), clock), workshop.Get<JobQueue>(), workshop.Get<BusinessSignal>(), clock);

    private static async Task SetHourAsync(Workshop workshop, int? hour)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.AutoRefreshHour, hour));
    }

    private static async Task LastRunAtAsync(Workshop workshop, DateTimeOffset at)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        await db.RefreshRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.QueuedAt, at));
    }
}
