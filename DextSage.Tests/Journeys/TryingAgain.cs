using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What Sage has refused for one reason is tried again all at once, over the real sandbox.</summary>
public sealed class TryingAgain
{
    [Fact]
    public async Task All_of_one_cause_are_published_again_and_what_has_issues_says_which()
    {
        await using var workshop = await Workshop.OpenAsync();
        var codes = (await workshop.WithSamplesAsync()).Take(3).Select(r => r.Code).ToList();
        foreach (var code in codes) await workshop.MakeReadyAsync(code);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "status", status = 422, dataCode = "RecordInvalid", message = "Couldn't find Supplier.", times = 3 });
        foreach (var code in codes) await workshop.PublishAsync(code);
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Failure is not null);
        var cause = Assert.Single((await FailedAsync(workshop)).Causes);
        // Not what the failure is about, and in the way all the same.
        await workshop.EditAsync(codes[0], new ItemEdit.SetCategory(null));

        var failed = new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Failed) { Failure = cause.Kind });
        var answer = await workshop.Get<BulkDesk>().AskAsync(workshop.Bookkeeper, new BulkOrder(BulkAction.Publish, new BulkChoice.Matching(failed, cause.Items)));

        var run = await workshop.EventuallyAsync(() => workshop.Get<BulkRuns>().FindAsync(workshop.Admin, answer.RunId!.Value), r => r is { IsLive: false });
        Assert.Equal((2, 1), (run!.Done, run.Skipped));
        var left = Assert.Single(await workshop.Get<BulkRuns>().ResultsAsync(workshop.Admin, run.Id, done: false, 0, 10));
        Assert.Equal((codes[0], "Choose a category."), (left.Code, left.Sentence));
        foreach (var code in codes.Skip(1)) Assert.Null((await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published)).Failure);
        Assert.Equal(2, (await Books.BillsAsync(workshop)).Count);
        Assert.Equal(1, Assert.Single((await FailedAsync(workshop)).Causes).Items);
    }

    [Fact]
    public async Task Everything_that_is_Ready_is_published_and_counted_for_everybody_even_after_a_restart_in_mid_run()
    {
        await using var workshop = await Workshop.OpenAsync();
        var codes = (await workshop.WithSamplesAsync()).Take(3).Select(r => r.Code).ToList();
        foreach (var code in codes) await workshop.MakeReadyAsync(code);
        var ready = new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Ready));
        var totals = Assert.Single(await workshop.Get<Inbox>().TotalsAsync(workshop.Bookkeeper, ready.Filter));
        Assert.Equal(("GBP", false, 3), (totals.Currency, totals.IsCredit, totals.Items));
        Assert.Equal((await Task.WhenAll(codes.Select(workshop.ItemAsync))).Sum(i => i.Total), totals.Total);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "throttle", retryAfter = "600", times = 50 });

        Assert.Null((await workshop.Get<BulkDesk>().AskAsync(workshop.Bookkeeper, new BulkOrder(BulkAction.Publish, new BulkChoice.Matching(ready, totals.Items)))).Refusal);

        var held = await workshop.EventuallyAsync(() => UnderWayAsync(workshop), view => view is { IsHeldUp: true, Open: 3 });
        Assert.Equal((3, WaitingFor.SageIsBusy), (held!.Total, held.WaitingFor));
        Assert.Equal(3, (await workshop.Get<Inbox>().PageAsync(workshop.Admin, new InboxQuery(new ItemFilter { IsPublishing = true }))).Total);
        await workshop.RestartAsync();
        Assert.Equal(3, (await UnderWayAsync(workshop))!.Total);

        using (var wire = workshop.Sandbox.Wire()) (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId)) await db.Publications.ExecuteUpdateAsync(set => set.SetProperty(p => p.NextTryAt, (DateTimeOffset?)null));
        await workshop.RestartAsync();
        foreach (var code in codes) await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        Assert.Null(await UnderWayAsync(workshop));
        Assert.Equal(3, (await Books.BillsAsync(workshop)).Count);
    }

    private static async Task<PublishingView?> UnderWayAsync(Workshop workshop)
    {
        PublishingView? shown = null;
        using var watch = await workshop.Get<PublishingFeed>().WatchAsync(workshop.Standard, view => shown = view);
        return shown;
    }

    private static Task<InboxPage> FailedAsync(Workshop workshop) => workshop.Get<Inbox>().PageAsync(workshop.Admin, new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Failed)));
}
