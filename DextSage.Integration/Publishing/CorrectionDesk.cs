using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>Corrects what was published: the item is opened and edited while Sage keeps what it has, and then sent as a change of that document, or given back what it was.</summary>
public sealed class CorrectionDesk(BusinessStore store, ISageClient sage, PublicationQueue queue, BusinessSignal signal, TimeProvider time)
{
    internal const string Meanwhile = "It is being corrected here. Sage still has what was published.";

    private const string PaidInSage = "It is paid in Sage, and Sage changes nothing that is paid.";
    private const string Gone = "This item does not exist any more.";

    /// <summary>Asks Sage whether it would take a change of the document as it stands now. Nothing is changed.</summary>
    public async Task<CorrectionOutlook> OutlookAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        if (await scope.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return new(Gone, Instead: null);
        var connection = await scope.Db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (await InSage.RefusalAsync(scope.Db, item, connection, cancellationToken) is { } refusal) return new(refusal, Instead: null);
        if (item.SagePaymentId is not null) return new(Refusal: null, PaidInSage);

        var destination = Destinations.Of(item, byDefault: default);
        var standing = await Standing.ReadAsync(sage, new SageTarget(connection!.GrantId!.Value, connection.OrganisationId), DocumentMapping.KindOf(destination), item.SageDocumentId!, paymentId: null, cancellationToken);
        return standing switch
        {
            { Failure: { } failure } => new($"Sage could not be asked how it stands: {failure.Kind.Sentence} {failure.Kind.Action}", Instead: null),
            { Value.Document: null } => new(Refusal: null, "Sage does not have it any more: somebody took it out there."),
            { Value.KeptBy: { } reason } => new(Refusal: null, PublishFailures.Kept(reason, standing.Value, item, destination).Sentence),
            _ => new(Refusal: null, Instead: null),
        };
    }

    /// <summary>Opens the item for editing. Null, or why not.</summary>
    public async Task<string?> BeginAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return Gone;
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (await InSage.RefusalAsync(db, item, connection, cancellationToken) is { } refusal) return refusal;
        if (item.IsBeingCorrected) return "This item is being corrected already.";
        if (item.SagePaymentId is not null) return $"{PaidInSage} Withdraw it, and publish it again.";
        if (item.Version != seenVersion) return "This item was changed meanwhile. Look at it again, then correct it.";

        (item.AsPublished, item.WaitingBecause) = (ItemCopy.Write(item), Meanwhile);
        await KeepAsync(db, item, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>What the correction would change. Null where the item is not being corrected.</summary>
    public async Task<CorrectionView?> ReadAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { IsBeingCorrected: true } item) return null;
        var (changes, refusal, isForWithdrawal) = await LookAsync(scope.Db, item, cancellationToken);
        return new CorrectionView([.. changes.Select(c => new CorrectionChange(c.Value.Field, c.Value.Of, NumberOf(item, c.Value.LineId), c.From, c.To))], refusal, isForWithdrawal);
    }

    /// <summary>Writes the intent in one transaction and asks for its job. Null, or why not.</summary>
    /// <param name="seenVersion">The item's version that was on the screen: what is sent is what was seen.</param>
    public async Task<string?> SendAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return Gone;
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (await InSage.RefusalAsync(db, item, connection, cancellationToken) is { } refusal) return refusal;
        if (!item.IsBeingCorrected) return "This item is not being corrected.";
        if (item.Version != seenVersion) return "This item was changed meanwhile. Look at it again, then send the correction.";
        if ((await LookAsync(db, item, cancellationToken)).Refusal is { } unfit) return unfit;

        var now = time.GetUtcNow();
        if (!await InSage.TakeAsync(db, item, now, cancellationToken)) return "This correction is being sent.";
        var generation = await PublicationQueue.GenerationAsync(db, item.Id, cancellationToken);
        await queue.AddAsync(db, transaction, PublicationPlan.Correction(item, Destinations.Of(item, byDefault: default), connection!.OrganisationId!, generation, caller.PersonId, now), cancellationToken);
        return null;
    }

    /// <summary>Gives the item back what it was published with. Null, or why not.</summary>
    public async Task<string?> DiscardAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { IsBeingCorrected: true } item) return "This item is not being corrected.";

        var before = ItemSnapshot.Of(item);
        ItemCopy.Read(item.AsPublished!).GiveBack(db, item);
        await db.LoadEntriesAsync(item, cancellationToken);
        (item.AsPublished, item.WaitingBecause, item.Failure) = (null, null, null);
        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        ItemHistory.Write(db, item, before, ChangeCause.Person, caller.PersonId);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private async Task KeepAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
    }

    private static async Task<(IReadOnlyList<(ItemValue Value, string? From, string? To)> Changes, string? Refusal, bool IsForWithdrawal)> LookAsync(DextSageDb db, Item item, CancellationToken cancellationToken)
    {
        var copy = ItemCopy.Read(item.AsPublished!);
        var changes = copy.Until(item).Where(c => IsSent(c.Value.Field, item)).ToList();
        // Lines that a change leaves out stay in Sage, and so does a product that it empties (Sage API 9.3, 17).
        if (Math.Max(1, item.Lines.Count) < Math.Max(1, copy.Lines.Count))
            return (changes, "There are fewer lines now than were published, and Sage takes no line away in a correction.", true);
        if (item.Lines.Zip(copy.Lines).Any(l => l.Second.ProductId is not null && l.First.ProductId is null))
            return (changes, "A line has no product any more, and Sage keeps a line's product in a correction.", true);
        if (changes.Count == 0) return (changes, "Nothing is different from what was published.", false);
        var context = await (await ReviewContext.ReadAsync(db, cancellationToken)).WithTwinsAsync(db, [item], cancellationToken);
        return (changes, ItemReview.Issues(ItemUnderReview.Of(item, context)) is [_, ..] ? "Resolve the issues first." : null, false);
    }

    /// <summary>What is different here alone is no correction.</summary>
    private static bool IsSent(ItemField field, Item item) => field switch
    {
        ItemField.Owner or ItemField.Place or ItemField.Workspace or ItemField.Duplicate or ItemField.Pages or ItemField.Document or ItemField.Type or ItemField.PublishTo => false,
        ItemField.Note => item.Workspace is not Workspace.Sales,
        // Whom a cost was for is kept here.
        ItemField.Customer => item.Workspace is Workspace.Sales,
        ItemField.Supplier => item.Workspace is Workspace.Costs,
        _ => true,
    };

    private static int? NumberOf(Item item, Guid? line) => line is null ? null : item.Lines.Find(l => l.Id == line) is { } found ? found.Position + 1 : 0;
}

/// <summary>Whether a correction can be sent at all.</summary>
/// <param name="Refusal">Why it cannot be asked for; null where it can.</param>
/// <param name="Instead">Why Sage would not take one, so that withdrawing and publishing again is the way; null where it would.</param>
public sealed record CorrectionOutlook(string? Refusal, string? Instead);

/// <summary>A correction that has not been sent.</summary>
/// <param name="Changes">What Sage has, and what it would get.</param>
/// <param name="Refusal">Why it cannot be sent as it is; null where it can.</param>
/// <param name="IsForWithdrawal">It can never be sent as a correction: withdrawing and publishing again is the way.</param>
public sealed record CorrectionView(IReadOnlyList<CorrectionChange> Changes, string? Refusal, bool IsForWithdrawal);

/// <param name="LineField">The field of the line; null where it is the item's own, or the line as a whole.</param>
/// <param name="Line">Its number, from 1; 0 for one that is not there any more; null for a field of the item itself.</param>
public sealed record CorrectionChange(ItemField Field, LineField? LineField, int? Line, string? From, string? To);
