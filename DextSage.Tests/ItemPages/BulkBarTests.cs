using Bunit;
using DextSage.App.Items.Bulk;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class BulkBarTests : Screen
{
    private readonly Ticks ticks = new();
    private string[] codes = [];

    [Fact]
    public async Task There_is_none_while_nothing_is_ticked()
    {
        await FurnishAsync(2);
        Assert.Empty(Bar(total: 2).FindAll("[role=toolbar]"));
    }

    [Fact]
    public async Task A_full_page_offers_all_that_match()
    {
        await FurnishAsync(3);
        var bar = Bar(total: 4812);
        ticks.SetPage(codes, on: true);
        bar.Render();
        Assert.Contains("3 selected", bar.Markup, StringComparison.Ordinal);
        bar.FindAll("button").First(b => b.TextContent.Contains("Select all 4,812 that match", StringComparison.Ordinal)).Click();
        Assert.True(ticks.AllMatch);
        bar.Render();
        Assert.Contains("All 4,812 that match", bar.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_in_the_bin_can_be_restored_and_not_edited()
    {
        await FurnishAsync(1);
        ticks.SetPage(codes, on: true);
        var bar = Bar(total: 1, InboxTab.Bin);
        Assert.DoesNotContain(bar.FindAll("button"), b => b.TextContent.Contains("Bulk edit", StringComparison.Ordinal));
        bar.FindAll("button").First(b => b.TextContent.Contains("Restore", StringComparison.Ordinal)).Click();

        bar.WaitForAssertion(() => Assert.False(ticks.Any));
        var run = Assert.Single(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Admin).Caller, 10));
        Assert.Equal((BulkAction.Restore, 1, BulkStatus.Queued), (run.Action, run.Total, run.Status));
    }

    [Fact]
    public async Task What_is_in_the_bin_is_deleted_for_ever_only_after_asking_and_not_by_a_Standard_user()
    {
        await FurnishAsync(2);
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        ticks.SetPage(codes, on: true);
        Assert.DoesNotContain(Bar(total: 2, InboxTab.Bin, by: Role.Standard).FindAll("button"), b => b.TextContent.Contains("Delete for ever", StringComparison.Ordinal));
        var bar = Bar(total: 2, InboxTab.Bin, by: Role.Bookkeeper);

        foreach (var answer in new[] { "Cancel", "Delete for ever" })
        {
            Assert.Empty(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Bookkeeper).Caller, 10));
            bar.FindAll("button").First(b => b.TextContent.Contains("Delete for ever", StringComparison.Ordinal)).Click();
            provider.WaitForAssertion(() => Assert.Contains("Delete 2 items for ever?", provider.Markup, StringComparison.Ordinal));
            provider.FindAll("button").First(b => b.TextContent.Trim() == answer).Click();
            provider.WaitForAssertion(() => Assert.DoesNotContain("Delete 2 items for ever?", provider.Markup, StringComparison.Ordinal));
        }

        bar.WaitForAssertion(() => Assert.False(ticks.Any));
        var run = Assert.Single(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Bookkeeper).Caller, 10));
        Assert.Equal((BulkAction.DeleteForEver, 2, false), (run.Action, run.Total, run.CanBeUndone));
    }

    [Fact]
    public async Task When_another_number_matches_by_now_nothing_is_begun_and_it_says_so()
    {
        await FurnishAsync(2);
        ticks.TakeAll();
        var bar = Bar(total: 5, InboxTab.Inbox, mayPublish: true);
        bar.FindAll("button").First(b => b.TextContent.Trim() == "Publish").Click();

        bar.WaitForAssertion(() => Assert.Contains("2 items match now, not 5. Nothing has been done.", bar.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.True(ticks.Any);
        Assert.Empty(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Admin).Caller, 10));
    }

    [Fact]
    public async Task The_dialog_gives_only_the_fields_that_were_filled_in_or_emptied()
    {
        await FurnishAsync(1);
        Render<MudPopoverProvider>();
        var provider = Render<MudDialogProvider>();
        var dialogs = Services.GetRequiredService<IDialogService>();
        Task<IReadOnlyList<ItemEdit>?> shown = null!;
        await provider.InvokeAsync(() => { shown = BulkEditDialog.ShowAsync(dialogs, MemberAs(Role.Admin), Workspace.Costs, 4812); });

        provider.WaitForAssertion(() => Assert.Contains("Bulk edit 4,812 items", provider.Markup, StringComparison.Ordinal));
        var change = () => provider.FindAll("button").First(b => b.TextContent.Contains("Change 4,812 items", StringComparison.Ordinal));
        Assert.True(change().HasAttribute("disabled"));
        provider.Find("#bulk-date").Change("31/11/2026");
        Assert.Contains("is not a date", provider.Markup, StringComparison.Ordinal);
        Assert.True(change().HasAttribute("disabled"));
        provider.Find("#bulk-date").Change("30/11/2026");
        provider.Find("#bulk-description").Input("Stationery");
        provider.Find("[aria-label='Empty note']").Change(true);
        change().Click();

        Assert.Equal([new ItemEdit.SetDate(new DateOnly(2026, 11, 30)), new ItemEdit.SetDescription("Stationery"), new ItemEdit.SetNote(null)], await shown);
    }

    private IRenderedComponent<BulkBar> Bar(int total, InboxTab tab = InboxTab.Inbox, bool mayPublish = false, Role by = Role.Admin) => RenderAs<BulkBar>(by, parameters => parameters
        .Add(b => b.Ticks, ticks).Add(b => b.View, new InboxView(new InboxQuery(new ItemFilter(Workspace.Costs, tab)))).Add(b => b.Total, total).Add(b => b.Page, codes).Add(b => b.MayPublish, mayPublish));

    private async Task FurnishAsync(int count)
    {
        await SettleInAsync();
        codes = [.. Enumerable.Range(0, count).Select(n => $"CODE{n}")];
        await WriteAsync([.. codes.Select(code => new Item
        {
            BusinessId = Business.Id, Code = code, OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
        })]);
    }
}
