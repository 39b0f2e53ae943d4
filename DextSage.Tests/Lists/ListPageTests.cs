using AngleSharp.Dom;
using Bunit;
using CsCheck;
using DextSage.App;
using DextSage.App.Lists;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>The page that all lists share, on the screen.</summary>
public sealed class ListPageTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Everything_the_page_shows_is_in_its_address() =>
        Gen.Select(Gen.String[Gen.Char["ab &=?#%+/é"], 0, 8], Gen.Enum<ListFilter>(), Gen.Int[-1, 5], Gen.Enum<ListSort>(), Gen.Bool).Sample((search, filter, use, sort, descending) =>
        {
            var view = new ListView("/x", new ListQuery(ListKind.Categories, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), filter, use < 0 ? null : (CategoryUse)use, null, sort, descending));
            return Parsed(view.Url) == view;
        });

    [Fact]
    public void An_address_of_nonsense_shows_the_whole_list() =>
        Assert.Equal(new ListView("/x", new ListQuery(ListKind.Suppliers)), ListView.From("/x", ListKind.Suppliers, null, " ", "7", "costs", "sideways", null));

    [Fact]
    public async Task A_name_is_text_whatever_it_holds_and_what_is_gone_says_since_when()
    {
        await SettleInAsync();
        await WriteAsync(Supplier("<img src=x onerror=alert(1)>"), Supplier("Old Ltd", goneAt: DateTimeOffset.UnixEpoch));
        var page = Open("costs/suppliers", Role.Admin);

        Assert.Empty(page.FindAll("tbody img"));
        Assert.Contains(page.FindAll("td.name"), td => td.TextContent.Contains("<img src=x onerror=alert(1)>", StringComparison.Ordinal));
        Assert.Contains("Gone 1 Jan 1970", page.Find("tr.retired").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tick_hides_an_entry_and_Undo_shows_it_again()
    {
        await SettleInAsync();
        await WriteAsync(Supplier("Acme"), Supplier("Bright"));
        var page = Open("costs/suppliers", Role.Admin);

        page.Find("input[aria-label='Acme visible']").Change(false);
        page.WaitForAssertion(() => Assert.Contains("Acme is hidden: pickers no longer offer it.", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(["Bright"], await OfferedAsync());
        await page.InvokeAsync(() => Button(page, "Undo").ClickAsync(new()));
        Assert.Equal(["Acme", "Bright"], await OfferedAsync());
    }

    [Fact]
    public async Task All_that_match_are_hidden_with_one_tick()
    {
        await SettleInAsync();
        await WriteAsync([.. Enumerable.Range(1, 60).Select(n => Supplier($"Supplier {n:00}"))]);
        var page = Open("costs/suppliers", Role.Admin);

        page.Find("input[aria-label='Select all 60']").Change(true);
        Assert.Contains("All 60 that match are selected", page.Markup, StringComparison.Ordinal);
        await page.InvokeAsync(() => Button(page, "Hide").ClickAsync(new()));

        Assert.Empty(await OfferedAsync());
        Assert.Contains("60 entries are hidden now.", page.Find("[role=status]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bookkeeper_sees_and_reloads_and_changes_nothing()
    {
        await SettleInAsync();
        await WriteAsync(Supplier("Acme"));
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var page = Open("costs/suppliers", Role.Bookkeeper);

        Assert.Empty(page.FindAll("input[type=checkbox]"));
        Assert.Equal("Yes", page.Find("td.visible").TextContent.Trim());
        await page.InvokeAsync(() => Button(page, "Reload").ClickAsync(new()));
        var run = await Services.GetRequiredService<ListRefresh>().LatestAsync(MemberAs(Role.Bookkeeper).Caller);
        Assert.Equal(RefreshCause.Reloaded, run!.Cause);
        page.WaitForAssertion(() => Assert.True(Button(page, "Reloading").HasAttribute("disabled")), Patience);
    }

    [Theory]
    [InlineData(ConnectionStatus.Disconnected, true)]
    [InlineData(ConnectionStatus.Connected, false)]
    public async Task Entries_are_added_here_only_while_there_is_no_Sage(ConnectionStatus status, bool isOpen)
    {
        await SettleInAsync();
        await WriteConnectionAsync(status);
        var page = Open("settings/lists/categories", Role.Admin);

        Assert.Equal(isOpen, page.FindAll("button").Any(b => b.TextContent.Contains("Add category", StringComparison.Ordinal)));
        Assert.Equal(isOpen, page.FindAll("a").Any(a => a.TextContent.Contains("Import from CSV", StringComparison.Ordinal)));
        Assert.Contains(isOpen ? "This business is not connected to Sage." : "edited in Sage", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_being_left_stays_as_it_was_until_it_is_gone()
    {
        await SettleInAsync();
        var page = Open("costs/suppliers", Role.Admin);

        // The router tells a page of the new address before it takes the page away.
        Services.GetRequiredService<NavigationManager>().NavigateTo(Urls.Connections(Business.Slug));
        page.Render(p => p.Add(l => l.Slug, Business.Slug));

        Assert.Equal("Suppliers", page.Find("h1").TextContent);
    }

    private IRenderedComponent<ListPage> Open(string path, Role role)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/b/{Business.Slug}/{path}");
        var page = RenderAs<ListPage>(role);
        page.WaitForState(() => page.FindAll("tbody tr.row").Count > 0 || page.FindAll(".ds-empty").Count > 0, Patience);
        return page;
    }

    private async Task<IEnumerable<string>> OfferedAsync() => (await Services.GetRequiredService<Pickers>().SuppliersAsync(MemberAs(Role.Admin).Caller, null)).Select(s => s.Name);

    private Supplier Supplier(string name, DateTimeOffset? goneAt = null) => new()
    {
        BusinessId = Business.Id, SageId = Guid.NewGuid().ToString("N"), Name = name, DisplayName = name, RetiredAt = goneAt,
    };

    private static IElement Button(IRenderedComponent<ListPage> page, string words) => page.FindAll("button").Single(b => b.TextContent.Trim() == words);

    private static ListView Parsed(string url)
    {
        var query = QueryHelpers.ParseQuery(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        return ListView.From("/x", ListKind.Categories, null, Of("q"), Of("show"), Of("use"), Of("sort"), Of("desc") is { } d ? bool.Parse(d) : null);
    }
}
