using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using DextSage.Tests.Lists;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Jobs;

public sealed class WorkIsAskedFor
{
    // A lock held while waiting for another shows as a wait of the database's whole time-out, 30 seconds.
    private static readonly TimeSpan LessThanALockHeldTooLong = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task Asking_for_work_while_others_write_never_waits_for_a_lock_that_nobody_lets_go()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var samples = workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin);
        var requests = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++) await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        }));
        var edits = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 50; i++)
            {
                await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
                await db.Businesses.ExecuteUpdateAsync(set => set.SetProperty(b => b.Name, b => b.Name));
            }
        }));

        await Task.WhenAll([samples, .. requests, .. edits]).WaitAsync(LessThanALockHeldTooLong);

        await workshop.RefreshedAsync();
        await workshop.EventuallyAsync(workshop.InboxAsync, page => page.Rows.All(r => r.Status is not ItemStatus.Processing));
    }

    [Fact]
    public async Task Work_that_was_written_down_but_never_asked_for_is_found_at_the_next_start()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        Guid run;
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
        {
            var written = new RefreshRun { BusinessId = workshop.BusinessId, Cause = RefreshCause.Requested, RequestedById = null, QueuedAt = TimeProvider.System.GetUtcNow() };
            written.Lists.Add(new ListProgress { RunId = written.Id, BusinessId = workshop.BusinessId, List = ListKind.Currencies });
            db.Add(written);
            await db.SaveChangesAsync();
            run = written.Id;
        }

        await workshop.RestartAsync();

        var ended = await workshop.RefreshedAsync();
        Assert.Equal((run, RefreshStatus.Completed), (ended.RunId, ended.Status));
    }

    [Fact]
    public async Task A_run_that_takes_long_is_not_begun_again_however_often_it_is_asked_for()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/currencies", kind = "slow", delayMs = 60_000 });
        await Books.ForgetJournalAsync(workshop);
        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => r.Of(ListKind.Suppliers).Stage is ListStage.Done);

        for (var i = 0; i < 40; i++)
        {
            await workshop.Get<JobQueue>().EnqueueAsync<RefreshWork>(workshop.BusinessId);
            Assert.Equal(run, await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin));
        }

        // Whenever the slow answer's waiting begins, its end comes.
        var ended = await workshop.EventuallyAsync(() =>
        {
            workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(10));
            return workshop.Get<ListRefresh>().LatestAsync(workshop.Admin);
        }, r => r is { IsLive: false });
        await workshop.EventuallyAsync(() => workshop.Get<JobQueue>().IsAskedForAsync<RefreshWork>(workshop.BusinessId, CancellationToken.None), isAsked => !isAsked);

        Assert.Equal((run, RefreshStatus.Completed), (ended!.RunId, ended.Status));
        Assert.Equal(2, (await workshop.Get<RefreshHistory>().PageAsync(workshop.Admin)).Total);
        Assert.Equal(ended.Lists.Count, (await workshop.PagesAskedAsync()).Count);
    }

    [Fact]
    public async Task After_a_sleep_of_forty_days_what_was_due_on_each_of_them_is_done_once()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var longAgo = TimeProvider.System.GetUtcNow().AddDays(-40);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
        {
            await db.RefreshRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.QueuedAt, longAgo));
            await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.AuthorisedAt, longAgo));
        }

        await workshop.RestartAsync(async asleep =>
        {
            for (var day = 0; day < 40; day++) await asleep.Services.GetRequiredService<JobQueue>().EnqueueAtAsync<RefreshSchedule>(workshop.BusinessId, longAgo.AddDays(day));
        });

        await workshop.EventuallyAsync(r => r is { Cause: RefreshCause.Scheduled, Status: RefreshStatus.Completed });
        await workshop.Get<RefreshSchedule>().RunAsync(workshop.BusinessId, CancellationToken.None);
        Assert.Equal(2, (await workshop.Get<RefreshHistory>().PageAsync(workshop.Admin)).Total);
    }

    [Fact]
    public async Task What_a_clock_that_has_been_put_back_since_planned_for_a_far_day_is_done_at_the_next_start()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await workshop.FaultAsync("/currencies", "throttle", retryAfter: "300", times: 50);
        var run = await workshop.Get<ListRefresh>().RequestWholeAsync(workshop.Admin);
        await workshop.EventuallyAsync(r => r.WaitingUntil is not null);
        await workshop.EventuallyAsync(() => workshop.Get<JobQueue>().IsAskedForAsync<RefreshWork>(workshop.BusinessId, CancellationToken.None), isAsked => isAsked);
        await workshop.ClearFaultsAsync();
        var farDay = TimeProvider.System.GetUtcNow().AddDays(1);
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.RefreshRuns.Where(r => r.Id == run).ExecuteUpdateAsync(set => set.SetProperty(r => r.WaitingSince, farDay).SetProperty(r => r.WaitingUntil, farDay.AddMinutes(5)));

        await workshop.RestartAsync(asleep => asleep.Services.GetRequiredService<JobQueue>().EnqueueAtAsync<RefreshWork>(workshop.BusinessId, farDay.AddMinutes(5)));

        Assert.Equal(RefreshStatus.Completed, (await workshop.EndedAsync(run)).Status);
    }
}
