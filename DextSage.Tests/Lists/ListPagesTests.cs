using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Tests.Journeys;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>The pages of the lists, over what really came in from the sandbox.</summary>
public sealed class ListPagesTests
{
    [Fact]
    public async Task Each_list_has_its_columns_its_order_and_its_search()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var pages = workshop.Get<ListPages>();
        foreach (var list in new[] { ListKind.Categories, ListKind.TaxRates, ListKind.Suppliers, ListKind.Customers, ListKind.Products, ListKind.BankAccounts, ListKind.AnalysisCategories, ListKind.Currencies })
        {
            var tally = await pages.TallyAsync(workshop.Admin, new ListQuery(list));
            var rows = await RowsAsync(workshop, new ListQuery(list));
            Assert.Equal((list, Math.Min(tally.Of(ListFilter.All), 500)), (list, rows.Count));
            Assert.Equal(rows.Select(r => r.Name).Order(StringComparer.OrdinalIgnoreCase), rows.Select(r => r.Name));
            Assert.All(rows, r => Assert.Equal(ListColumns.Of(list).More.Count, r.Cells.Count));
            Assert.All(rows, r => Assert.True(r is { IsVisible: true, IsOwn: false, RetiredAt: null }));
        }

        Assert.Equal(["Pelican Couriers Ltd"], Names(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, "PELICAN"))));
        Assert.Empty(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, "%")));
        var referenced = (await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, Sort: ListSort.Code, Descending: true)))[0];
        Assert.Equal(referenced.Name, Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, referenced.Code))).Name);
        var category = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Categories, "wages and")));
        Assert.Equal(("7000", "Overheads", "Costs, other payments, other receipts, journals", "No VAT, fixed"), (category.Code, category.Cells[0], category.Cells[1], category.Cells[2]));
        var standard = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.TaxRates, "standard")));
        Assert.Equal(("20%", "Since 4 Jan 2011"), (standard.Code, standard.Cells[0]));
        var service = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Products, "S005")));
        Assert.Equal(("Training, per day", "Service, inactive in Sage", "Sales - Services"), (service.Name, service.Cells[0], service.Cells[1]));
        Assert.All(await RowsAsync(workshop, new ListQuery(ListKind.Categories, Use: CategoryUse.Sales)), r => Assert.Contains("ales", r.Cells[1], StringComparison.Ordinal));
    }

    [Fact]
    public async Task Stretches_of_rows_follow_on_without_gap_or_repetition_in_either_direction()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var pages = workshop.Get<ListPages>();
        foreach (var query in new[] { new ListQuery(ListKind.Suppliers), new ListQuery(ListKind.Suppliers, Descending: true), new ListQuery(ListKind.Suppliers, Sort: ListSort.Code) })
        {
            var ids = new List<Guid>();
            for (var skip = 0; ; skip += 100)
            {
                var rows = await pages.RowsAsync(workshop.Admin, query, skip, 100);
                if (rows.Count == 0) break;
                ids.AddRange(rows.Select(r => r.Id));
            }
            Assert.Equal((await pages.TallyAsync(workshop.Admin, query)).Visible, ids.Distinct().Count());
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [Fact]
    public async Task What_is_hidden_is_offered_nowhere_stays_hidden_through_a_refresh_and_comes_back_by_undo()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (visibility, pickers) = (workshop.Get<ListVisibility>(), workshop.Get<Pickers>());
        var pelican = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, "Pelican")));
        var rate = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.TaxRates, "Lower")));
        var currency = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Currencies, "USD")));

        var change = await visibility.SetAsync(workshop.Admin, new ListQuery(ListKind.Suppliers), [pelican.Id], visible: false);
        await visibility.SetAsync(workshop.Admin, new ListQuery(ListKind.TaxRates), [rate.Id], visible: false);
        await visibility.SetAsync(workshop.Admin, new ListQuery(ListKind.Currencies), [currency.Id], visible: false);
        await Books.RenameSupplierAsync(workshop, "Pelican Couriers Ltd", "Pelican Freight Ltd");
        await workshop.Get<ListRefresh>().ReloadAsync(workshop.Bookkeeper, ListKind.Suppliers);
        var run = await workshop.RefreshedAsync();

        Assert.Equal((RefreshCause.Reloaded, 1), (run.Cause, run.Changed));
        Assert.Empty(await pickers.SuppliersAsync(workshop.Admin, "Pelican"));
        Assert.DoesNotContain(await pickers.TaxRatesAsync(workshop.Admin), r => r.Id == rate.Id);
        Assert.DoesNotContain("USD", await pickers.CurrenciesAsync(workshop.Admin));
        Assert.Equal(["Pelican Freight Ltd"], Names(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, Filter: ListFilter.Hidden))));

        await visibility.UndoAsync(workshop.Admin, change);
        Assert.Equal("Pelican Freight Ltd", Assert.Single(await pickers.SuppliersAsync(workshop.Admin, "Pelican")).Name);
    }

    [Fact]
    public async Task All_that_match_are_hidden_at_once_and_undo_brings_back_those_and_no_others()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var visibility = workshop.Get<ListVisibility>();
        var query = new ListQuery(ListKind.Suppliers, "Packaging");
        var rows = await RowsAsync(workshop, query);
        await visibility.SetAsync(workshop.Admin, query, [rows[0].Id], visible: false);

        var change = await visibility.SetAsync(workshop.Admin, query, only: null, visible: false);
        await visibility.SetAsync(workshop.Admin, query, [rows[1].Id], visible: true);
        Assert.Equal(rows.Count - 1, change.Count);
        Assert.Equal(new ListTally(1, rows.Count - 1, 0), await workshop.Get<ListPages>().TallyAsync(workshop.Admin, query));

        await visibility.UndoAsync(workshop.Admin, change);
        Assert.Equal([rows[0].Name], Names(await RowsAsync(workshop, query with { Filter = ListFilter.Hidden })));
    }

    [Fact]
    public async Task What_Sage_no_longer_has_stays_on_the_page_with_the_moment_it_went()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await Books.DeleteSupplierAsync(workshop, "Pelican Couriers Ltd");
        await workshop.Get<ListRefresh>().ReloadAsync(workshop.Admin, ListKind.Suppliers);
        await workshop.RefreshedAsync();

        Assert.NotNull(Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, Filter: ListFilter.Retired))).RetiredAt);
        Assert.Equal(1, (await workshop.Get<ListPages>().TallyAsync(workshop.Admin, new ListQuery(ListKind.Suppliers, "Pelican"))).Retired);
        var standing = await workshop.Get<ListPages>().StandingAsync(workshop.Bookkeeper);
        Assert.True(standing is { IsFromSage: true, CanReload: true, IsRefreshing: false, RefreshedAt: not null, OrganisationName: "Marsh & Daughters Ltd" });
    }

    [Fact]
    public async Task Classes_and_locations_go_by_the_organisations_own_names_and_group_types_are_left_out()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();

        var types = await workshop.Get<ListPages>().AnalysisAsync(workshop.Admin);

        Assert.Equal([("Cost Centre", true, 3), ("Department", true, 3), ("Project", false, 3)], types.Select(t => (t.Name, t.IsActive, t.Current)));
        Assert.Equal(["Department 1", "Department 2", "Department 3"], Names(await RowsAsync(workshop, new ListQuery(ListKind.AnalysisCategories, AnalysisType: types[1].Id))));
    }

    [Fact]
    public async Task An_entry_knows_the_items_that_use_it_and_Costs_shows_just_those()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.WithSamplesAsync();
        var pelican = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, "Pelican")));
        var other = Assert.Single(await RowsAsync(workshop, new ListQuery(ListKind.Suppliers, "Fenwick & Rowe")));

        var uses = await workshop.Get<EntryUsage>().OfAsync(workshop.Admin, ListKind.Suppliers, [pelican.Id]);
        var inbox = await workshop.Get<Inbox>().PageAsync(workshop.Admin, new InboxQuery(new ItemFilter { Supplier = pelican.Id }));

        Assert.Equal(new EntryCount(1, 1), uses[pelican.Id]);
        Assert.Equal(("Pelican Couriers Ltd", "Pelican Couriers Ltd"), (Assert.Single(inbox.Rows).Party, inbox.Names[pelican.Id]));
        Assert.Equal(1, (await workshop.Get<Inbox>().CountsAsync(workshop.Admin, new ItemFilter { Supplier = pelican.Id })).Inbox);
        Assert.Empty(await workshop.Get<EntryUsage>().OfAsync(workshop.Standard, ListKind.Suppliers, [pelican.Id, other.Id]));
        Assert.Empty(await workshop.Get<EntryUsage>().OfAsync(workshop.Admin, ListKind.Categories, [pelican.Id]));
    }

    private static Task<IReadOnlyList<ListRow>> RowsAsync(Workshop workshop, ListQuery query) => workshop.Get<ListPages>().RowsAsync(workshop.Bookkeeper, query, 0, 500);

    private static IEnumerable<string> Names(IEnumerable<ListRow> rows) => rows.Select(r => r.Name);
}
