using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>A second refresh asks for what changed, writes what differs, and says what it was.</summary>
public sealed class ChangesOnly
{
    [Fact]
    public async Task An_unchanged_second_refresh_is_one_request_a_list_and_writes_no_entry()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        var before = await NewestAsync(workshop);
        await Books.ForgetJournalAsync(workshop);

        var run = await workshop.RefreshAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal((0, 0, 0), (run.Added, run.Changed, run.Retired));
        Assert.NotNull(run.Of(ListKind.Suppliers).Since);
        Assert.Equal(run.Lists.Count, (await workshop.PagesAskedAsync()).Count);
        Assert.Equal(before, await NewestAsync(workshop));
        Assert.Empty(await workshop.ReportAsync(run.RunId));
    }

    [Fact]
    public async Task What_was_added_renamed_and_deleted_comes_with_the_changes_alone_and_is_reported_before_and_after()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        var sage = await workshop.SuppliersInSageAsync();
        await workshop.AddAsync("Aardvark Supplies Ltd");
        await workshop.RenameAsync(sage["Fenwick & Rowe Solicitors"], "Fenwick Solicitors");
        await workshop.DeleteAsync(sage["Pelican Couriers Ltd"]);

        var run = await workshop.RefreshAsync();

        var suppliers = run.Of(ListKind.Suppliers);
        Assert.Equal((1, 1, 1, 1), (suppliers.Added, suppliers.Changed, suppliers.Renamed, suppliers.Retired));
        var lines = await workshop.ReportAsync(run.RunId);
        Assert.Equal([ListChangeKind.Added, ListChangeKind.Renamed, ListChangeKind.Retired], lines.Select(l => l.Kind).Order());
        var renamed = lines.Single(l => l.Kind is ListChangeKind.Renamed);
        Assert.Contains("Name: Fenwick & Rowe Solicitors", renamed.Before, StringComparison.Ordinal);
        Assert.Contains("Name: Fenwick Solicitors", renamed.After, StringComparison.Ordinal);
        Assert.Equal((await workshop.SuppliersInSageAsync()).Keys.Order(StringComparer.Ordinal), (await workshop.SuppliersAsync()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_changes_are_counted_from_Sages_clock_whatever_ours_says()
    {
        // The sandbox's clock stands on a day of its own.
        await using var workshop = await Refreshes.OpenLargeAsync();
        workshop.Sandbox.Time.Advance(TimeSpan.FromMinutes(2));
        await workshop.AddAsync("Aardvark Supplies Ltd");

        Assert.Equal(1, (await workshop.RefreshAsync()).Added);

        // Again within the overlap: it comes once more and is not counted.
        Assert.Equal(0, (await workshop.RefreshAsync()).Added);
    }

    [Fact]
    public async Task A_retired_entry_says_which_open_items_it_leaves_hanging_and_one_that_comes_back_is_told_apart()
    {
        await using var workshop = await Workshop.OpenAsync(o => o.NewGrantEndsEarlierOnes = false);
        var items = await workshop.WithSamplesAsync();
        var item = items.First(i => i.Party?.StartsWith("Northgate", StringComparison.Ordinal) == true);
        var id = (await workshop.SuppliersInSageAsync())[item.Party!];
        await workshop.DeleteAsync(id);

        var gone = await workshop.RefreshAsync();

        Assert.Single(await workshop.ReportAsync(gone.RunId), l => l.Kind is ListChangeKind.Retired);
        var overview = await workshop.Get<RefreshReports>().OverviewAsync(workshop.Bookkeeper, gone.RunId);
        Assert.Equal(new ChangeCount(ListKind.Suppliers, ListChangeKind.Retired, 1), Assert.Single(overview.Counts));
        Assert.Contains(Assert.Single(overview.Hanging).Uses, use => use is { Kind: UseKind.Item } && use.Code == item.Code);
        var hanging = await workshop.ItemAsync(item.Code);
        Assert.Equal((ItemStatus.ToReview, item.Party), (hanging.Status, hanging.SupplierName));
        Assert.Contains(hanging.Issues, i => i.Sentence == $"{item.Party} is no longer among the suppliers in Sage. Choose another.");
    }

    [Fact]
    public async Task A_whole_comparison_is_made_on_request_and_when_the_last_is_a_week_old()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        Assert.Null((await workshop.RefreshWholeAsync()).Of(ListKind.Suppliers).Since);
        Assert.NotNull((await workshop.RefreshAsync()).Of(ListKind.Suppliers).Since);

        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.ListStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.ComparedAt, TimeProvider.System.GetUtcNow().AddDays(-8)));
        Assert.Null((await workshop.RefreshAsync()).Of(ListKind.Suppliers).Since);

        // By a clock that was put back since, it lies in the future.
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.ListStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.ComparedAt, TimeProvider.System.GetUtcNow().AddHours(3)));
        Assert.Null((await workshop.RefreshAsync()).Of(ListKind.Suppliers).Since);
    }

    [Fact]
    public async Task Of_a_long_list_of_products_the_changes_are_asked_for_and_a_day_later_what_was_deleted_shows_too()
    {
        await using var workshop = await Workshop.OpenConnectedAsync(o => (o.LargeSuppliers, o.LargeProducts, o.NewGrantEndsEarlierOnes) = (450, 430, false), services => Refreshes.Hasten(services));
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var products = await db.Products.Where(p => p.Kind == ProductKind.Product).OrderBy(p => p.Name).Take(2).ToListAsync();
        await workshop.RenameAsync(products[0].SageId, "Zinc bucket", kind: "products");
        await workshop.DeleteAsync(products[1].SageId, kind: "products");
        await Books.ForgetJournalAsync(workshop);

        var changed = (await workshop.RefreshAsync()).Of(ListKind.Products);
        Assert.Equal((1, 0), (changed.Changed, changed.Retired));
        Assert.Equal(1, (await workshop.PagesAskedAsync()).Count(r => (string?)r["path"] == "/products"));
        var pages = workshop.Get<ListPages>();
        Assert.Equal((await db.ListStates.SingleAsync(s => s.List == ListKind.Products)).ComparedAt, (await pages.StandingAsync(workshop.Bookkeeper, ListKind.Products)).DeletionsKnownUpTo);
        Assert.Null((await pages.StandingAsync(workshop.Bookkeeper, ListKind.Suppliers)).DeletionsKnownUpTo);

        await db.ListStates.ExecuteUpdateAsync(set => set.SetProperty(s => s.ComparedAt, TimeProvider.System.GetUtcNow().AddHours(-21)));
        var dayLater = await workshop.RefreshAsync();
        Assert.Equal(1, dayLater.Of(ListKind.Products).Retired);
        Assert.Null((await pages.StandingAsync(workshop.Bookkeeper, ListKind.Products)).DeletionsKnownUpTo);
        Assert.NotNull(dayLater.Of(ListKind.Suppliers).Since);
    }

    [Fact]
    public async Task The_first_filling_is_counted_and_not_listed()
    {
        await using var workshop = await Refreshes.OpenLargeAsync();
        var first = (await workshop.Get<ListRefresh>().LatestAsync(workshop.Admin))!;

        Assert.True(first.Of(ListKind.Suppliers).Added >= 450);
        Assert.Empty(await workshop.ReportAsync(first.RunId));
    }

    private static async Task<DateTimeOffset> NewestAsync(Workshop workshop)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        DateTimeOffset[] newest =
        [
            await db.Suppliers.MaxAsync(e => e.ChangedAt), await db.Customers.MaxAsync(e => e.ChangedAt), await db.Categories.MaxAsync(e => e.ChangedAt),
            await db.TaxRates.MaxAsync(e => e.ChangedAt), await db.BankAccounts.MaxAsync(e => e.ChangedAt), await db.Currencies.MaxAsync(e => e.ChangedAt),
        ];
        return newest.Max();
    }
}
