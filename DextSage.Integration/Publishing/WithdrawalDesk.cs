using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>Takes back what was published: out of Sage, and the item onto the desk again.</summary>
public sealed class WithdrawalDesk(BusinessStore store, ISageClient sage, PublicationQueue queue, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Asks Sage how the document stands, to tell what withdrawing it would do. Nothing is changed.</summary>
    public async Task<WithdrawalOutlook> OutlookAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return WithdrawalOutlook.Not("This item does not exist any more.");
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (await InSage.RefusalAsync(db, item, connection, cancellationToken) is { } refusal) return WithdrawalOutlook.Not(refusal);

        var destination = Destinations.Of(item, byDefault: default);
        var standing = await Standing.ReadAsync(sage, new SageTarget(connection!.GrantId!.Value, connection.OrganisationId), DocumentMapping.KindOf(destination), item.SageDocumentId!, item.SagePaymentId, cancellationToken);
        if (standing.Failure is { } failure) return WithdrawalOutlook.Not($"Sage could not be asked how it stands: {failure.Kind.Sentence} {failure.Kind.Action}");
        var isAdopted = await db.Publications.Where(p => p.ItemId == item.Id && p.Status == PublicationStatus.Published).OrderByDescending(p => p.Generation)
            .Select(p => p.Steps.Any(s => s.Kind == StepKind.CreateDocument && s.SentAt == null)).FirstOrDefaultAsync(cancellationToken);
        return new WithdrawalOutlook(
            [.. Consequences(item, destination, standing.Value!, isAdopted)],
            standing.Value!.KeptBy is { } reason ? PublishFailures.Kept(reason, standing.Value, item, destination) : null, Refusal: null);
    }

    /// <summary>Writes the intent in one transaction and asks for its job. Null, or why not.</summary>
    /// <param name="seenVersion">The item's version that was on the screen.</param>
    public async Task<string?> WithdrawAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return "This item does not exist any more.";
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (await InSage.RefusalAsync(db, item, connection, cancellationToken) is { } refusal) return refusal;
        if (item.Version != seenVersion) return "This item was changed meanwhile. Look at it again, then withdraw it.";

        if (!await InSage.TakeAsync(db, item, time.GetUtcNow(), cancellationToken)) return "This item is being withdrawn.";
        var generation = await PublicationQueue.GenerationAsync(db, item.Id, cancellationToken);
        await queue.AddAsync(db, transaction, PublicationPlan.Withdrawal(item, connection!.OrganisationId!, generation, caller.PersonId, time.GetUtcNow()), cancellationToken);
        return null;
    }

    /// <summary>Takes what Sage refused for the last word on it: the item is published as it was, and says no more of it. Null, or why not.</summary>
    public async Task<string?> LeaveAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        if (await scope.Items.AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { Status: ItemStatus.Published } item) return "This item is not in Sage.";
        item.Failure = null;
        item.Version++;
        item.UpdatedAt = time.GetUtcNow();
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private static IEnumerable<string> Consequences(Item item, Destination destination, Standing standing, bool isAdopted)
    {
        var name = $"The {destination.Words()}{(item.SageNumber is { } number ? $" {number}" : "")}";
        if (standing.Payment is { } payment)
            yield return $"Its payment of {Standing.Money(payment.TotalAmount, item.Currency)}{(payment.Date is { } day ? $" on {day:d MMMM yyyy}" : "")}{(payment.BankAccount?.DisplayedAs is { } bank ? $" ({bank})" : "")} is deleted first.";
        yield return standing.Document switch
        {
            null => $"{name} is no longer in Sage: somebody took it out there. Nothing is deleted.",
            _ when destination.IsVoided() => $"{name} of {Standing.Money(standing.Document.TotalAmount, item.Currency)} is voided in Sage. It stays in the list there as Void, and its number is not given again.",
            { TotalAmount: var total } => $"{name} of {Standing.Money(total, item.Currency)} is deleted in Sage.",
        };
        if (isAdopted && standing.Document is not null) yield return "It was in Sage before this item was attached to it: who entered it there will miss it.";
        if (destination.TakesFiles() && item is { DocumentId: not null, PublishWithoutDocument: false } && standing.Document is not null) yield return "Its attachment in Sage goes with it. The document stays here.";
        yield return "The item comes back to the inbox, can be edited, and can be published again as a new document.";
    }
}

/// <summary>What withdrawing would do.</summary>
/// <param name="Consequences">In their order, a sentence each.</param>
/// <param name="KeptBy">What Sage would refuse it for; null where nothing is known.</param>
/// <param name="Refusal">Why it cannot be asked for at all.</param>
public sealed record WithdrawalOutlook(IReadOnlyList<string> Consequences, ItemFailure? KeptBy, string? Refusal)
{
    internal static WithdrawalOutlook Not(string refusal) => new([], KeptBy: null, refusal);
}
