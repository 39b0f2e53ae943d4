using CsCheck;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InboxViewTests
{
    private static readonly Gen<Guid?> Entry = Gen.Bool.Select(Gen.Guid, (has, id) => has ? id : (Guid?)null);

    private static readonly Gen<bool?> Pair = Gen.Int[0, 2].Select(n => n == 2 ? (bool?)null : n == 1);

    private static readonly Gen<DateOnly?> Day = Gen.Int[0, 60].Select(n => n > 50 ? (DateOnly?)null : new DateOnly(2026, 1, 1).AddDays(n * 9));

    private static readonly Gen<Days?> Range = Gen.Select(Day, Day, (from, to) => from is null && to is null ? null : new Days(from, to));

    private static readonly Gen<decimal?> Amount = Gen.Int[-3, 99999].Select(n => n < 0 ? (decimal?)null : n / 100m);

    private static Gen<T?> Maybe<T>(Gen<T> gen) where T : struct => Gen.Bool.Select(gen, (has, value) => has ? value : (T?)null);

    private static readonly Gen<ItemFilter> Filters =
        Gen.Select(
            Gen.Select(Gen.Enum<Workspace>(), Gen.Enum<InboxTab>(), Gen.String[Gen.Char["ab &=?#%+/é"], 0, 8]),
            Gen.Select(Entry, Entry, Entry, Entry, Entry, Entry, Entry, Entry),
            Gen.Select(Range, Range, Range, Range, Amount, Amount),
            Gen.Select(Pair, Pair, Pair, Pair, Pair, Pair, Pair, Pair),
            Gen.Select(Maybe(Gen.Enum<ItemType>()), Maybe(Gen.Enum<ItemSource>()), Gen.Int[0, 2].Select(n => n switch { 0 => "GBP", 1 => "EUR", _ => (string?)null }), Gen.Bool.Select(has => has ? "TaxRateRefused" : null)))
        .Select((top, entries, ranges, pairs, rest) => new ItemFilter(top.Item1, top.Item2)
        {
            Search = string.IsNullOrWhiteSpace(top.Item3) ? null : top.Item3.Trim(),
            Supplier = entries.Item1, Customer = entries.Item2, Category = entries.Item3, TaxRate = entries.Item4, Product = entries.Item5, Class = entries.Item6, Location = entries.Item7, Owner = entries.Item8,
            Date = ranges.Item1, DueDate = ranges.Item2, Added = ranges.Item3, Published = ranges.Item4,
            Total = ranges.Item5 is null && ranges.Item6 is null ? null : new AmountSpan(ranges.Item5, ranges.Item6),
            IsMine = pairs.Item1, HasTax = pairs.Item2, HasCategory = pairs.Item3, HasTaxRate = pairs.Item4, HasNote = pairs.Item5, HasDocument = pairs.Item6, HasLines = pairs.Item7, IsForeign = pairs.Item8,
            Type = rest.Item1, Source = rest.Item2, Currency = rest.Item3, Failure = rest.Item4,
        });

    private static readonly Gen<InboxView> Views =
        Gen.Select(Filters, Gen.Enum<InboxColumn>(), Gen.Bool, Gen.Int[0, 50], (filter, sort, descending, page) => new InboxView(new InboxQuery(filter, sort, descending, page, InboxView.PageSize)));

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
        Assert.Equal(InboxView.Of(Workspace.Costs), InboxView.Read(Workspace.Costs, "https://books.example/b/acme/costs?tab=sideways&q=%20&sort=42&desc=maybe&page=-3&supplier=me&supplier=you&rate=&date=2026-13-01..&total=a..b&tax=2&type=7&currency=pounds&failure=%3Cb%3E"));

    [Fact]
    public void A_second_click_on_a_heading_turns_the_order_round_and_goes_to_the_first_page()
    {
        var view = InboxView.Read(Workspace.Costs, "?tab=ready&q=x&sort=party&page=3");

        Assert.False(view.Query.Descending);
        Assert.Equal(new InboxView(view.Query with { Descending = true, Page = 0 }), view.SortedBy(InboxColumn.Party));
        Assert.True(view.SortedBy(InboxColumn.Total).Query.Descending);
    }

    [Theory]
    [InlineData(ListKind.Suppliers, true, Workspace.Costs, "/b/acme/costs?supplier=")]
    [InlineData(ListKind.Customers, false, Workspace.Sales, "/b/acme/sales?tab=archive&customer=")]
    public void A_list_leads_to_the_items_that_use_its_entry(ListKind list, bool isOpen, Workspace workspace, string address)
    {
        var entry = Guid.NewGuid();

        Assert.Equal($"{address}{entry:N}", InboxView.Using(list, entry, isOpen, workspace).Url("acme"));
    }

    [Fact]
    public void A_saved_view_is_the_same_view_from_its_first_page() => Views.Sample(view => InboxView.Read(view.Workspace, $"?{view.SavedQuery}") == view.OnPage(0));
}
