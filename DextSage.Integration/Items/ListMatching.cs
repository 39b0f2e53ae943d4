using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An entry that cannot go to Sage and that something here still uses.</summary>
/// <param name="Proposal">The one entry of exactly this name that Sage has now, unless a person has hidden it.</param>
public sealed record MatchRow(Guid Id, string Name, MatchUse Use, PickerEntry? Proposal);

/// <param name="Refusal">Why nothing was changed, as a sentence.</param>
/// <param name="Items">Items that use other entries now.</param>
public sealed record MatchOutcome(string? Refusal, int Items);

/// <summary>
/// Old entries that items, rules, settings and payment methods use, and the new ones that they shall use instead, a list at a time: after an organisation was
/// changed, and of lists that were kept by hand before there was one.
/// </summary>
public sealed class ListMatching(BusinessStore store, IItemRules rules, IEnumerable<IWhenRefreshed> followers, BusinessSignal signal, TimeProvider time)
{
    private const int ItemsAtATime = 200;

    /// <summary>The lists that are matched, in their order: what classes and locations are comes before their entries.</summary>
    public static IReadOnlyList<ListKind> Lists { get; } =
    [
        ListKind.Categories, ListKind.TaxRates, ListKind.Suppliers, ListKind.Customers, ListKind.Products,
        ListKind.AnalysisTypes, ListKind.AnalysisCategories, ListKind.BankAccounts,
    ];

    /// <summary>The lists of which something waits to be matched.</summary>
    public async Task<IReadOnlyList<ListKind>> PendingAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var pending = new List<ListKind>();
        foreach (var list in Lists)
            if ((await MatchUses.ReadAsync(scope.Db, rules, list, cancellationToken)).Count > 0) pending.Add(list);
        return pending;
    }

    /// <summary>The same, but for what is on its way back: lists that were put away return with the first refresh of the same organisation.</summary>
    public async Task<IReadOnlyList<ListKind>> PendingForGoodAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using (var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken))
        {
            var isComingBack = await scope.Db.RefreshRuns.Live().AnyAsync(cancellationToken)
                && await scope.Db.ListStates.AnyAsync(s => scope.Db.Connections.Any(c => c.OrganisationId == s.OrganisationId), cancellationToken);
            if (isComingBack) return [];
        }

        return await PendingAsync(caller, cancellationToken);
    }

    /// <summary>What of the list waits to be matched, by name.</summary>
    public async Task<IReadOnlyList<MatchRow>> ReadAsync(Caller caller, ListKind list, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var uses = await MatchUses.ReadAsync(scope.Db, rules, list, cancellationToken);
        Guid[] ids = [.. uses.Keys];
        var old = await MatchEntries.Of(scope.Db, list).Where(e => ids.Contains(e.Id)).OrderBy(e => e.DisplayName)
            .Select(e => new { e.Id, e.Name, e.DisplayName }).ToListAsync(cancellationToken);

        var rows = new List<MatchRow>();
        foreach (var alike in old.GroupBy(e => uses[e.Id].Needs))
        {
            var proposals = await MatchEntries.NamedAsync(scope.Db, list, alike.Key, [.. alike.Select(e => e.Name)], cancellationToken);
            rows.AddRange(alike.Select(e => new MatchRow(e.Id, e.DisplayName, uses[e.Id], proposals.GetValueOrDefault(e.Name))));
        }

        return [.. rows.OrderBy(r => r.Name, StringComparer.CurrentCultureIgnoreCase)];
    }

    /// <summary>The entries that may take the place of an old one, best matches first.</summary>
    public async Task<IReadOnlyList<PickerEntry>> SearchAsync(Caller caller, ListKind list, MatchNeeds needs, string? search, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        return await MatchEntries.SearchAsync(scope.Db, list, needs, search, cancellationToken);
    }

    /// <summary>Gives open items, rules, the settings and payment methods the new entries: all of them or none.</summary>
    /// <param name="matches">New entry by old one; what is not in it is left.</param>
    public async Task<MatchOutcome> ApplyAsync(Caller caller, ListKind list, IReadOnlyDictionary<Guid, Guid> matches, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        var changed = 0;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            var uses = await MatchUses.ReadAsync(db, rules, list, cancellationToken);
            var names = await NamesAsync(db, list, matches, uses, cancellationToken);
            if (names is null) return new MatchOutcome("One of the new entries is not on the list any more, or does not fit. Choose another.", Items: 0);

            var replacement = new Replacement(list, matches, names);
            foreach (var ids in matches.Keys.Where(uses.ContainsKey).SelectMany(id => uses[id].ItemIds).Distinct().Chunk(ItemsAtATime))
            {
                foreach (var item in await db.Items.WithEntries().AsTracking().Where(i => ids.Contains(i.Id)).ToListAsync(cancellationToken))
                {
                    await ReplaceAsync(db, item, replacement, caller, cancellationToken);
                    changed++;
                }

                await db.SaveChangesAsync(cancellationToken);
                db.ChangeTracker.Clear();
            }

            await replacement.ApplyToSettingsAsync(db, cancellationToken);
            await rules.MatchedAsync(db, matches, time.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        foreach (var follower in followers) await follower.RefreshedAsync(caller.BusinessId, CancellationToken.None);
        signal.Raise(caller.BusinessId);
        return new MatchOutcome(Refusal: null, changed);
    }

    /// <summary>The new entries' names; null where one of them cannot take its place.</summary>
    private static async Task<Dictionary<Guid, string>?> NamesAsync(
        DextSageDb db, ListKind list, IReadOnlyDictionary<Guid, Guid> matches, IReadOnlyDictionary<Guid, MatchUse> uses, CancellationToken cancellationToken)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var alike in matches.GroupBy(m => uses.TryGetValue(m.Key, out var use) ? use.Needs : MatchNeeds.None))
        {
            Guid[] wanted = [.. alike.Select(m => m.Value).Distinct()];
            var found = await MatchEntries.Offered(db, list, alike.Key).Where(e => wanted.Contains(e.Id)).Select(e => new { e.Id, e.Name }).ToListAsync(cancellationToken);
            if (found.Count < wanted.Length) return null;
            foreach (var entry in found) names[entry.Id] = entry.Name;
        }

        return names;
    }

    private async Task ReplaceAsync(DextSageDb db, Item item, Replacement replacement, Caller caller, CancellationToken cancellationToken)
    {
        var before = ItemSnapshot.Of(item);
        replacement.ApplyTo(item);
        await db.LoadEntriesAsync(item, cancellationToken);
        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        item.MendedBy(ItemHistory.Write(db, item, before, ChangeCause.Matching, caller.PersonId).Select(c => c.Field));
    }

    /// <summary>New entries of one list in the place of old ones, wherever these are pointed to.</summary>
    private sealed class Replacement(ListKind list, IReadOnlyDictionary<Guid, Guid> matches, Dictionary<Guid, string> names)
    {
        public void ApplyTo(Item item)
        {
            switch (list)
            {
                case ListKind.Suppliers when New(item.SupplierId) is { } supplier && supplier != item.SupplierId:
                    (item.SupplierId, item.SupplierName) = (supplier, names[supplier]);
                    break;
                case ListKind.Customers when New(item.CustomerId) is { } customer && customer != item.CustomerId:
                    (item.CustomerId, item.CustomerName) = (customer, names[customer]);
                    break;
                case ListKind.Categories:
                    item.CategoryId = New(item.CategoryId);
                    foreach (var line in item.Lines) line.CategoryId = New(line.CategoryId);
                    break;
                case ListKind.TaxRates:
                    item.TaxRateId = New(item.TaxRateId);
                    foreach (var line in item.Lines) line.TaxRateId = New(line.TaxRateId);
                    break;
                case ListKind.AnalysisCategories:
                    (item.ClassId, item.LocationId) = (New(item.ClassId), New(item.LocationId));
                    foreach (var line in item.Lines) (line.ClassId, line.LocationId) = (New(line.ClassId), New(line.LocationId));
                    break;
                case ListKind.Products:
                    foreach (var line in item.Lines) line.ProductId = New(line.ProductId);
                    break;
            }
        }

        public async Task ApplyToSettingsAsync(DextSageDb db, CancellationToken cancellationToken)
        {
            if (await db.ConnectionSettings.AsTracking().SingleOrDefaultAsync(cancellationToken) is { } settings)
            {
                (settings.CostsTaxRateId, settings.SalesTaxRateId) = (New(settings.CostsTaxRateId), New(settings.SalesTaxRateId));
                (settings.ClassTypeId, settings.LocationTypeId) = (New(settings.ClassTypeId), New(settings.LocationTypeId));
            }

            foreach (var method in await db.PaymentMethods.AsTracking().Where(m => m.BankAccountId != null).ToListAsync(cancellationToken))
                method.BankAccountId = New(method.BankAccountId);
            await db.SaveChangesAsync(cancellationToken);
        }

        // Ids are of one list alone: what points elsewhere is not in it.
        private Guid? New(Guid? old) => old is { } id && matches.TryGetValue(id, out var fresh) ? fresh : old;
    }
}
