using DextSage.Integration.Items;
using DextSage.Integration.People;

namespace DextSage.Integration.Intake.Structured;

/// <summary>An electronic invoice as people read it.</summary>
/// <param name="Checks">What in it does not add up.</param>
/// <param name="Differences">What its pages say otherwise.</param>
/// <param name="WhyNoLines">Why an item of it is the single amount; null where its lines can be taken over, or where it has none.</param>
public sealed record StructuredView(StructuredInvoice Invoice, IReadOnlyList<StructuredCheck> Checks, IReadOnlyList<PageDifference> Differences, string? WhyNoLines);

/// <summary>The electronic invoices behind the items: read again from the file as it came whenever somebody looks, so nothing stands between the two.</summary>
public sealed class StructuredInvoices(ItemDocuments documents, PaperReader reader, TimeProvider time)
{
    /// <summary>Null where this person has no such document, or where it carries no invoice that can be read.</summary>
    /// <exception cref="Workers.PaperWorkerException">A PDF could not be opened, and it is the machine's trouble.</exception>
    public async Task<StructuredView?> FindAsync(Caller caller, Guid documentId, CancellationToken cancellationToken = default)
    {
        if (await ContentAsync(caller, documentId, cancellationToken) is not { } content) return null;
        // Nothing is asked of the pages that is known only with the business.
        var context = new ReadingContext(OwnBusinessName: null, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), BaseCurrency: "");
        var reading = await reader.ReadUnscannedAsync(content, context, cancellationToken);
        return reading?.Invoice is { } invoice ? new StructuredView(invoice, SumChecks.Of(invoice), reading.Differences, StructuredLines.Of(invoice).WhyNot) : null;
    }

    /// <summary>The XML as it came.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<byte[]?> XmlAsync(Caller caller, Guid documentId, CancellationToken cancellationToken = default) =>
        await ContentAsync(caller, documentId, cancellationToken) is { } content ? await reader.InvoiceAsync(content, cancellationToken) : null;

    private async Task<byte[]?> ContentAsync(Caller caller, Guid documentId, CancellationToken cancellationToken)
    {
        if (await documents.OpenAsync(caller, documentId, cancellationToken: cancellationToken) is not { } file) return null;
        await using var stream = file.Content;
        if (stream.Length > PaperInspector.MaxBytes) return null;
        var content = new byte[stream.Length];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }
}
