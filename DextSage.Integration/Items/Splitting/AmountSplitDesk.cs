using System.Globalization;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>One item becomes two that have its total between them; and one again, whose total is theirs together.</summary>
public sealed class AmountSplitDesk(BusinessStore store, BusinessSignal signal, TimeProvider time)
{
    private const Likeness AnyLikeness = Likeness.File | Likeness.Reference | Likeness.Date;

    /// <summary>Makes an item of a part of the total. It has all else that this one has.</summary>
    /// <param name="amount">Tax included, in the item's currency.</param>
    /// <param name="seenVersion">The item's version that was looked at.</param>
    public async Task<AmountSplitOutcome> SplitAsync(Caller caller, string code, decimal amount, int seenVersion, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(scope, code, cancellationToken) is not { } item) return Refused("This item does not exist any more.");
        if ((Refusal(item) ?? AmountShare.Refusal(item.Total, amount)) is { } refusal) return Refused(refusal);
        if (item.Version != seenVersion) return Refused("This item was changed meanwhile. Look at it again, then split it.");

        var (before, now) = (ItemSnapshot.Of(item), time.GetUtcNow());
        var (share, rest) = AmountShare.Of(item.Total!.Value, item.Tax, amount);
        var part = new Item
        {
            BusinessId = item.BusinessId, Code = ItemCode.New(), OwnerId = item.OwnerId, Source = item.Source, DeliveryId = item.DeliveryId, CreatedAt = now, UpdatedAt = now,
            Workspace = item.Workspace, Place = item.Place, PlacedAt = item.PlacedAt, Status = ItemStatus.ToReview, DocumentId = item.DocumentId, PublishWithoutDocument = item.PublishWithoutDocument,
        };
        MergePlan.Fill(part, [item], new Dictionary<ItemField, string>());
        ((part.Total, part.Tax), (item.Total, item.Tax)) = ((share.Total, share.Tax), (rest.Total, rest.Tax));
        db.AddRange(part, new AmountSplit { BusinessId = item.BusinessId, ItemId = item.Id, PartId = part.Id, PersonId = caller.PersonId, At = now });
        await TellApartAsync(db, caller, item, part, now, cancellationToken);
        await SaveAsync(db, caller, [(item, before)], [(item, $"split {Words(share.Total)} of it off into item {part.Code}"), (part, $"split it off item {item.Code}")], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return new AmountSplitOutcome(part.Code, Refusal: null);
    }

    /// <summary>Gives what a part has now back to the item that it came from, and puts the part aside. Null, or why not.</summary>
    public async Task<string?> UndoAsync(Caller caller, string code, string partCode, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(scope, code, cancellationToken) is not { } item || await FindAsync(scope, partCode, cancellationToken) is not { } part) return "This item does not exist any more.";
        if (await db.AmountSplits.AsTracking().SingleOrDefaultAsync(s => s.ItemId == item.Id && s.PartId == part.Id && s.UndoneAt == null, cancellationToken) is not { } split) return "These were put together again already.";
        if (Refusal(item) is { } refusal) return refusal;
        if (Refusal(part) is { } other) return $"Item {part.Code}: {other}";
        if (item.Currency != part.Currency) return $"Item {part.Code} is in another currency by now. The two stay apart.";

        var (before, partBefore, now) = (ItemSnapshot.Of(item), ItemSnapshot.Of(part), time.GetUtcNow());
        item.Total = Sum(item.Total, part.Total);
        item.Tax = Sum(item.Tax, part.Tax);
        (split.UndoneAt, part.PlaceBefore) = (now, part.Place);
        part.PutInto(Place.Aside, now);
        await SaveAsync(db, caller, [(item, before)], [(item, $"put it together again with item {part.Code}"), (part, $"gave its amount back to item {item.Code}")], now, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Null where it has nothing to do with it, or where this person has no such item.</summary>
    public async Task<AmountSplitStanding?> StandingAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } id) return null;
        var from = await db.AmountSplits.Where(s => s.PartId == id).Join(scope.Items, s => s.ItemId, i => i.Id, (_, i) => i.Code).FirstOrDefaultAsync(cancellationToken);
        var parts = await db.AmountSplits.Where(s => s.ItemId == id && s.UndoneAt == null).OrderBy(s => s.At)
            .Join(scope.Items, s => s.PartId, i => i.Id, (_, i) => new AmountPart(i.Code, i.Total, i.Currency)).ToListAsync(cancellationToken);
        return from is null && parts.Count == 0 ? null : new AmountSplitStanding(parts, from);
    }

    private static string? Refusal(Item item) => ItemLock.Reason(item) ?? (item.Lines.Count > 0 ? "This item is split into lines, which have its total between them. Put them together first." : null);

    /// <summary>All that came from one paper look alike, and are no duplicates.</summary>
    private static async Task TellApartAsync(DextSageDb db, Caller caller, Item item, Item part, DateTimeOffset now, CancellationToken cancellationToken)
    {
        HashSet<Guid> family = [item.Id];
        for (var count = 0; count < family.Count;)
        {
            count = family.Count;
            var ids = family.ToArray();
            foreach (var split in await db.AmountSplits.AsNoTracking().Where(s => EF.Parameter(ids).Contains(s.ItemId) || EF.Parameter(ids).Contains(s.PartId)).ToListAsync(cancellationToken)) family.UnionWith([split.ItemId, split.PartId]);
        }

        foreach (var other in family)
        {
            var (one, two) = DuplicateDecision.Pair(other, part.Id);
            db.Add(new DuplicateDecision { BusinessId = item.BusinessId, OneId = one, OtherId = two, By = AnyLikeness, PersonId = caller.PersonId, At = now });
        }
    }

    private static async Task SaveAsync(
        DextSageDb db, Caller caller, IEnumerable<(Item Item, ItemSnapshot Before)> changed, IReadOnlyList<(Item Item, string Words)> told, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await db.LoadEntriesAsync([.. told.Select(t => t.Item)], cancellationToken);
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        foreach (var (item, words) in told)
        {
            ItemDefaults.SettleTax(item, context);
            if (db.Entry(item).State is not EntityState.Added) item.Version++;
            item.UpdatedAt = now;
            ItemHistory.WriteWords(db, item, ItemField.Pages, words, caller.PersonId);
        }

        foreach (var (item, before) in changed)
        {
            item.MendedBy(ItemHistory.Write(db, item, before, ChangeCause.Consequence, personId: null).Select(c => c.Field));
        }

        await TwinUpkeep.SaveAsync(db, context, now, cancellationToken);
    }

    private static Task<Item?> FindAsync(BusinessScope scope, string code, CancellationToken cancellationToken) =>
        scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken);

    private static decimal? Sum(decimal? one, decimal? other) => one is null && other is null ? null : (one ?? 0) + (other ?? 0);

    private static string Words(decimal amount) => amount.ToString("N2", CultureInfo.InvariantCulture);

    private static AmountSplitOutcome Refused(string sentence) => new(Code: null, sentence);
}
