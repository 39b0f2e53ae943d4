using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Two items that look like one paper, side by side, and what a person says of them.</summary>
public sealed class DuplicateDesk(BusinessStore store, ItemDetails details, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Null where this person has not both of them.</summary>
    public async Task<Comparison?> CompareAsync(Caller caller, string code, string otherCode, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (code == otherCode || await PairAsync(scope, code, otherCode, cancellationToken) is not var (one, other)) return null;
        if (await details.FindAsync(caller, code, cancellationToken) is not { } left || await details.FindAsync(caller, otherCode, cancellationToken) is not { } right) return null;
        var decision = await DecisionAsync(scope.Db, one, other, cancellationToken);
        return new Comparison(left, right, Looks.Of(one).To(Looks.Of(other)))
        {
            Differing = [.. Comparison.Fields.Where(f => (ItemText.Of(one, f), ItemText.IdOf(one, f)) != (ItemText.Of(other, f), ItemText.IdOf(other, f)))],
            IsDifferent = decision is not null, SaidAt = decision?.At,
            SaidBy = decision is null ? null : await scope.Db.Users.Where(p => p.Id == decision.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken) ?? "somebody who left",
            Dropped = one.OriginalId == other.Id && one.Place is Place.Bin ? left.Code : other.OriginalId == one.Id && other.Place is Place.Bin ? right.Code : null,
        };
    }

    /// <summary>It's different: the two are let go on, and this is remembered. Null, or why not.</summary>
    public Task<string?> DifferentAsync(Caller caller, string code, string otherCode, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, code, otherCode, async (db, one, other) =>
        {
            var by = Looks.Of(one).To(Looks.Of(other));
            if (by is Likeness.None) return "These two do not look alike any more. There is nothing to decide.";
            var (first, second) = DuplicateDecision.Pair(one.Id, other.Id);
            if (await DecisionAsync(db, one, other, cancellationToken, tracking: true) is { } former) (former.By, former.PersonId, former.At) = (former.By | by, caller.PersonId, time.GetUtcNow());
            else db.Add(new DuplicateDecision { BusinessId = caller.BusinessId, OneId = first, OtherId = second, By = by, PersonId = caller.PersonId, At = time.GetUtcNow() });
            Tell(db, caller, (one, $"said that it is different from item {other.Code}"), (other, $"said that it is different from item {one.Code}"));
            return null;
        }, cancellationToken);

    /// <summary>Takes "it's different" back. Null, or why not.</summary>
    public Task<string?> UndecideAsync(Caller caller, string code, string otherCode, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, code, otherCode, async (db, one, other) =>
        {
            if (await DecisionAsync(db, one, other, cancellationToken, tracking: true) is not { } decision) return null;
            db.Remove(decision);
            Tell(db, caller, (one, $"took back what was said of it and item {other.Code}"), (other, $"took back what was said of it and item {one.Code}"));
            return null;
        }, cancellationToken);

    /// <summary>It's the same: one is kept, the other goes to the bin and says of which it is a duplicate. Null, or why not.</summary>
    public Task<string?> SameAsync(Caller caller, string keepCode, string dropCode, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, keepCode, dropCode, (db, keep, drop) =>
        {
            if (Refusal(keep, drop) is { } refusal) return Task.FromResult<string?>(refusal);
            (drop.OriginalId, drop.PlaceBefore) = (keep.Id, drop.Place);
            drop.PutInto(Place.Bin, time.GetUtcNow());
            if (keep.DocumentId is null) keep.DocumentId = drop.DocumentId;
            Tell(db, caller, (drop, $"said that it is the same as item {keep.Code}"), (keep, $"kept it instead of item {drop.Code}, which is the same"));
            return Task.FromResult<string?>(null);
        }, cancellationToken);

    /// <summary>Takes "it's the same" back: both are where they were. Null, or why not.</summary>
    public Task<string?> UndoSameAsync(Caller caller, string keepCode, string dropCode, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, keepCode, dropCode, (db, keep, drop) =>
        {
            if (drop.OriginalId != keep.Id || drop.Place is not Place.Bin) return Task.FromResult<string?>($"Item {drop.Code} is not in the bin as a duplicate of {keep.Code} any more.");
            drop.PutInto(drop.PlaceBefore ?? Place.Inbox, time.GetUtcNow());
            (drop.OriginalId, drop.PlaceBefore) = (null, null);
            if (keep.DocumentId == drop.DocumentId) keep.DocumentId = null;
            Tell(db, caller, (drop, $"took back that it is the same as item {keep.Code}"), (keep, $"took back that it is the same as item {drop.Code}"));
            return Task.FromResult<string?>(null);
        }, cancellationToken);

    private static string? Refusal(Item keep, Item drop) => (keep, drop) switch
    {
        _ when keep.Place is Place.Aside || drop.Place is Place.Aside => "One of these went into another item. Take that apart first.",
        _ when keep.Place is Place.Bin || drop.Place is Place.Bin => "One of these is in the bin. Restore it first.",
        ({ Status: ItemStatus.Published }, { Status: ItemStatus.Published }) => "Both are in Sage. Void one of them there: here both stay.",
        (_, { Status: ItemStatus.Published }) => $"Item {drop.Code} is in Sage, so it is the one to keep.",
        (_, { Status: ItemStatus.Publishing }) => $"Item {drop.Code} is on its way to Sage. Wait for how that ends.",
        (_, { Status: ItemStatus.Processing }) => $"Item {drop.Code} is still being read.",
        _ => null,
    };

    private async Task<string?> ChangeAsync(Caller caller, string code, string otherCode, Func<DextSageDb, Item, Item, Task<string?>> change, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (code == otherCode || await PairAsync(scope, code, otherCode, cancellationToken) is not var (one, other)) return "One of these items does not exist any more.";
        var before = (One: ItemSnapshot.Of(one), Other: ItemSnapshot.Of(other));
        if (await change(db, one, other) is { } refusal) return refusal;
        await db.LoadEntriesAsync([one, other], cancellationToken);
        ItemHistory.Write(db, one, before.One, ChangeCause.Person, caller.PersonId);
        ItemHistory.Write(db, other, before.Other, ChangeCause.Person, caller.PersonId);
        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private void Tell(DextSageDb db, Caller caller, params (Item Item, string Words)[] told)
    {
        foreach (var (item, words) in told)
        {
            (item.Version, item.UpdatedAt) = (item.Version + 1, time.GetUtcNow());
            ItemHistory.WriteWords(db, item, ItemField.Duplicate, words, caller.PersonId);
        }
    }

    private static async Task<(Item, Item)?> PairAsync(BusinessScope scope, string code, string otherCode, CancellationToken cancellationToken)
    {
        var items = await scope.Items.WithEntries().AsTracking().Where(i => i.Code == code || i.Code == otherCode).ToListAsync(cancellationToken);
        return items.Count == 2 && items[0].Workspace == items[1].Workspace ? (items.Single(i => i.Code == code), items.Single(i => i.Code == otherCode)) : null;
    }

    private static Task<DuplicateDecision?> DecisionAsync(DextSageDb db, Item one, Item other, CancellationToken cancellationToken, bool tracking = false)
    {
        var (first, second) = DuplicateDecision.Pair(one.Id, other.Id);
        return (tracking ? db.DuplicateDecisions.AsTracking() : db.DuplicateDecisions.AsNoTracking()).SingleOrDefaultAsync(d => d.OneId == first && d.OtherId == second, cancellationToken);
    }
}
