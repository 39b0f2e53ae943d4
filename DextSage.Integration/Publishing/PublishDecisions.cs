using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>What a person decides about a publication: that it shall not be sent after all, or that Sage has the document already.</summary>
public sealed class PublishDecisions(BusinessStore store, PublicationQueue queue, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Takes a publication back, as long as nothing of its document was sent. Null, or why not.</summary>
    public Task<string?> CancelAsync(Caller caller, string code, CancellationToken cancellationToken = default) => CancelAsync(caller, code, onlyByRule: false, cancellationToken);

    /// <param name="onlyByRule">Only one that a rule asked for: what a person asked for is left alone.</param>
    internal async Task<string?> CancelAsync(Caller caller, string code, bool onlyByRule, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return "This item does not exist any more.";
        if (await PublishWork.Open(db.Publications).AsTracking().Include(p => p.Steps).SingleOrDefaultAsync(p => p.ItemId == item.Id && (!onlyByRule || p.Rule != null), cancellationToken) is not { } publication)
            return "This item is not being published.";
        if (!MayBeCancelled(publication)) return "It is too late: this was sent to Sage already.";

        var now = time.GetUtcNow();
        (publication.Status, publication.EndedAt, publication.WaitingFor, publication.NextTryAt) = (PublicationStatus.Cancelled, now, WaitingFor.Nothing, null);
        // Whoever works on it has read an older version, and may send nothing on it.
        publication.Version++;
        item.WaitingBecause = null;
        item.Version++;
        item.UpdatedAt = now;
        item.Status = await PublicationEnd.StatusOfAsync(db, publication, item, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Takes a document that Sage has for the item's: its file is hung on that one, and nothing is created. Null, or why not.</summary>
    /// <param name="documentId">Sage's id of one that the item's failure names.</param>
    public async Task<string?> AttachAsync(Caller caller, string code, int seenVersion, string documentId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return "This item does not exist any more.";
        var connection = await db.Connections.Select(c => new { c.Status, c.OrganisationId }).SingleOrDefaultAsync(cancellationToken);
        if (PublishGate.Refusal(item, connection?.Status ?? ConnectionStatus.NotConnected, scope.Member) is { } refusal) return refusal;
        if (item.Version != seenVersion) return "This item was changed meanwhile. Look at it again, then attach it.";
        if (item.Failure?.InSage.Find(t => t.Id == documentId) is not { } twin) return "That document is not among those that Sage was found to have.";

        var (now, to) = (time.GetUtcNow(), PublishToOf(twin.Kind));
        (item.PublishTo, item.SageDocumentId, item.SageNumber, item.PublishedWith, item.Failure) = (to, twin.Id, twin.Number, null, null);
        (item.Status, item.WaitingBecause, item.UpdatedAt) = (ItemStatus.Publishing, null, now);
        item.Version++;
        var publication = PublicationPlan.For(item, Destinations.Of(item, to), connection!.OrganisationId!, await PublicationQueue.GenerationAsync(db, item.Id, cancellationToken), caller.PersonId, now, mayBeTwice: true);
        // It is there, and whether it is paid is Sage's own affair.
        publication.Steps.RemoveAll(s => s.Kind is StepKind.RecordPayment);
        var document = publication.Step(StepKind.CreateDocument);
        (document.Status, document.RemoteId, document.EndedAt) = (StepStatus.Done, twin.Id, now);
        await queue.AddAsync(db, transaction, publication, cancellationToken);
        return null;
    }

    internal static bool MayBeCancelled(Publication publication) =>
        publication.Status is PublicationStatus.Queued or PublicationStatus.Running
        && publication.Steps.TrueForAll(s => s.SentAt is null || (s.Kind is StepKind.EnsureContact && s.Status is StepStatus.Done))
        && !publication.HasDone(StepKind.CreateDocument);

    private static PublishTo PublishToOf(string kind) => kind switch
    {
        _ when kind.EndsWith("quick_entry", StringComparison.Ordinal) => PublishTo.QuickEntry,
        _ when kind.StartsWith("sales", StringComparison.Ordinal) => PublishTo.SalesInvoice,
        "other_payment" => PublishTo.OtherPayment,
        _ => PublishTo.PurchaseInvoice,
    };
}
