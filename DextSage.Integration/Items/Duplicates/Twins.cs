using DextSage.Integration.Connections;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Finds what looks like the same paper: by an index, however many items there are.</summary>
internal static class Twins
{
    /// <summary>Of very many that are all alike, an item is told of the first of them.</summary>
    private const int MostTwins = 20;

    private sealed record Candidate(Looks Looks, string Code, ItemStatus Status, DateTimeOffset CreatedAt, Guid OwnerId);

    /// <summary>Knows what these items look like as they stand in memory, and all others as they are stored.</summary>
    public static async Task<ReviewContext> WithTwinsAsync(this ReviewContext context, DextSageDb db, IReadOnlyCollection<Item> items, CancellationToken cancellationToken) =>
        context with { Twins = await OfAsync(db, items, await AskedAsync(context, db, items, cancellationToken), seenBy: null, cancellationToken) };

    /// <inheritdoc cref="WithTwinsAsync(ReviewContext, DextSageDb, IReadOnlyCollection{Item}, CancellationToken)"/>
    public static async Task<ReviewContext> WithTwinsAsync(this ReviewContext context, BusinessScope scope, IReadOnlyCollection<Item> items, CancellationToken cancellationToken) =>
        context with { Twins = await OfAsync(scope.Db, items, await AskedAsync(context, scope.Db, items, cancellationToken), scope, cancellationToken) };

    /// <summary>Ids of stored items that look like any of these.</summary>
    public static async Task<IReadOnlyCollection<Guid>> AlikeAsync(DextSageDb db, IReadOnlyCollection<Looks> looks, CancellationToken cancellationToken)
    {
        var candidates = await CandidatesAsync(db, looks, cancellationToken);
        return [.. candidates.Where(c => looks.Any(l => l.To(c.Looks) is not Likeness.None)).Select(c => c.Looks.ItemId)];
    }

    /// <summary>The items of which it is asked what they look like: their supplier's or customer's rule says so, or else the settings.</summary>
    private static async Task<IReadOnlySet<Guid>> AskedAsync(ReviewContext context, DextSageDb db, IReadOnlyCollection<Item> items, CancellationToken cancellationToken)
    {
        var contacts = items.Select(i => (i.Id, Contact: ItemContact.Of(i).Read(i).Id)).ToList();
        var rules = await db.DuplicateRulesAsync(contacts.Select(c => c.Contact).OfType<Guid>().ToHashSet(), cancellationToken);
        return contacts.Where(c => (Said(c.Contact) ?? context.Duplicates) is DuplicateCheck.Review).Select(c => c.Id).ToHashSet();

        DuplicateCheck? Said(Guid? contact) =>
            contact is not { } id ? null : context.TriedDuplicates.TryGetValue(id, out var tried) ? tried : rules.TryGetValue(id, out var said) ? said : null;
    }

    private static async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Twin>>> OfAsync(DextSageDb db, IReadOnlyCollection<Item> items, IReadOnlySet<Guid> asked, BusinessScope? seenBy, CancellationToken cancellationToken)
    {
        if (asked.Count == 0) return ReviewContext.NoTwins;
        var here = items.Where(i => Looks.Of(i).Counts).DistinctBy(i => i.Id).Select(i => new Candidate(Looks.Of(i), i.Code, i.Status, i.CreatedAt, i.OwnerId)).ToList();
        if (here.Count == 0) return ReviewContext.NoTwins;
        var inHand = items.Select(i => i.Id).ToHashSet();
        var all = (await CandidatesAsync(db, here.ConvertAll(c => c.Looks), cancellationToken)).Where(c => !inHand.Contains(c.Looks.ItemId)).Concat(here).ToList();
        var alike = all.Order(Comparer<Candidate>.Create((a, b) => a == b ? 0 : IsFirst(a, b) ? -1 : 1)).SelectMany(c => c.Looks.Signs.Select(sign => (sign, c))).ToLookup(p => p.sign, p => p.c);
        var pairs = here.Where(c => asked.Contains(c.Looks.ItemId)).SelectMany(one => one.Looks.Signs.SelectMany(sign => alike[sign].Take(MostTwins + 1)).Distinct().Select(other => (One: one, Other: other, By: one.Looks.To(other.Looks))))
            .Where(p => p.By is not Likeness.None).ToList();
        if (pairs.Count == 0) return ReviewContext.NoTwins;

        var decided = await DecidedAsync(db, [.. pairs.Select(p => p.One.Looks.ItemId).Distinct()], cancellationToken);
        var open = pairs.FindAll(p => (p.By & ~decided.GetValueOrDefault(DuplicateDecision.Pair(p.One.Looks.ItemId, p.Other.Looks.ItemId))) is not Likeness.None);
        var owners = open.Select(p => p.Other.OwnerId).Distinct().ToArray();
        var names = await db.Users.Where(p => EF.Parameter(owners).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        return open.GroupBy(p => p.One.Looks.ItemId).ToDictionary(
            g => g.Key,
            IReadOnlyList<Twin> (g) => [.. g.OrderBy(p => p.Other.CreatedAt).ThenBy(p => p.Other.Looks.ItemId).Select(p => new Twin(
                p.Other.Looks.ItemId, p.Other.Code, p.Other.Looks.Workspace, p.By, p.Other.Status, p.Other.CreatedAt, names.GetValueOrDefault(p.Other.OwnerId) ?? "somebody who left",
                IsFirst(p.Other, p.One), seenBy is null || seenBy.Sees(p.Other.OwnerId)))]);
    }

    private static bool IsFirst(Candidate other, Candidate one) => (InSage(other), InSage(one)) switch
    {
        (true, false) => true,
        (false, true) => false,
        _ => other.CreatedAt != one.CreatedAt ? other.CreatedAt < one.CreatedAt : other.Looks.ItemId.CompareTo(one.Looks.ItemId) < 0,
    };

    private static bool InSage(Candidate candidate) => candidate.Status is ItemStatus.Publishing or ItemStatus.Published;

    private static async Task<List<Candidate>> CandidatesAsync(DextSageDb db, IReadOnlyCollection<Looks> looks, CancellationToken cancellationToken)
    {
        var counting = looks.Where(l => l.Counts).ToList();
        var whole = counting.FindAll(l => l is { Total: not null, Currency: not null } && (l.PartyId is not null || l.Party is not null));
        var totals = whole.Select(l => l.Total).Distinct().ToArray();
        var files = counting.Select(l => l.Sha256).Where(s => s is { Length: > 0 }).Distinct(StringComparer.Ordinal).ToArray();
        List<Candidate> found = [];
        // A place and a workspace at a time, as the index by total has them.
        foreach (var workspace in whole.Select(l => l.Workspace).Distinct())
            foreach (var place in new[] { Place.Inbox, Place.Archive })
                found.AddRange(await ReadAsync(db.Items.Where(i => i.Workspace == workspace && i.Place == place && EF.Parameter(totals).Contains(i.Total)), cancellationToken));
        if (files.Length > 0)
        {
            var documents = await db.Documents.Where(d => EF.Parameter(files).Contains(d.Sha256)).Select(d => (Guid?)d.Id).ToArrayAsync(cancellationToken);
            found.AddRange((await ReadAsync(db.Items.ByOwnIds().Where(i => EF.Parameter(documents).Contains(i.DocumentId)), cancellationToken)).Where(c => c.Looks.Counts));
        }

        return [.. found.DistinctBy(c => c.Looks.ItemId)];
    }

    private static Task<List<Candidate>> ReadAsync(IQueryable<Item> items, CancellationToken cancellationToken) => items
        .Select(i => new Candidate(
            new Looks(i.Id, i.Workspace, i.Place, i.Workspace == Workspace.Sales ? i.CustomerId : i.SupplierId, i.Workspace == Workspace.Sales ? i.CustomerName : i.SupplierName,
                i.Reference, i.Date, i.Total, i.Currency, i.DocumentId, i.Document!.Sha256),
            i.Code, i.Status, i.CreatedAt, i.OwnerId))
        .ToListAsync(cancellationToken);

    private static async Task<Dictionary<(Guid, Guid), Likeness>> DecidedAsync(DextSageDb db, Guid[] ids, CancellationToken cancellationToken) =>
        (await db.DuplicateDecisions.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.OneId) || EF.Parameter(ids).Contains(d.OtherId)).ToListAsync(cancellationToken))
        .ToDictionary(d => (d.OneId, d.OtherId), d => d.By);
}
