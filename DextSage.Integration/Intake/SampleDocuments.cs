using DextSage.Integration.Intake.Samples;

namespace DextSage.Integration.Intake;

/// <summary>A document drawn by the project itself.</summary>
public sealed record SampleDocument(string FileName, byte[] Content);

/// <summary>A handful of suppliers' invoices for somebody who has none at hand. The same day and currency give the same bytes.</summary>
public static class SampleDocuments
{
    /// <summary>Five PDFs dated shortly before the day, billed to Marsh &amp; Daughters Ltd.</summary>
    /// <param name="today">The day they are asked for.</param>
    /// <param name="currency">ISO 4217 code: GBP, EUR or USD.</param>
    public static IReadOnlyList<SampleDocument> Draw(DateOnly today, string currency = "GBP") =>
        [.. SampleInvoices.Of(today).Select(invoice => new SampleDocument(invoice.FileName, SampleDrawing.Draw(invoice, currency)))];
}
