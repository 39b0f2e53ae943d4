using AngleSharp.Dom;
using Bunit;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>The inbox as a whole, over the real services.</summary>
public sealed class InboxScreenTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Each_workspace_shows_its_own_items_under_its_own_name()
    {
        await FurnishAsync();
        await WriteAsync(Item(i => i.SupplierName = "Northgate"), Item(i => (i.Workspace, i.CustomerName) = (Workspace.Sales, "Harbour Bakery")));

        var costs = Shown<CostsPage>("/b/marsh/costs");
        Assert.Equal("Costs", costs.Find("h1").TextContent);
        Assert.Equal(["Northgate"], Names(costs));
        Assert.Contains("Supplier", costs.Find("th.party").TextContent, StringComparison.Ordinal);

        var sales = Shown<SalesPage>("/b/marsh/sales");
        Assert.Equal(["Harbour Bakery"], Names(sales));
        Assert.Contains("Customer", sales.Find("th.party").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("/b/marsh/sales/", sales.Find("a.open").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_tabs_count_and_an_empty_one_says_so_in_its_own_words()
    {
        await FurnishAsync();
        await WriteAsync(Item(i => i.Status = ItemStatus.Ready), Item(i => i.Place = Place.Bin));

        var page = Shown<CostsPage>("/b/marsh/costs?tab=failed");

        Assert.Equal(["Inbox 1", "To review 0", "Ready 1", "Failed 0", "Processing 0", "Archive 0", "Bin 1"], page.FindAll("nav[aria-label=Costs] a").Select(Words));
        Assert.Contains("Nothing failed to publish", page.Find(".ds-empty").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_of_the_address_are_chips_that_go_one_by_one_or_all_at_once()
    {
        await FurnishAsync();
        await WriteAsync(Item(_ => { }));
        var page = Shown<CostsPage>("/b/marsh/costs?currency=EUR&tax=no&q=x");

        Assert.Equal(["Currency: EUR", "Without tax"], page.FindAll(".chips li:not(.all) > span").Select(s => s.TextContent));
        Assert.Equal("/b/marsh/costs?q=x&tax=no", page.Find(".chips li a").GetAttribute("href"));
        Assert.Equal("/b/marsh/costs?q=x", page.Find(".chips .all a").GetAttribute("href"));
    }

    [Fact]
    public async Task The_failed_tab_shows_why_and_each_cause_is_a_filter_a_help_and_a_retry()
    {
        await FurnishAsync();
        void Failed(Item item, string kind) => item.Failure = new(kind, null, "No.", "Again.", null);
        await WriteAsync(Item(i => Failed(i, "DateRefused")), Item(i => Failed(i, "TaxRateRefused")), Item(i => Failed(i, "TaxRateRefused")), Item(_ => { }));

        var page = Shown<CostsPage>("/b/marsh/costs?tab=failed");

        Assert.Equal(["Tax rate refused 2", "Date refused 1"], page.FindAll(".causes .what").Select(w => Words(w.QuerySelector("a")!) + " " + Words(w.QuerySelector("span")!)));
        Assert.Equal("/b/marsh/costs?tab=failed&failure=TaxRateRefused", page.Find(".causes .what a").GetAttribute("href"));
        Assert.Equal("/b/marsh/help/publishing/tax-rate-refused", page.Find(".causes .doing a").GetAttribute("href"));
        page.FindAll(".causes button")[0].Click();
        var run = Assert.Single(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Admin).Caller, 10));
        Assert.Equal((BulkAction.Publish, 2), (run.Action, run.Total));

        var narrowed = Shown<CostsPage>("/b/marsh/costs?tab=failed&failure=DateRefused");
        Assert.Single(narrowed.FindAll("tr.row"));
        Assert.Equal(2, narrowed.FindAll(".causes li").Count);
        Assert.Equal(("true", "/b/marsh/costs?tab=failed"), (narrowed.Find(".causes .chosen a").GetAttribute("aria-current"), narrowed.Find(".causes .chosen a").GetAttribute("href")));
        Assert.Empty(Shown<CostsPage>("/b/marsh/costs?tab=failed", Role.Standard).FindAll(".causes button"));
    }

    [Fact]
    public async Task All_that_is_Ready_is_published_after_its_number_and_totals_were_shown()
    {
        await FurnishAsync();
        await WriteAsync(
            Item(i => (i.Status, i.Total) = (ItemStatus.Ready, 100)), Item(i => (i.Status, i.Total) = (ItemStatus.Ready, 20.5m)), Item(i => (i.Status, i.Total, i.Currency) = (ItemStatus.Ready, 7, "EUR")),
            Item(i => (i.Status, i.Total, i.Type) = (ItemStatus.Ready, 3, ItemType.CreditNote)), Item(_ => { }));
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        Assert.DoesNotContain(Shown<CostsPage>("/b/marsh/costs").FindAll("button"), b => b.TextContent.Contains("Publish all Ready", StringComparison.Ordinal));
        var page = Shown<CostsPage>("/b/marsh/costs?tab=ready");

        foreach (var answer in new[] { "Cancel", "Publish 4 items" })
        {
            Assert.Empty(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Admin).Caller, 10));
            page.FindAll("button").Single(b => b.TextContent == "Publish all Ready (4)").Click();
            dialogs.WaitForAssertion(() => Assert.Equal(
                ["Documents in GBP 2 £120.50", "Documents in EUR 1 €7.00", "Credit notes in GBP 1 £3.00"], dialogs.FindAll("tbody tr").Select(Words)), Patience);
            dialogs.FindAll("button").Single(b => b.TextContent.Trim() == answer).Click();
            dialogs.WaitForAssertion(() => Assert.Empty(dialogs.FindAll("tbody tr")), Patience);
        }

        page.WaitForAssertion(() => Assert.DoesNotContain("disabled", page.FindAll("button").Single(b => b.TextContent == "Publish all Ready (4)").OuterHtml, StringComparison.Ordinal), Patience);
        var run = Assert.Single(await Services.GetRequiredService<BulkRuns>().LatestAsync(MemberAs(Role.Admin).Caller, 10));
        Assert.Equal((BulkAction.Publish, 4), (run.Action, run.Total));
        Assert.DoesNotContain(Shown<CostsPage>("/b/marsh/costs?tab=ready", Role.Standard).FindAll("button"), b => b.TextContent.Contains("Publish all", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Columns_and_density_are_each_persons_own_and_reset_brings_the_usual_back()
    {
        await FurnishAsync();
        await WriteAsync(Item(i => i.Note = "call them"));
        var page = Shown<CostsPage>("/b/marsh/costs");

        Open(page, "Columns");
        Box(page, "Note").Change(true);
        Box(page, "Category").Change(false);
        page.FindAll("#inbox-columns input[type=radio]")[(int)Density.Narrow].Change(true);

        page.WaitForAssertion(() => Assert.Equal("call them", page.Find("td.note").TextContent.Trim()), Patience);
        var again = Shown<CostsPage>("/b/marsh/costs");
        Assert.Empty(again.FindAll("td.category"));
        Assert.NotEmpty(again.FindAll("table.narrow td.note"));
        Assert.Empty(Shown<CostsPage>("/b/marsh/costs", Role.Bookkeeper).FindAll("td.note"));

        Open(again, "Columns");
        again.FindAll("#inbox-columns button").Single(b => b.TextContent.Trim() == "Reset").Click();
        again.WaitForAssertion(() => Assert.NotEmpty(again.FindAll("table.medium td.category")), Patience);
    }

    [Fact]
    public async Task A_saved_view_opens_the_inbox_for_whom_it_was_chosen_and_can_be_left()
    {
        await FurnishAsync();
        await WriteAsync(Item(i => i.Currency = "EUR"), Item(i => i.Currency = "GBP"));
        var saved = Services.GetRequiredService<SavedViews>();
        var admin = MemberAs(Role.Admin).Caller;
        Assert.Null(await saved.SaveAsync(admin, new SavedViewDraft(null, Workspace.Costs, "Foreign", "currency=EUR", IsShared: true)));
        var view = Assert.Single((await saved.ListAsync(admin, Workspace.Costs)).Views);
        await saved.OpenWithAsync(admin, Workspace.Costs, view.Id);

        var page = Shown<CostsPage>("/b/marsh/costs");

        Assert.EndsWith("/b/marsh/costs?currency=EUR", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Single(page.FindAll("tr.row"));
        Assert.Equal("page", page.Find("nav.views a").GetAttribute("aria-current"));
        await page.InvokeAsync(() => Services.GetRequiredService<NavigationManager>().NavigateTo("/b/marsh/costs"));
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll("tr.row").Count), Patience);
        Assert.Equal(2, Shown<CostsPage>("/b/marsh/costs", Role.Bookkeeper).FindAll("tr.row").Count);
    }

    [Fact]
    public async Task Only_those_who_see_all_items_share_views_and_a_name_is_taken_once()
    {
        await FurnishAsync();
        var saved = Services.GetRequiredService<SavedViews>();
        var (admin, standard) = (MemberAs(Role.Admin).Caller, MemberAs(Role.Standard).Caller);

        Assert.Contains("share views", await saved.SaveAsync(standard, new(null, Workspace.Costs, "Mine", "tab=ready", IsShared: true)), StringComparison.Ordinal);
        Assert.Null(await saved.SaveAsync(standard, new(null, Workspace.Costs, "Mine", "tab=ready", IsShared: false)));
        Assert.Contains("already", await saved.SaveAsync(standard, new(null, Workspace.Costs, " mine ", "", IsShared: false)), StringComparison.Ordinal);
        Assert.Empty((await saved.ListAsync(admin, Workspace.Costs)).Views);
        Assert.Null(await saved.SaveAsync(admin, new(null, Workspace.Costs, "Ours", "", IsShared: true)));
        var ours = Assert.Single((await saved.ListAsync(standard, Workspace.Costs)).Views, v => v.IsShared);
        Assert.False(ours.MayChange);
        Assert.NotNull(await saved.RemoveAsync(standard, ours.Id));
        Assert.NotNull(await saved.SaveAsync(standard, new(ours.Id, Workspace.Costs, "Theirs", "", IsShared: true)));
        Assert.Empty((await saved.ListAsync(standard, Workspace.Sales)).Views);
        Assert.Null(await saved.RemoveAsync(admin, ours.Id));
        Assert.Equal("Mine", Assert.Single((await saved.ListAsync(standard, Workspace.Costs)).Views).Name);
    }

    [Fact]
    public async Task A_cell_that_is_edited_becomes_a_field_and_Escape_leaves_it_as_it_was()
    {
        await FurnishAsync();
        await WriteAsync(Item(_ => { }));
        var page = Shown<CostsPage>("/b/marsh/costs");

        await page.Find("tbody").TriggerEventAsync("onrowclick", new RowClickEventArgs { Code = page.Find("tr.row").GetAttribute("data-code"), Cell = "category" });
        page.WaitForElement("td.edited .picker", Patience).KeyDown("Escape");

        Assert.Empty(page.FindAll("td.edited"));
        Assert.NotEmpty(page.FindAll("td.category button"));
    }

    [Fact]
    public async Task The_filters_are_drawn_when_somebody_looks_and_each_choice_goes_into_the_address()
    {
        await FurnishAsync();
        await WriteAsync(Item(i => i.Type = ItemType.Receipt), Item(_ => { }));
        var page = Shown<CostsPage>("/b/marsh/costs");
        Assert.Empty(page.FindAll("#inbox-filters select"));

        Open(page, "Filter");
        page.WaitForState(() => page.FindAll("#inbox-filters select").Count > 0, Patience);
        page.FindAll("#inbox-filters label").Single(l => l.QuerySelector("span")!.TextContent == "Type").QuerySelector("select")!.Change(nameof(ItemType.Receipt));

        page.WaitForAssertion(() => Assert.Single(page.FindAll("tr.row")), Patience);
        Assert.EndsWith("?type=receipt", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sales_invoice_among_the_costs_moves_to_Sales_by_its_issue_and_takes_its_page_along()
    {
        Services.AddSingleton<DextSage.App.Items.ItemPresence>();
        await FurnishAsync();
        var item = Item(i => i.Type = ItemType.SalesInvoice);
        await WriteAsync(item);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/b/marsh/costs/{item.Code}");
        var page = RenderAs<DextSage.App.Items.ItemPage>(Role.Admin, p => p.Add(i => i.Slug, "marsh").Add(i => i.Code, item.Code));
        page.WaitForState(() => page.FindAll("nav[aria-label=Breadcrumb]").Count > 0, Patience);
        Assert.Equal("Costs", page.Find("nav[aria-label=Breadcrumb] a").TextContent);

        page.FindAll("button").First(b => b.TextContent.Trim() == "Move to Sales").Click();

        page.WaitForAssertion(() => Assert.Equal("Sales", page.Find("nav[aria-label=Breadcrumb] a").TextContent), Patience);
        Assert.EndsWith($"/b/marsh/sales/{item.Code}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.DoesNotContain("Move to Sales", page.Find("section.issues").TextContent, StringComparison.Ordinal);
    }

    private async Task FurnishAsync()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
    }

    private IRenderedComponent<T> Shown<T>(string address, Role role = Role.Admin) where T : InboxScreen
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = RenderAs<T>(role, p => p.Add(s => s.Slug, "marsh"));
        page.WaitForState(() => page.FindAll("section.inbox").Count > 0, Patience);
        return page;
    }

    private Item Item(Action<Item> with)
    {
        var item = new Item
        {
            BusinessId = Business.Id, Code = Guid.NewGuid().ToString("N")[..10].ToUpperInvariant(), OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload,
            CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, Currency = "GBP",
        };
        with(item);
        return item;
    }

    private static void Open(IRenderedComponent<IComponent> page, string sheet) => page.FindAll("button.ds-tool").Single(b => b.TextContent.Trim() == sheet).Click();

    private static IElement Box(IRenderedComponent<IComponent> page, string column) => page.FindAll("#inbox-columns .columns label").Single(l => l.TextContent.Trim() == column).QuerySelector("input")!;

    private static IEnumerable<string> Names(IRenderedComponent<IComponent> page) => page.FindAll("a.open").Select(a => a.TextContent);

    private static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
