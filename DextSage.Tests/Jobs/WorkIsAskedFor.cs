using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
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
}
