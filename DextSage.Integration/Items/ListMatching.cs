using System.Linq.Expressions;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An entry that Sage no longer has and something here still uses.</summary>
/// <param name="Items">Open items that use it.</param>
/// <param name="IsInSettings">Whether it is a default of the settings.</param>
/// <param name="Proposal">The one entry of exactly this name that Sage has now, unless a person has hidden it.</param>
public sealed record MatchRow(Guid Id, string Name, int Items, bool IsInSettings, PickerEntry? Proposal);

/// <param name="Refusal">Why nothing was changed, as a sentence.</param>
/// <param name="Items">Items that use other entries now.</param>
public sealed record MatchOutcome(string? Refusal, int Items);

/// <summary>After an organisation was changed: old entries that items use, and the new ones they shall use instead, a list at a time.</summary>
public sealed class ListMatching(BusinessStore store, IEnumerable<IWhenRefreshed> followers, BusinessSignal signal, TimeProvider time)
{
    /// <summary>The lists that items point into, in the order in which they are matched.</summary>
    public static IReadOnlyList<ListKind> Lists { get; } = [ListKind.Categories, ListKind.TaxRates, ListKind.Suppliers];

    /// <summary>What of the list is still used and no longer in Sage, by name.</summary>
    public async Task<IReadOnlyList<MatchRow>> ReadAsync(Caller caller, ListKind list, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        return list switch
        {
            ListKind.Categories => await RowsAsync(db, db.Categories, db.Categories.Where(c => c.ForExpenses), i => i.CategoryId, cancellationToken),
            ListKind.TaxRates => await RowsAsync(db, db.TaxRates, db.TaxRates, i => i.TaxRateId, cancellationToken),
            ListKind.Suppliers => await RowsAsync(db, db.Suppliers, db.Suppliers, i => i.SupplierId, cancellationToken),
            _ => [],
        };
    }

    /// <summary>Gives open items, and the settings, the new entries: all of them or none.</summary>
    /// <param name="matches">New entry by old one; what is not in it is left.</param>
    public async Task<MatchOutcome> ApplyAsync(Caller caller, ListKind list, IReadOnlyDictionary<Guid, Guid> matches, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        var changed = 0;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var names = await OfferedAsync(db, list, [.. matches.Values], cancellationToken);
            if (matches.Values.Any(id => !names.ContainsKey(id))) return new MatchOutcome("One of the new entries is not on the list any more. Choose another.", Items: 0);

            foreach (var item in await Open(db.Items).AsTracking().ToListAsync(cancellationToken))
                if (Use(item, list, matches, names) is { } field)
                {
                    changed++;
                    item.Version++;
                    item.UpdatedAt = time.GetUtcNow();
                    db.Add(new ItemChange { BusinessId = caller.BusinessId, ItemId = item.Id, Version = item.Version, Field = field, To = ItemText.Of(item, field), Cause = ChangeCause.Matching, PersonId = caller.PersonId, At = item.UpdatedAt });
                }
            if (list is ListKind.TaxRates) await UseInSettingsAsync(db, matches, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        foreach (var follower in followers) await follower.RefreshedAsync(caller.BusinessId, CancellationToken.None);
        signal.Raise(caller.BusinessId);
        return new MatchOutcome(Refusal: null, changed);
    }

    private static async Task<IReadOnlyList<MatchRow>> RowsAsync<T>(
        DextSageDb db, IQueryable<T> entries, IQueryable<T> offered, Expression<Func<Item, Guid?>> of, CancellationToken cancellationToken) where T : ListEntry
    {
        var used = await Open(db.Items).Select(of).Where(id => id != null).GroupBy(id => id!.Value)
            .Select(g => new { g.Key, Items = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Items, cancellationToken);
        var settings = await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        Guid?[] defaults = typeof(T) == typeof(TaxRate) ? [settings?.CostsTaxRateId, settings?.SalesTaxRateId] : [];
        Guid[] ids = [.. used.Keys, .. defaults.OfType<Guid>()];

        var old = await entries.AsNoTracking().Where(e => e.RetiredAt != null && ids.Contains(e.Id)).OrderBy(e => e.DisplayName).ToListAsync(cancellationToken);
        var names = old.ConvertAll(e => e.Name);
        var fresh = await offered.AsNoTracking().Where(e => e.RetiredAt == null && e.IsVisible && names.Contains(e.Name)).ToListAsync(cancellationToken);
        return [.. old.Select(e => new MatchRow(
            e.Id, e.DisplayName, used.GetValueOrDefault(e.Id), defaults.Contains(e.Id),
            fresh.FindAll(f => string.Equals(f.Name, e.Name, StringComparison.OrdinalIgnoreCase)) is [var only] ? new PickerEntry(only.Id, only.DisplayName, Hint: null) : null))];
    }

    private static Task<Dictionary<Guid, string>> OfferedAsync(DextSageDb db, ListKind list, Guid[] ids, CancellationToken cancellationToken)
    {
        IQueryable<ListEntry> entries = list switch
        {
            ListKind.Categories => db.Categories.Where(c => c.ForExpenses),
            ListKind.TaxRates => db.TaxRates,
            ListKind.Suppliers => db.Suppliers,
            _ => throw new ArgumentOutOfRangeException(nameof(list), list, "Items point into no such list."),
        };
        return entries.Where(e => e.RetiredAt == null && ids.Contains(e.Id)).ToDictionaryAsync(e => e.Id, e => e.Name, cancellationToken);
    }

    /// <summary>The field that was changed, if one was.</summary>
    private static ItemField? Use(Item item, ListKind list, IReadOnlyDictionary<Guid, Guid> matches, Dictionary<Guid, string> names)
    {
        switch (list)
        {
            case ListKind.Categories when item.CategoryId is { } old && matches.TryGetValue(old, out var category):
                item.CategoryId = category;
                return ItemField.Category;
            case ListKind.TaxRates when item.TaxRateId is { } old && matches.TryGetValue(old, out var rate):
                item.TaxRateId = rate;
                return ItemField.TaxRate;
            case ListKind.Suppliers when item.SupplierId is { } old && matches.TryGetValue(old, out var supplier):
                (item.SupplierId, item.SupplierName) = (supplier, names[supplier]);
                return ItemField.Supplier;
            default:
                return null;
        }
    }

    private static async Task UseInSettingsAsync(DextSageDb db, IReadOnlyDictionary<Guid, Guid> matches, CancellationToken cancellationToken)
    {
        if (await db.ConnectionSettings.AsTracking().SingleOrDefaultAsync(cancellationToken) is not { } settings) return;
        if (settings.CostsTaxRateId is { } costs && matches.TryGetValue(costs, out var costsRate)) settings.CostsTaxRateId = costsRate;
        if (settings.SalesTaxRateId is { } sales && matches.TryGetValue(sales, out var salesRate)) settings.SalesTaxRateId = salesRate;
    }

    private static IQueryable<Item> Open(IQueryable<Item> items) => items.Where(i => i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready);
}
