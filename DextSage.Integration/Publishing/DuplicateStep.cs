using DextSage.Integration.Items;
using DextSage.Integration.Sage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Asks Sage, before anything is created there, whether it has the document already: of the same contact, within five days, in invoices and quick entries
/// alike, since people enter bills as either (Sage API 9.5). Our own of this very item is recognised by its marker and taken over.
/// </summary>
public sealed class DuplicateStep(ISageClient sage, StepSending sending)
{
    private const int Days = 5;
    private const int PageSize = 200;

    /// <summary>More of one contact's documents in eleven days than these are not walked through.</summary>
    private const int MostPages = 10;

    internal Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken) => LookAsync(
        work, step, alike => alike.Count == 0 ? new StepOutcome.Done(RemoteId: null, RequestId: null) : new StepOutcome.Refused(PublishFailures.InSageAlready(work, alike)), cancellationToken);

    /// <summary>For a document that was sent so long ago that Sage would not recognise a repeat: by its marker it is found; otherwise a person sees both sides and decides.</summary>
    internal Task<StepOutcome> FindLostAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken) => LookAsync(
        work, step, alike => new StepOutcome.Refused(PublishFailures.AnswerLost(work, step.SentAt!.Value, alike), MayBeThere: true), cancellationToken);

    /// <summary>A refusal says nothing of an earlier try whose answer was lost: what came of that one may stand in Sage, and is looked for before the refusal counts.</summary>
    internal Task<StepOutcome> FindEarlierAsync(StepWork work, PublicationStep step, StepOutcome.Refused refused, CancellationToken cancellationToken) =>
        LookAsync(work, step, _ => refused, cancellationToken);

    private async Task<StepOutcome> LookAsync(StepWork work, PublicationStep step, Func<List<SageTwin>, StepOutcome> judge, CancellationToken cancellationToken)
    {
        var date = DocumentMapping.DateOf(work);
        var query = new SageDocumentQuery(work.Contact!.SageId, date.AddDays(-Days), date.AddDays(Days));
        List<SageTwin> alike = [];
        foreach (var found in await Task.WhenAll(Kinds(work).Select(kind => FindAsync(work, kind, query, cancellationToken))))
        {
            if (found.Failure is { } failure) return sending.Unhappy(failure, step, f => PublishFailures.OfDocument(f, work.Destination));
            foreach (var (document, requestId) in found.Documents.Where(d => !d.Document.IsGone))
            {
                if (IsOurs(document, work.Item) && found.Kind == work.Kind) return Adopt(work, document, requestId);
                if (IsAlike(document, work.Item) && !await IsSaidToDifferAsync(work, document, cancellationToken)) alike.Add(Twin(found.Kind, document));
            }
        }

        return judge(alike);
    }

    private async Task<Found> FindAsync(StepWork work, SageDocumentKind kind, SageDocumentQuery query, CancellationToken cancellationToken)
    {
        List<(SageDocument Document, string? RequestId)> documents = [];
        for (var page = 1; page <= MostPages; page++)
        {
            var answer = await sage.FindDocumentsAsync(work.Target, kind, query, new SagePageRequest(page, PageSize), cancellationToken);
            if (answer.Failure is { } failure) return new Found(kind, documents, failure);
            documents.AddRange(answer.Value!.Items.Select(d => (d, answer.RequestId)));
            if (answer.Value.Items.Count < PageSize) break;
        }

        return new Found(kind, documents, Failure: null);
    }

    private sealed record Found(SageDocumentKind Kind, IReadOnlyList<(SageDocument Document, string? RequestId)> Documents, SageFailure? Failure);

    /// <summary>The same reference, whatever the amount; or the same total, where one of the two has no reference to tell them apart.</summary>
    internal static bool IsAlike(SageDocument document, Item item)
    {
        var theirs = new[] { document.VendorReference, document.Reference }.Where(r => !string.IsNullOrWhiteSpace(r)).ToList();
        if (item.Reference is null || theirs.Count == 0) return document.TotalAmount == item.Total;
        return theirs.Exists(r => Same(r!, item.Reference));

        // What Sage cut is compared as far as it goes.
        static bool Same(string theirs, string ours) =>
            string.Equals(theirs.Trim(), ours, StringComparison.OrdinalIgnoreCase)
            || (theirs.Length is SageLimits.Reference or SageLimits.VendorReference && ours.StartsWith(theirs, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOurs(SageDocument document, Item item) => DocumentMapping.CodeIn(document) == item.Code;

    /// <summary>It came from another item of ours, of which a person has said that it is not the same paper.</summary>
    private static async Task<bool> IsSaidToDifferAsync(StepWork work, SageDocument document, CancellationToken cancellationToken)
    {
        if (DocumentMapping.CodeIn(document) is not { } code) return false;
        if (await work.Db.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } other) return false;
        var (one, two) = DuplicateDecision.Pair(work.Item.Id, other);
        return await work.Db.DuplicateDecisions.AnyAsync(d => d.OneId == one && d.OtherId == two, cancellationToken);
    }

    private static SageTwin Twin(SageDocumentKind kind, SageDocument document) => new()
    {
        Kind = kind.Name, Id = document.Id!, Number = document.DisplayedAs, Reference = document.VendorReference ?? document.Reference,
        Date = document.Date, Total = document.TotalAmount, Status = document.Status?.DisplayedAs,
    };

    private static StepOutcome.Done Adopt(StepWork work, SageDocument document, string? requestId)
    {
        work.Item.SageDocumentId = document.Id;
        return new StepOutcome.Done(document.Id, requestId);
    }

    private static IReadOnlyList<SageDocumentKind> Kinds(StepWork work) => work.Destination switch
    {
        Destination.PurchaseInvoice or Destination.PurchaseQuickEntry => [SageDocumentKind.PurchaseInvoice, SageDocumentKind.PurchaseQuickEntry],
        Destination.SalesInvoice or Destination.SalesQuickEntry => [SageDocumentKind.SalesInvoice, SageDocumentKind.SalesQuickEntry],
        _ => [work.Kind],
    };
}
