using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>A field that Sage holds otherwise than it was meant.</summary>
/// <param name="Field">As a bookkeeper calls it, within a sentence.</param>
internal sealed record Difference(string Field, string? Meant, string? InSage);

/// <summary>What Sage holds against what was meant, field by field.</summary>
internal static class ReadBack
{
    /// <summary>Empty where they agree.</summary>
    public static IReadOnlyList<Difference> Differences(StepWork work, SageDocument document)
    {
        var item = work.Item;
        List<Difference> differences = [];
        Compare("total", Amount(item.Total), Amount(document.TotalAmount));
        Compare("tax", Amount(work.Context.UsesTax ? item.Tax ?? 0 : 0), Amount(document.TaxAmount ?? 0));
        Compare("date", Day(DocumentMapping.DateOf(work)), Day(document.Date));
        if (document.DueDate is not null && work.Destination is Destination.PurchaseInvoice or Destination.SalesInvoice)
            Compare("due date", Day(DocumentMapping.DueDate(item, work.Contact!)), Day(document.DueDate));
        if (document.Contact?.Id != work.Contact!.SageId) differences.Add(new(ItemContact.Of(item).Word, work.Contact.Name, document.Contact?.DisplayedAs));
        Compare("reference", DocumentMapping.Cut(item.Reference, SageLimits.Reference) ?? "", document.Reference ?? "");
        if (document.Currency is { Id: { } currency }) Compare("currency", item.Currency, currency);
        if (document.IsGone) differences.Add(new("status", "in force", document.Status?.DisplayedAs ?? "deleted"));
        if (item is { IsPaid: true, SagePaymentId: not null } && document.OutstandingAmount is { } owed)
            Compare("amount outstanding", Amount(item.Total - (item.PaidAmount ?? item.Total)), Amount(owed));
        CompareLines();
        return differences;

        void CompareLines()
        {
            var parts = DocumentMapping.Parts(work);
            if (document.Lines.Count == 0) return;
            Compare("number of lines", parts.Count.ToString(CultureInfo.InvariantCulture), document.Lines.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var ((part, line), number) in parts.Zip(document.Lines).Select((pair, i) => (pair, i + 1)))
            {
                var of = parts.Count == 1 ? "" : $" of line {number}";
                if (parts.Count > 1) Compare($"total{of}", Amount(part.Gross), Amount(line.TotalAmount));
                if (line.LedgerAccount?.Id is { } account && account != part.Category.SageId) differences.Add(new($"category{of}", part.Category.DisplayName, line.LedgerAccount.DisplayedAs));
                if (part.Rate is { } rate && line.TaxRate?.Id is { } its && its != rate.SageId) differences.Add(new($"tax rate{of}", rate.DisplayName, line.TaxRate.DisplayedAs));
            }
        }

        void Compare(string field, string? meant, string? inSage)
        {
            if (!string.Equals(meant, inSage, StringComparison.Ordinal)) differences.Add(new(field, meant, inSage));
        }
    }

    public static string Sentence(IReadOnlyList<Difference> differences) =>
        $"In Sage this document has {string.Join(", ", differences.Select(d => $"{d.Field} {Shown(d.InSage)} instead of {Shown(d.Meant)}"))}. Look at it there.";

    private static string Shown(string? text) => string.IsNullOrEmpty(text) ? "nothing" : text;

    private static string? Amount(decimal? amount) => amount?.ToString("0.00", CultureInfo.InvariantCulture);

    private static string? Day(DateOnly? date) => date?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
