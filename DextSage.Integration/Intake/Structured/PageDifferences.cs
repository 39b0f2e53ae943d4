using System.Globalization;
using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Something that the pages of a PDF say otherwise than the electronic invoice within it.</summary>
/// <param name="Sentence">With both values.</param>
public sealed record PageDifference(ItemField Field, string Sentence);

/// <summary>
/// Holds what the pages say for certain against what the electronic invoice within them states: people pay what they see, and programs what is stated. What the pages do not say for certain
/// is not held against it.
/// </summary>
internal static class PageDifferences
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static IReadOnlyList<PageDifference> Of(StructuredInvoice invoice, PaperReading page)
    {
        List<PageDifference> found = [];
        // What is still to be paid may stand where a total does, and a credit note's amounts with or without their sign.
        if (page.Total is { Value: var shown } && invoice.Totals is { Total: { } total } totals && Math.Abs(shown) != Math.Abs(total) && Math.Abs(shown) != Math.Abs(totals.Payable ?? total))
            Add(ItemField.Total, "a total of", Amount(shown), Amount(total));
        if (page.Date is { Value: var day } && invoice.Date is { } date && day != date) Add(ItemField.Date, "the date", Day(day), Day(date));
        if (page.Reference is { Value: var reference } && invoice.Number is { } number && !Same(reference, number)) Add(ItemField.Reference, "the number", reference, number);
        return found;

        void Add(ItemField field, string what, string onPage, string stated) => found.Add(new(field, $"The page shows {what} {onPage}; the e-invoice states {stated}."));
    }

    private static bool Same(string one, string other) => string.Equals(Bare(one), Bare(other), StringComparison.OrdinalIgnoreCase);

    private static string Bare(string number) => string.Concat(number.Where(char.IsLetterOrDigit));

    private static string Amount(decimal amount) => amount.ToString("#,##0.00##", English);

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", English);
}
