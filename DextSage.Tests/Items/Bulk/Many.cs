using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items.Bulk;

/// <summary>Many items of a business, and what is asked for of them.</summary>
internal static class Many
{
    public static Task<List<string>> NewItemsAsync(this Quarter quarter, int count, Action<Item, int>? change = null) => quarter.NewItemsAsync(quarter.Town.Marsh, count, change);

    public static async Task<List<string>> NewItemsAsync(this Quarter quarter, House house, int count, Action<Item, int>? change = null)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        var items = Enumerable.Range(0, count).Select(n =>
        {
            var item = new Item
            {
                BusinessId = house.Id, Code = ItemCode.New(), OwnerId = house.People[Role.Standard], Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(n), Status = ItemStatus.ToReview,
                SupplierId = house.Supplier.Id, SupplierName = house.Supplier.Name, Date = new DateOnly(2020, 11, 1).AddDays(n), Currency = "GBP", Total = 120, Tax = 20, Reference = $"R{n}", TaxRateId = house.TaxRate.Id,
            };
            change?.Invoke(item, n);
            return item;
        }).ToList();
        db.AddRange(items);
        await db.SaveChangesAsync();
        return items.ConvertAll(i => i.Code);
    }

    public static async Task<BulkRunView> RunAsync(this Quarter quarter, BulkAction action, IReadOnlyList<string> codes, params IReadOnlyList<ItemEdit> edits) =>
        await quarter.RunAsync(Who.Bookkeeper, action, codes, edits);

    public static async Task<BulkRunView> RunAsync(this Quarter quarter, Who who, BulkAction action, IReadOnlyList<string> codes, params IReadOnlyList<ItemEdit> edits)
    {
        var run = await quarter.AskedAsync(who, action, codes, edits);
        await quarter.WorkAsync();
        return await quarter.SeeAsync(who, run);
    }

    public static async Task<Guid> AskedAsync(this Quarter quarter, Who who, BulkAction action, IReadOnlyList<string> codes, params IReadOnlyList<ItemEdit> edits)
    {
        var answer = await quarter.Get<BulkDesk>().AskAsync(quarter.Town.Claim(who), new BulkOrder(action, new BulkChoice.Ticked(codes), edits));
        Assert.Null(answer.Refusal);
        return answer.RunId!.Value;
    }

    public static Task WorkAsync(this Quarter quarter, CancellationToken cancellationToken = default) => quarter.Get<BulkWork>().RunAsync(quarter.Town.Marsh.Id, cancellationToken);

    /// <summary>Stops the work after its first stretch, as a process that is killed there would leave it.</summary>
    public static async Task BreakOffAsync(this Quarter quarter)
    {
        using var killed = new CancellationTokenSource();
        using (quarter.Get<BusinessSignal>().Listen(quarter.Town.Marsh.Id, killed.Cancel, News.Progress))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => quarter.WorkAsync(killed.Token));
    }

    public static async Task<BulkRunView> SeeAsync(this Quarter quarter, Who who, Guid run) => (await quarter.Get<BulkRuns>().FindAsync(quarter.Town.Claim(who), run))!;

    public static Task<IReadOnlyList<BulkResultRow>> SkippedAsync(this Quarter quarter, BulkRunView run, Who who = Who.Bookkeeper) =>
        quarter.Get<BulkRuns>().ResultsAsync(quarter.Town.Claim(who), run.Id, done: false, 0, 100);

    /// <summary>Into the bin, where nothing is anybody's duplicate.</summary>
    public static async Task ForgetAsync(this Quarter quarter, IReadOnlyList<string> codes)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        await db.Items.Where(i => codes.Contains(i.Code)).ExecuteUpdateAsync(set => set.SetProperty(i => i.Place, Place.Bin));
    }

    public static async Task<List<Item>> ItemsAsync(this Quarter quarter, IReadOnlyList<string> codes)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var items = await db.Items.AsNoTracking().Include(i => i.Lines).Where(i => codes.Contains(i.Code)).ToListAsync();
        return [.. codes.Select(code => items.Single(i => i.Code == code))];
    }

    public static async Task<List<ItemChange>> HistoryAsync(this Quarter quarter, string code)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.ItemChanges.AsNoTracking().Where(c => db.Items.Any(i => i.Id == c.ItemId && i.Code == code)).OrderBy(c => c.Version).ThenBy(c => c.Field).ToListAsync();
    }
}
