using DextSage.Integration.Items;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Hangs the file on its document. Sage keeps no idempotency ids for attachments, so the document's files are listed and compared before
/// every try (Sage API 5.2, 12). Of a document that is too large for Sage, its smaller copy goes there.
/// </summary>
public sealed class AttachmentStep(ISageClient sage, DocumentStore files, StepSending sending)
{
    internal async Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var file = work.Item.Document!.Sent;
        // Sage takes pictures and PDFs alone (Sage API 12).
        if (file.ContentType == Document.Xml) return new StepOutcome.DoneWithout($"Sage takes no XML files, so the {work.Destination.Words()} stands in Sage without the e-invoice “{file.FileName}”. It is kept here.");
        var there = await sage.AttachmentsAsync(work.Target, work.Kind.AttachmentContext!, work.Item.SageDocumentId!, new SagePageRequest(1, Size: 20), cancellationToken);
        if (there.Failure is { } lookUp) return Unhappy(work, lookUp, step);
        if (there.Value!.Items.FirstOrDefault(a => a.FileName == file.FileName && a.FileSize == file.Length && a.DeletedAt is null) is { } ours)
            return new StepOutcome.Done(ours.Id, there.RequestId);

        if (!files.Has(file.Sha256))
            return new StepOutcome.DoneWithout($"The file “{file.FileName}” is missing from this server's store, so the {work.Destination.Words()} stands in Sage without it.");
        var attachment = DocumentMapping.Attachment(work);
        step.Body = SageBodies.WithoutFile(attachment, file.Length, file.Sha256);
        await sending.IntendAsync(work, step, "POST /attachments", cancellationToken);
        var answer = step.Hear(await sage.CreateAttachmentAsync(work.Target, attachment, new SageFile(file.Length, () => Open(file)), cancellationToken));
        return answer.Failure is { } failure ? Unhappy(work, failure, step) : new StepOutcome.Done(answer.Value!.Id, answer.RequestId);
    }

    private Stream Open(SentFile file) => files.OpenRead(file.Sha256) ?? throw new IOException("The file has gone from the store while it was sent.");

    private StepOutcome Unhappy(StepWork work, SageFailure failure, PublicationStep step) => sending.WaitOr(failure, step.Tries, () => new StepOutcome.DoneWithout($"The {work.Destination.Words()} stands in Sage without its document: {failure.SageMessage ?? failure.Kind.Sentence} Attach it there by hand."));
}
