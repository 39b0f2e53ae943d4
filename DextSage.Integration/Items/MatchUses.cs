using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What an entry must be good for to take the place of another.</summary>
[Flags]
public enum MatchNeeds { None = 0, Costs = 1, Sales = 2, Class = 4, Location = 8 }

/// <summary>What uses an old entry.</summary>
/// <param name="ItemIds">Open items that point to it, they themselves or one of their lines.</param>
/// <param name="IsInSettings">It is a default of the settings, or what Class or Location is.</param>
/// <param name="PaymentMethods">Payment methods in use that are linked to it.</param>
/// <param name="Rules">Rules that set it, ask for it, or are its own.</param>
public sealed record MatchUse(IReadOnlySet<Guid> ItemIds, MatchNeeds Needs, bool IsInSettings, int PaymentMethods, int Rules)
{
    public int Items => ItemIds.Count;
}

/// <summary>Who uses the entries of a list that cannot go to Sage: gone from it, or made here and never in it.</summary>
internal static class MatchUses
{
    public static async Task<IReadOnlyDictionary<Guid, MatchUse>> ReadAsync(DextSageDb db, IItemRules rules, ListKind list, CancellationToken cancellationToken)
    {
        // Without an organisation the lists are our own, and nothing of them is out of place.
        var isConnected = await db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Connected || c.Status == ConnectionStatus.ReconnectNeeded, cancellationToken);
        var old = MatchEntries.Of(db, list).Where(e => e.RetiredAt != null || (e.IsOwn && isConnected)).Select(e => e.Id);

        var pointers = new List<Pointer>();
        foreach (var some in OfItems(db, list))
            pointers.AddRange(await some.Where(p => old.Contains(p.EntryId!.Value)).ToListAsync(cancellationToken));
        var settings = await OldAsync(old, await OfSettingsAsync(db, list, cancellationToken), cancellationToken);
        var methods = list is ListKind.BankAccounts
            ? await db.PaymentMethods.Where(m => m.RemovedAt == null && old.Contains(m.BankAccountId!.Value)).GroupBy(m => m.BankAccountId!.Value)
                .Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, cancellationToken)
            : [];

        var used = await rules.UsesAsync(db, list, cancellationToken);
        var oldOfRules = await OldAsync(old, [.. used.Select(u => u.EntryId).Distinct()], cancellationToken);
        var byRule = used.Where(u => oldOfRules.Contains(u.EntryId)).ToLookup(u => u.EntryId);

        var byEntry = pointers.ToLookup(p => p.EntryId!.Value);
        return byEntry.Select(g => g.Key).Concat(settings).Concat(methods.Keys).Concat(oldOfRules).Distinct().ToDictionary(id => id, id => new MatchUse(
            byEntry[id].Select(p => p.ItemId).ToHashSet(), byEntry[id].Select(p => p.Needs).Concat(byRule[id].Select(u => u.Needs)).Aggregate(MatchNeeds.None, (all, needs) => all | needs),
            settings.Contains(id), methods.GetValueOrDefault(id), byRule[id].Select(u => u.RuleId).Distinct().Count()));
    }

    private static IQueryable<Pointer>[] OfItems(DextSageDb db, ListKind list)
    {
        var items = db.Items.AsNoTracking().Where(i => i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready);
        var lines = items.SelectMany(i => i.Lines, (item, line) => new { item, line });
        return list switch
        {
            ListKind.Suppliers => [items.Select(i => new Pointer { EntryId = i.SupplierId, ItemId = i.Id })],
            ListKind.Customers => [items.Select(i => new Pointer { EntryId = i.CustomerId, ItemId = i.Id })],
            ListKind.Products => [lines.Select(l => new Pointer { EntryId = l.line.ProductId, ItemId = l.item.Id })],
            ListKind.TaxRates =>
            [
                items.Select(i => new Pointer { EntryId = i.TaxRateId, ItemId = i.Id }),
                lines.Select(l => new Pointer { EntryId = l.line.TaxRateId, ItemId = l.item.Id }),
            ],
            ListKind.Categories =>
            [
                items.Select(i => new Pointer { EntryId = i.CategoryId, ItemId = i.Id, Needs = i.Workspace == Workspace.Sales ? MatchNeeds.Sales : MatchNeeds.Costs }),
                lines.Select(l => new Pointer { EntryId = l.line.CategoryId, ItemId = l.item.Id, Needs = l.item.Workspace == Workspace.Sales ? MatchNeeds.Sales : MatchNeeds.Costs }),
            ],
            ListKind.AnalysisCategories =>
            [
                items.Select(i => new Pointer { EntryId = i.ClassId, ItemId = i.Id, Needs = MatchNeeds.Class }),
                items.Select(i => new Pointer { EntryId = i.LocationId, ItemId = i.Id, Needs = MatchNeeds.Location }),
                lines.Select(l => new Pointer { EntryId = l.line.ClassId, ItemId = l.item.Id, Needs = MatchNeeds.Class }),
                lines.Select(l => new Pointer { EntryId = l.line.LocationId, ItemId = l.item.Id, Needs = MatchNeeds.Location }),
            ],
            _ => [],
        };
    }

    private static async Task<Guid[]> OfSettingsAsync(DextSageDb db, ListKind list, CancellationToken cancellationToken)
    {
        if (list is not (ListKind.TaxRates or ListKind.AnalysisTypes)) return [];
        if (await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } settings) return [];
        Guid?[] pointers = list is ListKind.TaxRates ? [settings.CostsTaxRateId, settings.SalesTaxRateId] : [settings.ClassTypeId, settings.LocationTypeId];
        return [.. pointers.OfType<Guid>()];
    }

    private static async Task<HashSet<Guid>> OldAsync(IQueryable<Guid> old, Guid[] ids, CancellationToken cancellationToken) =>
        ids.Length == 0 ? [] : await old.Where(id => ids.Contains(id)).ToHashSetAsync(cancellationToken);

    private sealed class Pointer
    {
        public Guid? EntryId { get; init; }
        public required Guid ItemId { get; init; }
        public MatchNeeds Needs { get; init; }
    }
}
