using CsCheck;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InboxViewTests
{
    private static readonly Gen<Guid?> Entry = Gen.Bool.Select(Gen.Guid, (has, id) => has ? id : (Guid?)null);

    private static readonly Gen<ItemFilter> Filters =
        Gen.Select(
            Gen.Enum<Workspace>(), Gen.Enum<InboxTab>(), Gen.String[Gen.Char["ab &=?#%+/é"], 0, 8],
            Gen.Select(Entry, Entry, Entry, Entry), Gen.Select(Entry, Entry, Entry),
            (workspace, tab, search, some, more) => new ItemFilter(workspace, tab)
            {
                Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
                Supplier = some.Item1, Customer = some.Item2, Category = some.Item3, TaxRate = some.Item4, Product = more.Item1, Class = more.Item2, Location = more.Item3,
            });

    private static readonly Gen<InboxView> Views =
        Gen.Select(Filters, Gen.Enum<InboxSort>(), Gen.Bool, Gen.Int[0, 50], (filter, sort, descending, page) => new InboxView(new InboxQuery(filter, sort, descending, page, InboxView.PageSize)));

    [Fact]
    public void Everything_an_inbox_shows_is_in_its_address() => Views.Sample(view => InboxView.Read(view.Workspace, view.Url("acme")) == view);

    [Fact]
    public void Every_part_of_a_filter_has_a_chip_and_goes_with_it() => Filters.Sample(filter =>
    {
        var names = new Dictionary<Guid, string>();
        for (var left = FilterLabels.Of(filter, names).Count; left > 0; left--)
        {
            filter = FilterLabels.Of(filter, names)[0].Without(filter);
            if (FilterLabels.Of(filter, names).Count != left - 1) return false;
        }
        return filter == new ItemFilter(filter.Workspace, filter.Tab) { Search = filter.Search };
    });

    [Theory]
    [InlineData(Workspace.Costs, "/b/acme/costs")]
    [InlineData(Workspace.Sales, "/b/acme/sales")]
    public void An_inbox_as_it_opens_has_a_bare_address(Workspace workspace, string address) => Assert.Equal(address, InboxView.Of(workspace).Url("acme"));

    [Fact]
    public void An_address_of_nonsense_shows_the_inbox() =>
        Assert.Equal(InboxView.Of(Workspace.Costs), InboxView.Read(Workspace.Costs, "https://books.example/b/acme/costs?tab=sideways&q=%20&sort=42&desc=maybe&page=-3&supplier=me&supplier=you&rate="));

    [Fact]
    public void A_second_click_on_a_heading_turns_the_order_round_and_goes_to_the_first_page()
    {
        var view = InboxView.Read(Workspace.Costs, "?tab=ready&q=x&sort=supplier&page=3");

        Assert.False(view.Query.Descending);
        Assert.Equal(new InboxView(view.Query with { Descending = true, Page = 0 }), view.SortedBy(InboxSort.Supplier));
        Assert.True(view.SortedBy(InboxSort.Total).Query.Descending);
    }

    [Theory]
    [InlineData(ListKind.Suppliers, true, "/b/acme/costs?supplier=")]
    [InlineData(ListKind.Customers, false, "/b/acme/sales?tab=archive&customer=")]
    public void A_list_leads_to_the_items_that_use_its_entry(ListKind list, bool isOpen, string address)
    {
        var entry = Guid.NewGuid();

        Assert.Equal($"{address}{entry:N}", InboxView.Using(list, entry, isOpen).Url("acme"));
    }
}
