using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Keeps, beside an electronic invoice without pages, the PDF of it that goes to Sage.</summary>
public sealed partial class InvoiceCopies(DocumentStore documents, ILogger<InvoiceCopies> logger)
{
    /// <returns>Whether the document has a copy now that it had not: not where it has pages of its own, nor where they could not be drawn.</returns>
    internal async Task<bool> DrawAsync(Document document, StructuredInvoice invoice, CancellationToken cancellationToken)
    {
        if (document is not { ContentType: Document.Xml, Copy: null }) return false;
        byte[] drawn;
        try
        {
            drawn = InvoiceDrawing.Draw(invoice);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException)
        {
            // What was read is worth more than its drawing.
            Log.NotDrawn(logger, document.Id, e);
            return false;
        }

        if (drawn.Length > ItemLimits.AttachmentBytes) return false;
        var kept = await documents.SaveAsync(drawn, cancellationToken);
        document.Copy = new SentCopy { Sha256 = kept.Sha256, Length = kept.Length, ContentType = "application/pdf" };
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The electronic invoice of document {DocumentId} could not be drawn")]
        public static partial void NotDrawn(ILogger logger, Guid documentId, Exception exception);
    }
}
