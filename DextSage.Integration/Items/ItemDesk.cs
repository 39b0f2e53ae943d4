using DextSage.Integration.Connections;
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
        try
        {
            return await SaveAsync(caller, code, edit, seenVersion, cancellationToken);
        }
        catch (Exception e) when (DiskSentences.Of(e) is { } trouble)
        {
            // The transaction is gone, and with it all of the edit: what was typed is the page's to keep.
            return new EditOutcome($"{trouble} This was not saved. It stays here as you typed it: save it again once there is room.");
        }
    }

    private async Task<EditOutcome> SaveAsync(Caller caller, string code, ItemEdit edit, int seenVersion, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        // The write lock is taken first, so that what is read here is what is written on.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item)
            return new EditOutcome("This item does not exist any more.");
        if (ItemLock.Reason(item, edit) is { } locked) return new EditOutcome(locked);

        var touched = Touched(edit);
        if (await OvertakenByAsync(db, item, touched, seenVersion, caller, cancellationToken) is { } other)
            return new EditOutcome($"{other} changed this field a moment ago. What you see now is theirs; change it again if it is wrong.");

        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        if (Refusal(item, edit, context, scope.Member) is { } refused) return new EditOutcome(refused);

        var before = ItemSnapshot.Of(item);
        var now = time.GetUtcNow();
        var outcome = await ItemEdits.ApplyAsync(db, item, edit, now, cancellationToken);
        if (!outcome.IsSaved) return outcome;
        await db.LoadEntriesAsync(item, cancellationToken);
        ItemDefaults.SettleTax(item, context);

        item.Version++;
        item.UpdatedAt = now;
        var changes = ItemHistory.Write(db, item, before, ChangeCause.Person, caller.PersonId, edited: touched.Covers);
        if (outcome.Undo is ItemEdit.MoveLine(var moved, var from)) ItemHistory.WriteMove(db, item, moved, from, caller.PersonId);
        // Who chooses the same again has looked at it.
        item.MendedBy(changes.Select(c => c.Field).Append(touched.Field));
        if (item.Status is ItemStatus.ToReview or ItemStatus.Ready) item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
        await TwinUpkeep.SaveAsync(db, context, item.UpdatedAt, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return outcome;
    }

    /// <summary>What an edit touches: with an empty line id, any line.</summary>
    private static ItemValue Touched(ItemEdit edit) => edit switch
    {
        ItemEdit.EditLine(var line, var one) => new(ItemField.Lines, line, LineEdits.FieldOf(one)),
        ItemEdit.RemoveLine(var line) => new(ItemField.Lines, line),
        ItemEdit.MoveLine(var line, _) => new(ItemField.Lines, line, LineField.Position),
        _ => new(ItemEdits.FieldOf(edit)),
    };

    // What the settings of the business leave nothing to decide about.
    internal static string? Refusal(Item item, ItemEdit edit, ReviewContext context, Membership member) => edit switch
    {
        ItemEdit.SetOwner when !member.SeesAllItems() => "Only Admins and Bookkeepers can give an item to somebody else.",
        ItemEdit.NewSupplier when context.NewSuppliers is NewSuppliers.Never =>
            "This business creates no suppliers from here. Choose one that Sage has, or create it there and refresh the lists.",
        ItemEdit.SetTax(var tax) when ItemDefaults.DecidesTax(item, context) && tax != TaxMath.TaxWithin(item.Total!.Value, item.TaxRate!.Percentage) => "In this business the tax rate's amount counts, not the paper's: change the tax rate or the total.",
        ItemEdit.SetTaxRate when context.UsesTax && !context.ShowsTaxRate(item) => "This business uses no tax list: every item takes the default tax rate for costs.",
        _ => null,
    };

    private static async Task<string?> OvertakenByAsync(DextSageDb db, Item item, ItemValue touched, int seenVersion, Caller caller, CancellationToken cancellationToken)
    {
        if (seenVersion >= item.Version) return null;
        var since = await db.ItemChanges.AsNoTracking()
            .Where(c => c.ItemId == item.Id && c.Field == touched.Field && c.Version > seenVersion && c.PersonId != caller.PersonId)
            .OrderByDescending(c => c.Version).ToListAsync(cancellationToken);
        if (since.Find(c => touched.Covers(new(c.Field, c.LineId, c.LineField))) is not { } change) return null;
        return await db.Users.Where(p => p.Id == change.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken) ?? "DextSage";
    }
}

/// <summary>When nothing of an item may be edited.</summary>
internal static class ItemLock
{
    private const string IsAside = "This item goes on in another one. What can be changed is there.";
    private const string IsRead = "This item is still being read.";
    private const string IsSent = "This item is on its way to Sage. It can be edited again if Sage refuses it.";

    /// <summary>Why this edit is refused now; null where it may be made.</summary>
    public static string? Reason(Item item, ItemEdit edit) => edit switch
    {
        ItemEdit.PutInto(var place) => Reason(item, place),
        ItemEdit.Restore => item.Place is Place.Bin ? null : "This item is not in the bin.",
        ItemEdit.SetType or ItemEdit.SetPublishTo or ItemEdit.MoveTo or ItemEdit.SetPublishWithoutDocument when item.IsBeingCorrected =>
            "A correction changes no document into one of another kind. Withdraw it from Sage for that, and publish it again.",
        _ => OfFields(item),
    };

    /// <summary>Why its fields cannot be edited; null where they can, as those of a published item that is being corrected can.</summary>
    public static string? OfFields(Item item) => item.IsBeingCorrected ? null : Reason(item);

    /// <summary>Why it may not be put there; null where it may. The bin is left by restoring alone, and what is in Sage stays here as the record of it.</summary>
    public static string? Reason(Item item, Place place) => item switch
    {
        { Status: ItemStatus.Processing } => IsRead,
        { Status: ItemStatus.Publishing } => IsSent,
        { Status: ItemStatus.Published } when place is not Place.Archive => "This item is in Sage. It stays in the archive, as the record of what was published.",
        { Place: Place.Aside } => IsAside,
        _ when place is Place.Aside => "Items come there by merging alone.",
        { Place: Place.Bin } when place is not Place.Bin => "This item is in the bin. Restore it first.",
        _ => null,
    };

    public static string? Reason(Item item) => item switch
    {
        { Status: ItemStatus.Processing } => IsRead,
        { Status: ItemStatus.Publishing } => IsSent,
        { Status: ItemStatus.Published } => "This item is in Sage. It can be corrected or withdrawn from here.",
        { Place: Place.Bin } => "This item is in the bin. Restore it to change it.",
        { Place: Place.Aside } => IsAside,
        _ => null,
    };
}
