using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Several items become one with all their pages, and are brought back as they were.</summary>
public sealed class MergeDesk(BusinessStore store, ItemDetails details, IPageBinder binder, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>What would come of it. Items that this person has not are left out.</summary>
    /// <param name="codes">In the order of their pages.</param>
    public async Task<MergePreview> PreviewAsync(Caller caller, IReadOnlyList<string> codes, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var items = await ItemsAsync(scope, codes, cancellationToken);
        var views = new List<ItemView>();
        foreach (var item in items.Take(MergePlan.MostItems))
            if (await details.FindAsync(caller, item.Code, cancellationToken) is { } view) views.Add(view);
        var owners = items.Select(i => i.OwnerId).Distinct().ToArray();
        var names = await scope.Db.Users.Where(p => EF.Parameter(owners).Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        return new MergePreview(views, MergePlan.Refusal(items), MergePlan.Warnings(items), MergePlan.Choices(items, names.GetValueOrDefault));
    }

    /// <summary>Makes one of them, and puts them aside.</summary>
    /// <param name="chosen">By field, the Item ID of the one whose value is wanted; the first one's where nothing is said.</param>
    public async Task<MergeOutcome> MergeAsync(Caller caller, IReadOnlyList<string> codes, IReadOnlyDictionary<ItemField, string> chosen, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        // The pages are bound before the write lock is taken: that takes a moment.
        var seen = await ItemsAsync(scope, codes, cancellationToken);
        if (seen.Count != codes.Distinct(StringComparer.Ordinal).Count()) return Refused("One of these items does not exist any more.");
        if (MergePlan.Refusal(seen) is { } refusal) return Refused(refusal);
        var (document, unbound) = await BindAsync(caller, seen, cancellationToken);
        if (unbound is not null) return Refused(unbound);

        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var versions = seen.ToDictionary(i => i.Id, i => i.Version);
        db.ChangeTracker.Clear();
        var items = await ItemsAsync(scope, codes, cancellationToken);
        if (items.Count != seen.Count || items.Exists(i => versions[i.Id] != i.Version)) return Refused("One of these items was changed meanwhile. Look at them again, then merge.");
        var into = await MakeAsync(db, caller, items, document, chosen, cancellationToken);
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), into.CreatedAt, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        if (document is { IsTooLarge: true }) await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return new MergeOutcome(into.Code, Refusal: null);
    }

    /// <summary>Brings them back as they were, and puts aside what they became. Null, or why not.</summary>
    public async Task<string?> UnmergeAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } into) return "This item does not exist any more.";
        if (await db.ItemMerges.AsTracking().SingleOrDefaultAsync(m => m.IntoId == into.Id && m.UndoneAt == null, cancellationToken) is not { } merge) return "This item was not made by merging, or was taken apart already.";
        if (Refusal(into) is { } refusal) return refusal;
        if (await db.PageSplits.AnyAsync(s => s.ItemId == into.Id && s.UndoneAt == null, cancellationToken)) return "This item's pages were split since. Put them together again first.";

        var parts = await db.Items.WithEntries().AsTracking().Where(i => i.MergeId == merge.Id).OrderBy(i => i.MergePosition).ToListAsync(cancellationToken);
        merge.UndoneAt = time.GetUtcNow();
        into.Place = Place.Aside;
        Tell(db, caller, into, $"took it apart again into {Listed(parts)}");
        foreach (var part in parts)
        {
            (part.Place, part.PlaceBefore, part.MergeId, part.MergePosition) = (part.PlaceBefore ?? Place.Inbox, null, null, null);
            Tell(db, caller, part, $"took it out of item {into.Code} again");
        }

        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), merge.UndoneAt.Value, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>What an item has to do with merging; null where nothing, or where this person has no such item.</summary>
    public async Task<MergeStanding?> StandingAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => new { i.Id, i.MergeId }).SingleOrDefaultAsync(cancellationToken) is not { } item) return null;
        var into = item.MergeId is { } went ? await db.ItemMerges.Where(m => m.Id == went).Join(scope.Items, m => m.IntoId, i => i.Id, (_, i) => i.Code).SingleOrDefaultAsync(cancellationToken) : null;
        var made = await db.ItemMerges.AsNoTracking().SingleOrDefaultAsync(m => m.IntoId == item.Id, cancellationToken);
        if (into is null && made is null) return null;
        var from = made is null ? [] : await scope.Items.Where(i => i.MergeId == made.Id).OrderBy(i => i.MergePosition).Select(i => i.Code).ToListAsync(cancellationToken);
        return new MergeStanding(from, into, made?.UndoneAt is not null);
    }

    private async Task<Item> MakeAsync(DextSageDb db, Caller caller, List<Item> items, Document? document, IReadOnlyDictionary<ItemField, string> chosen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var into = new Item
        {
            BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = items[0].OwnerId, Source = items[0].Source, CreatedAt = now, UpdatedAt = now,
            Workspace = items[0].Workspace, Status = ItemStatus.ToReview, DocumentId = document?.Id,
            // What came through one door alone has come through it still.
            DeliveryId = items.TrueForAll(i => i.DeliveryId is not null && i.Source == items[0].Source) ? items[0].DeliveryId : null,
        };
        MergePlan.Fill(into, items, chosen);
        if (document is not null && await db.Documents.FindAsync([document.Id], cancellationToken) is null) db.Add(document);
        var merge = new ItemMerge { BusinessId = caller.BusinessId, IntoId = into.Id, PersonId = caller.PersonId, At = now };
        db.AddRange(into, merge);
        await db.LoadEntriesAsync(into, cancellationToken);
        Tell(db, caller, into, $"merged {Listed(items)} into it", version: 0);
        foreach (var (part, position) in items.Select((item, n) => (item, n)))
        {
            (part.PlaceBefore, part.Place, part.MergeId, part.MergePosition) = (part.Place, Place.Aside, merge.Id, position);
            Tell(db, caller, part, $"merged it into item {into.Code}");
        }

        return into;
    }

    // With one document between them, that one is theirs: nothing is made anew.
    private async Task<(Document? Document, string? Refusal)> BindAsync(Caller caller, List<Item> items, CancellationToken cancellationToken)
    {
        var documents = items.Select(i => i.Document).OfType<Document>().ToList();
        if (documents.Count < 2) return (documents.FirstOrDefault(), null);
        var (document, refusal) = await binder.BindAsync(caller.BusinessId, documents.ConvertAll(Sheets.AllOf), $"Merged {items[0].Code}.pdf", cancellationToken);
        return (document, refusal);
    }

    private static string? Refusal(Item into) => into switch
    {
        { Status: ItemStatus.Published } => "This item is in Sage, so it stays one. Void it there, and enter its parts by hand.",
        { Status: ItemStatus.Publishing } => "This item is on its way to Sage.",
        { Place: Place.Aside } => "This item went into another one. Take that apart first.",
        { Place: Place.Bin } => "This item is in the bin. Restore it first.",
        _ => null,
    };

    private void Tell(DextSageDb db, Caller caller, Item item, string words, int? version = null)
    {
        (item.Version, item.UpdatedAt) = (version ?? item.Version + 1, time.GetUtcNow());
        ItemHistory.WriteWords(db, item, ItemField.Pages, words, caller.PersonId);
    }

    private static string Listed(IEnumerable<Item> items) => "items " + string.Join(", ", items.Select(i => i.Code));

    private static async Task<List<Item>> ItemsAsync(BusinessScope scope, IReadOnlyList<string> codes, CancellationToken cancellationToken)
    {
        var wanted = codes.Distinct(StringComparer.Ordinal).Take(MergePlan.MostItems + 1).ToArray();
        var items = await scope.Items.WithEntries().AsTracking().Where(i => EF.Parameter(wanted).Contains(i.Code)).ToListAsync(cancellationToken);
        return [.. items.OrderBy(i => Array.IndexOf(wanted, i.Code))];
    }

    private static MergeOutcome Refused(string sentence) => new(Code: null, sentence);
}
