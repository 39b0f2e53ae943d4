using CsCheck;
using DextSage.App.Items;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class CostsViewTests
{
    private static readonly ListKind[] UsedByItems = [ListKind.Suppliers, ListKind.Categories, ListKind.TaxRates];

    private static readonly Gen<CostsView> Views =
        Gen.Select(
            Gen.Enum<InboxTab>(), Gen.String[Gen.Char["ab &=?#%+/é"], 0, 8], Gen.Enum<InboxSort>(), Gen.Bool, Gen.Int[0, 50],
            Gen.Int[0, 3].Select(one => one == 3 ? null : new ItemsOf(UsedByItems[one], Guid.NewGuid())),
            (tab, search, sort, descending, page, of) => new CostsView(tab, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), sort, descending, page, of));

    [Fact]
    public void Everything_the_page_shows_is_in_its_address() => Views.Sample(view => Parsed(view.Url("acme")) == view);

    [Fact]
    public void The_page_as_it_opens_has_a_bare_address() => Assert.Equal("/b/acme/costs", CostsView.From(null, null, null, null, null).Url("acme"));

    [Fact]
    public void An_address_of_nonsense_shows_the_inbox()
    {
        var view = CostsView.From("sideways", " ", "42", null, -3);

        Assert.Equal(new CostsView(InboxTab.Inbox, null, InboxSort.Added, Descending: true, 0), view);
    }

    [Fact]
    public void A_second_click_on_a_heading_turns_the_order_round_and_goes_to_the_first_page()
    {
        var view = CostsView.From("ready", "x", "supplier", null, 3);

        Assert.False(view.Descending);
        Assert.Equal(view with { Descending = true, Page = 0 }, view.SortedBy(InboxSort.Supplier));
        Assert.True(view.SortedBy(InboxSort.Total).Descending);
    }

    private static CostsView Parsed(string url)
    {
        var query = QueryHelpers.ParseQuery(url.Contains('?', StringComparison.Ordinal) ? url[url.IndexOf('?', StringComparison.Ordinal)..] : "");
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        Guid? Id(string name) => Of(name) is { } id ? Guid.Parse(id) : null;
        return CostsView.From(Of("tab"), Of("q"), Of("sort"), Of("desc") is { } d ? bool.Parse(d) : null, Of("page") is { } p ? int.Parse(p, System.Globalization.CultureInfo.InvariantCulture) : null,
            CostsView.OfEntry(Id("supplier"), Id("category"), Id("rate")));
    }
}
