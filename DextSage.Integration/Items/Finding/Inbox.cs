using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The inbox of a workspace: pages of rows, and the counts on its tabs.</summary>
public sealed class Inbox(BusinessStore store)
{
    private const int LargestPage = 200;

    public async Task<InboxPage> PageAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var context = await ReviewContext.ReadAsync(scope.Db, cancellationToken);
        // The search is done once, for the page and for the counts.
        var hits = await scope.HitsAsync(query.Filter, cancellationToken);
        var matching = scope.Matching(query.Filter, hits);
        var counts = await CountsAsync(scope, query.Filter, hits, cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        // The rows' ids alone first: what is skipped is not read, and what belongs to a row is read for this page's.
        var ids = await matching.SortedBy(scope.Db, query).Select(i => i.Id).Skip(Math.Max(query.Page, 0) * size).Take(size).ToListAsync(cancellationToken);
        var items = await scope.Db.Items.ByOwnIds().Where(i => ids.Contains(i.Id)).WithEntries().AsNoTracking().ToListAsync(cancellationToken);
        context = await context.WithTwinsAsync(scope, [.. items.Where(i => i.Status is ItemStatus.ToReview)], cancellationToken);
        var ownerIds = items.Select(i => i.OwnerId).Distinct().ToList();
        var owners = await scope.Db.Users.Where(p => ownerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        var found = await Finds.OfAsync(scope.Db, items, query.Filter.Search, cancellationToken);
        return new InboxPage([.. items.OrderBy(i => ids.IndexOf(i.Id)).Select(i => InboxRow.Of(i, owners[i.OwnerId], context) with { Found = found.GetValueOrDefault(i.Id, []) })], counts.Of(query.Filter.Tab), counts)
        {
            Names = await FilterNames.ReadAsync(scope.Db, query.Filter, cancellationToken),
            Causes = query.Filter.Tab is InboxTab.Failed ? await CausesAsync(scope, query.Filter, hits, cancellationToken) : [],
        };
    }

    /// <summary>What each tab holds of a filter; the filter's own tab has no say.</summary>
    public async Task<InboxCounts> CountsAsync(Caller caller, ItemFilter filter, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await CountsAsync(scope, filter, hits: null, cancellationToken);
    }

    /// <summary>What the items of a filter come to, by currency: what is owed, and what comes back, each for itself.</summary>
    public async Task<IReadOnlyList<CurrencyTotal>> TotalsAsync(Caller caller, ItemFilter filter, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var sums = await scope.Matching(filter, await scope.HitsAsync(filter, cancellationToken)).GroupBy(i => new { i.Currency, IsCredit = i.Type == ItemType.CreditNote })
            .Select(g => new CurrencyTotal(g.Key.Currency, g.Key.IsCredit, g.Count(), g.Sum(i => i.Total) ?? 0)).ToListAsync(cancellationToken);
        return [.. sums.OrderByDescending(s => s.Items).ThenBy(s => s.Currency, StringComparer.Ordinal).ThenBy(s => s.IsCredit)];
    }

    /// <summary>Why what lies in a workspace's inbox has failed to publish, the most frequent first.</summary>
    public async Task<IReadOnlyList<FailureCause>> CausesAsync(Caller caller, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await CausesAsync(scope, new ItemFilter(workspace, InboxTab.Failed), hits: null, cancellationToken);
    }

    /// <summary>What the filters of an inbox offer to choose from.</summary>
    public async Task<FilterChoices> ChoicesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await FilterChoices.ReadAsync(scope, cancellationToken);
    }

    /// <summary>The item's version as it is now, for an edit on top of it; 0 where there is no such item for this person.</summary>
    public async Task<int> VersionAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Items.Where(i => i.Code == code).Select(i => i.Version).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>One row as it is now; null where there is no such item for this person.</summary>
    public async Task<InboxRow?> RowAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return null;
        var context = await (await ReviewContext.ReadAsync(scope.Db, cancellationToken)).WithTwinsAsync(scope, [item], cancellationToken);
        var owner = await scope.Db.Users.Where(p => p.Id == item.OwnerId).Select(p => p.DisplayName).SingleAsync(cancellationToken);
        return InboxRow.Of(item, owner, context);
    }

    private static async Task<InboxCounts> CountsAsync(BusinessScope scope, ItemFilter filter, IQueryable<Guid>? hits, CancellationToken cancellationToken)
    {
        var tallies = filter.IsWhole
            ? Own(scope).Where(t => t.Workspace == filter.Workspace).Select(t => new Tallied(t.Place, t.Status, t.HasFailed, t.Count))
            : scope.MatchingOnAnyTab(filter, hits).GroupBy(i => new { i.Place, i.Status, HasFailed = i.Failure != null }).Select(g => new Tallied(g.Key.Place, g.Key.Status, g.Key.HasFailed, g.Count()));
        return Counts(await tallies.ToListAsync(cancellationToken));
    }

    // Whatever cause the filter names: the others stay in sight.
    private static async Task<IReadOnlyList<FailureCause>> CausesAsync(BusinessScope scope, ItemFilter filter, IQueryable<Guid>? hits, CancellationToken cancellationToken) =>
        [.. (await scope.Matching(filter with { Failure = null }, hits).GroupBy(i => i.Failure!.Kind).Select(g => new FailureCause(g.Key, g.Count())).ToListAsync(cancellationToken))
            .OrderByDescending(c => c.Items).ThenBy(c => c.Kind, StringComparer.Ordinal)];

    private static IQueryable<ItemTally> Own(BusinessScope scope) =>
        scope.Member.SeesAllItems() ? scope.Db.ItemTallies : scope.Db.ItemTallies.Where(t => t.OwnerId == scope.Member.PersonId);

    private static InboxCounts Counts(List<Tallied> tallies)
    {
        int In(Place place, Func<Tallied, bool> which) => tallies.Where(t => t.Place == place && which(t)).Sum(t => t.Count);
        int Open(ItemStatus status) => In(Place.Inbox, t => t.Status == status);
        return new InboxCounts(
            In(Place.Inbox, _ => true), Open(ItemStatus.ToReview), Open(ItemStatus.Ready), In(Place.Inbox, t => t.HasFailed && t.Status is not ItemStatus.Publishing), Open(ItemStatus.Processing),
            In(Place.Archive, _ => true), In(Place.Bin, _ => true));
    }

    private sealed record Tallied(Place Place, ItemStatus Status, bool HasFailed, int Count);
}
