using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <summary>What came of splitting.</summary>
/// <param name="Codes">Item IDs of the new items, in the order of their pages.</param>
public sealed record SplitOutcome(IReadOnlyList<string> Codes, string? Refusal);

/// <summary>What an item has to do with splitting.</summary>
/// <param name="Parts">Item IDs of those that got its later pages.</param>
/// <param name="From">Item ID of the one from which its own pages came.</param>
public sealed record SplitStanding(IReadOnlyList<string> Parts, string? From);

/// <summary>A scan of several papers becomes an item for each; and one again, as long as nobody has gone on with them.</summary>
public sealed class SplitDesk(BusinessStore store, IPageBinder binder, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Gives the pages behind the first cut to new items, which are read as arrivals are. The item keeps the others, and its details.</summary>
    /// <param name="cuts">After which pages, from 1.</param>
    public async Task<SplitOutcome> SplitAsync(Caller caller, string code, IReadOnlyList<int> cuts, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (await FindAsync(scope, code, cancellationToken) is not { } seen) return Refused("This item does not exist any more.");
        if (Refusal(seen) is { } refusal) return Refused(refusal);
        var parts = PageCuts.Parts(seen.Document!.Pages!.Value, cuts);
        if (parts.Count < 2) return Refused("Choose at least one page to cut after.");

        // Bound before the write lock is taken: that takes a moment.
        List<Document> documents = [];
        foreach (var (from, to) in parts)
        {
            var bound = await binder.BindAsync(caller.BusinessId, [new Sheets(seen.Document, from, to)], NameOf(seen.Document, from, to), cancellationToken);
            if (bound.Document is null) return Refused(bound.Refusal!);
            documents.Add(bound.Document);
        }

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.ChangeTracker.Clear();
        if (await FindAsync(scope, code, cancellationToken) is not { } item || item.Version != seen.Version) return Refused("This item was changed meanwhile. Look at it again, then split it.");
        var codes = Cut(db, caller, item, parts, documents);
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), item.UpdatedAt, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAsync<ReadWork>(caller.BusinessId);
        if (documents.Exists(d => d.IsTooLarge)) await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return new SplitOutcome(codes, Refusal: null);
    }

    /// <summary>Puts the pages together again. Null, or why not.</summary>
    public async Task<string?> UndoAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(scope, code, cancellationToken) is not { } item) return "This item does not exist any more.";
        if (await LastAsync(db, item.Id, cancellationToken) is not { } split) return "This item was not split, or was put together again already.";
        var parts = await db.Items.WithEntries().AsTracking().Where(i => i.SplitId == split.Id).OrderBy(i => i.Id).ToListAsync(cancellationToken);
        if (await RefusalAsync(db, split, [item, .. parts], cancellationToken) is { } refusal) return refusal;

        var first = item.DocumentId!.Value;
        (split.UndoneAt, item.DocumentId) = (time.GetUtcNow(), split.WholeId);
        Tell(db, caller, item, $"put its pages together again with those of {Listed(parts)}");
        foreach (var part in parts)
        {
            (part.PlaceBefore, part.Place) = (part.Place, Place.Aside);
            Tell(db, caller, part, $"gave its pages back to item {item.Code}");
        }

        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), item.UpdatedAt, cancellationToken);
        await db.LetGoAsync([first], item.UpdatedAt, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Null where it has nothing to do with splitting, or where this person has no such item.</summary>
    public async Task<SplitStanding?> StandingAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => new { i.Id, i.SplitId }).SingleOrDefaultAsync(cancellationToken) is not { } item) return null;
        var from = item.SplitId is { } id ? await db.PageSplits.Where(s => s.Id == id).Join(scope.Items, s => s.ItemId, i => i.Id, (_, i) => i.Code).SingleOrDefaultAsync(cancellationToken) : null;
        var split = await LastAsync(db, item.Id, cancellationToken);
        var parts = split is null ? [] : await scope.Items.Where(i => i.SplitId == split.Id).OrderBy(i => i.Id).Select(i => i.Code).ToListAsync(cancellationToken);
        return from is null && parts.Count == 0 ? null : new SplitStanding(parts, from);
    }

    private List<string> Cut(DextSageDb db, Caller caller, Item item, IReadOnlyList<(int From, int To)> parts, List<Document> documents)
    {
        var now = time.GetUtcNow();
        var split = new PageSplit { BusinessId = caller.BusinessId, ItemId = item.Id, WholeId = item.DocumentId!.Value, PersonId = caller.PersonId, At = now };
        db.AddRange(documents);
        db.Add(split);
        item.DocumentId = documents[0].Id;
        List<Item> made = [];
        for (var n = 1; n < parts.Count; n++)
        {
            var part = new Item
            {
                BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = item.OwnerId, Source = item.Source, DeliveryId = item.DeliveryId, CreatedAt = now, UpdatedAt = now,
                Workspace = item.Workspace, Type = item.Type, Status = ItemStatus.Processing, DocumentId = documents[n].Id, SplitId = split.Id,
            };
            db.Add(part);
            ItemHistory.WriteWords(db, part, ItemField.Pages, $"split {Pages(parts[n])} of item {item.Code} off into it", caller.PersonId);
            made.Add(part);
        }

        Tell(db, caller, item, $"split it: {Pages(parts[0])} stayed, the others are {Listed(made)}");
        return made.ConvertAll(i => i.Code);
    }

    private static string? Refusal(Item item) => ItemLock.Reason(item) ?? item.Document switch
    {
        null => "This item has no document to split.",
        { ContentType: "application/pdf", Pages: null } => "The pages of this document cannot be counted: it is damaged or protected by a password. Nothing has changed.",
        { ContentType: not "application/pdf" } or { Pages: < 2 } => "This document has one page.",
        _ => null,
    };

    private static async Task<string?> RefusalAsync(DextSageDb db, PageSplit split, List<Item> items, CancellationToken cancellationToken)
    {
        foreach (var item in items)
        {
            var reason = item switch
            {
                { Status: ItemStatus.Published or ItemStatus.Publishing } => "is in Sage, or on its way there",
                { Status: ItemStatus.Processing } => "is still being read",
                { Place: Place.Bin } => "is in the bin",
                { Place: Place.Aside } => "went into another item",
                _ => null,
            };
            if (reason is not null) return $"Item {item.Code} {reason}. The pages stay apart.";
        }

        var ids = items.Select(i => i.Id).ToArray();
        var cutAgain = await db.PageSplits.Where(s => EF.Parameter(ids).Contains(s.ItemId) && s.ItemId != split.ItemId && s.UndoneAt == null).Select(s => (Guid?)s.ItemId).FirstOrDefaultAsync(cancellationToken);
        if (cutAgain is { } cut) return $"Item {CodeOf(cut)} was split itself. Put its pages together again first.";
        var edited = await db.ItemChanges.Where(c => EF.Parameter(ids).Contains(c.ItemId) && c.PersonId != null && c.At > split.At && c.Field != ItemField.Pages)
            .Select(c => (Guid?)c.ItemId).FirstOrDefaultAsync(cancellationToken);
        return edited is { } id ? $"Item {CodeOf(id)} was edited since. The pages stay apart: merge the items to have them in one." : null;

        string CodeOf(Guid id) => items.Find(i => i.Id == id)!.Code;
    }

    private void Tell(DextSageDb db, Caller caller, Item item, string words)
    {
        (item.Version, item.UpdatedAt) = (item.Version + 1, time.GetUtcNow());
        ItemHistory.WriteWords(db, item, ItemField.Pages, words, caller.PersonId);
    }

    private static Task<Item?> FindAsync(BusinessScope scope, string code, CancellationToken cancellationToken) =>
        scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken);

    private static Task<PageSplit?> LastAsync(DextSageDb db, Guid itemId, CancellationToken cancellationToken) =>
        db.PageSplits.AsTracking().Where(s => s.ItemId == itemId && s.UndoneAt == null).OrderByDescending(s => s.At).FirstOrDefaultAsync(cancellationToken);

    private static string NameOf(Document whole, int from, int to) => $"{Path.GetFileNameWithoutExtension(whole.FileName)} {Pages((from, to))}.pdf";

    private static string Pages((int From, int To) part) => part.From == part.To ? $"page {part.From}" : $"pages {part.From} to {part.To}";

    private static string Listed(IEnumerable<Item> items) => string.Join(", ", items.Select(i => i.Code));

    private static SplitOutcome Refused(string sentence) => new([], sentence);
}
