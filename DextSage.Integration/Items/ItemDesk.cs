using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Editing one item field by field, and its document.</summary>
public sealed class ItemDesk(BusinessStore store, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Saves one field. An edit of a field that somebody else changed since is refused, and says by whom.</summary>
    /// <param name="seenVersion">The item's version that the editor was looking at.</param>
    public async Task<EditOutcome> EditAsync(Caller caller, string code, ItemEdit edit, int seenVersion, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        // The write lock is taken first, so that what is read here is what is written on.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item)
            return new EditOutcome("This item does not exist any more.");
        if (ItemLock.Reason(item.Status) is { } locked) return new EditOutcome(locked);

        var field = ItemEdits.FieldOf(edit);
        if (await OvertakenByAsync(db, item, field, seenVersion, caller, cancellationToken) is { } other)
            return new EditOutcome($"{other} changed this field a moment ago. What you see now is theirs; change it again if it is wrong.");

        var before = Enum.GetValues<ItemField>().ToDictionary(f => f, f => ItemEdits.Text(item, f));
        var outcome = await ItemEdits.ApplyAsync(db, item, edit, cancellationToken);
        if (!outcome.IsSaved) return outcome;

        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        foreach (var (changed, from) in before.Where(b => b.Value != ItemEdits.Text(item, b.Key)))
            db.Add(new ItemChange
            {
                BusinessId = caller.BusinessId, ItemId = item.Id, Version = item.Version, Field = changed, From = from, To = ItemEdits.Text(item, changed),
                PersonId = changed == field ? caller.PersonId : null, At = item.UpdatedAt,
            });
        if (item.Failure is { } failure && (failure.Field is null || failure.Field == field)) item.Failure = null;
        await db.LoadEntriesAsync(item, cancellationToken);
        item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, await ReviewContext.ReadAsync(db, cancellationToken)));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return outcome;
    }

    private static async Task<string?> OvertakenByAsync(DextSageDb db, Item item, ItemField field, int seenVersion, Caller caller, CancellationToken cancellationToken)
    {
        if (seenVersion >= item.Version) return null;
        var change = await db.ItemChanges.AsNoTracking()
            .Where(c => c.ItemId == item.Id && c.Field == field && c.Version > seenVersion && c.PersonId != caller.PersonId)
            .OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancellationToken);
        if (change is null) return null;
        return await db.Users.Where(p => p.Id == change.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken) ?? "DextSage";
    }
}

/// <summary>When nothing of an item may be edited.</summary>
internal static class ItemLock
{
    public static string? Reason(ItemStatus status) => status switch
    {
        ItemStatus.Processing => "This item is still being read.",
        ItemStatus.Publishing => "This item is on its way to Sage. It can be edited again if Sage refuses it.",
        ItemStatus.Published => "This item is in Sage. Changes to it are made there.",
        _ => null,
    };
}
