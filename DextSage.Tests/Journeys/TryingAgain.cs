using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
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

    private static Task<InboxPage> FailedAsync(Workshop workshop) => workshop.Get<Inbox>().PageAsync(workshop.Admin, new InboxQuery(new ItemFilter(Workspace.Costs, InboxTab.Failed)));
}
