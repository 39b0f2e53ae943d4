using Bunit;
using DextSage.App.Items.Bulk;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class BulkPanelTests : Screen
{
    [Fact]
    public async Task While_it_goes_on_everybody_sees_how_far_it_is_and_whoever_asked_can_cancel_it()
    {
        await SettleInAsync();
        await WriteAsync(Run(Role.Bookkeeper, BulkStatus.Running, position: 1203));

        var own = RenderAs<BulkPanel>(Role.Bookkeeper);
        own.WaitForAssertion(() => Assert.Contains("Editing 4,812 items…", own.Markup, StringComparison.Ordinal));
        Assert.Contains("1,203 done", own.Markup, StringComparison.Ordinal);
        own.FindAll("button").First(b => b.TextContent.Contains("Cancel", StringComparison.Ordinal)).Click();
        own.WaitForAssertion(() => Assert.Contains("Cancelling", own.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(10));

        Assert.Contains("Bookkeeper is editing 4,812 items…", RenderAs<BulkPanel>(Role.Admin).Markup, StringComparison.Ordinal);
        // A Standard user is shown nothing of what is done to others' items.
        Assert.DoesNotContain("4,812", RenderAs<BulkPanel>(Role.Standard).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Afterwards_it_says_what_it_came_to_and_offers_to_take_it_back()
    {
        await SettleInAsync();
        var run = Run(Role.Bookkeeper, BulkStatus.Completed, position: 4812);
        (run.Done, run.Skipped, run.EndedAt) = (4790, 22, TimeProvider.System.GetUtcNow());
        await WriteAsync(run);

        var own = RenderAs<BulkPanel>(Role.Bookkeeper);
        Assert.Contains("4,790 items changed, 22 skipped.", own.Markup, StringComparison.Ordinal);
        Assert.Equal($"/b/marsh/activity/bulk/{run.Id:N}", own.Find("a").GetAttribute("href"));
        Assert.Contains(own.FindAll("button"), b => b.TextContent.Contains("Undo", StringComparison.Ordinal));
        Assert.DoesNotContain("4,790", RenderAs<BulkPanel>(Role.Admin).Markup, StringComparison.Ordinal);

        own.Find("[aria-label='Put away']").Click();
        own.WaitForAssertion(() => Assert.DoesNotContain("4,790", own.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_a_run_tells_each_that_was_left_out_and_why()
    {
        await SettleInAsync();
        var item = new Item { BusinessId = Business.Id, Code = "LEFTOUT", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, SupplierName = "Castle" };
        var run = Run(Role.Bookkeeper, BulkStatus.Completed, position: 4812);
        (run.Skipped, run.EndedAt) = (2, TimeProvider.System.GetUtcNow());
        await WriteAsync(item, run, Skipped(run, 0, item.Id, item.Code, "This item is in Sage."), Skipped(run, 1, Guid.NewGuid(), "GONE", "It does not exist any more."));

        var page = RenderAs<BulkRunPage>(Role.Bookkeeper, p => p.Add(b => b.Run, run.Id));

        Assert.Equal("/b/marsh/costs/LEFTOUT", page.Find("table a").GetAttribute("href"));
        Assert.Equal(["LEFTOUT", "Castle", "This item is in Sage.", "GONE", "", "It does not exist any more."], page.FindAll("tbody th, tbody td").Select(c => c.TextContent.Trim()));
        Assert.Contains("There is no such bulk action", RenderAs<BulkRunPage>(Role.Standard, p => p.Add(b => b.Run, run.Id)).Markup, StringComparison.Ordinal);
    }

    private BulkRun Run(Role by, BulkStatus status, int position) => new()
    {
        BusinessId = Business.Id, PersonId = MemberAs(by).Caller.PersonId, Action = BulkAction.Edit, Summary = "category: Office costs", AskedAt = TimeProvider.System.GetUtcNow(), Status = status, Total = 4812, Position = position,
    };

    private BulkResult Skipped(BulkRun run, int position, Guid item, string code, string why) => new()
    {
        RunId = run.Id, Position = position, BusinessId = Business.Id, ItemId = item, Code = code, Outcome = BulkOutcome.Skipped, Sentence = why,
    };
}
