using DextSage.Integration.Items;

namespace DextSage.Integration.Intake.Structured;

/// <summary>What an electronic invoice states, as the values of a document. What contradicts itself or its pages, or does not fit a field, stays empty.</summary>
internal static class StructuredValues
{
    /// <param name="page">What the pages say, where there are pages: they tell where on them a value stands, and that it is not certain, never what it is.</param>
    public static PaperReading Of(StructuredInvoice invoice, PaperReading page)
    {
        var differences = PageDifferences.Of(invoice, page);
        var (net, tax, total) = Differs(ItemField.Total) ? default : Amounts(invoice);
        return new PaperReading
        {
            Supplier = Stated(invoice.Seller?.Names.FirstOrDefault(IsName), page.Supplier),
            Customer = Stated(invoice.Buyer?.Names.FirstOrDefault(IsName), onPage: null),
            Date = Differs(ItemField.Date) ? null : Stated(Believed(invoice.Date), page.Date),
            DueDate = Stated(Believed(invoice.DueDate), page.DueDate),
            Reference = Differs(ItemField.Reference) ? null : Stated(invoice.Number is { Length: <= ItemLimits.Reference } number ? number : null, page.Reference),
            Currency = Stated(invoice.Currency, page.Currency),
            Total = Stated(total, page.Total), Tax = Stated(tax, page.Tax), Net = Stated(net, page.Net),
            Invoice = invoice, Differences = differences,
            Text = page.Text.Length > 0 ? page.Text : StructuredText.Of(invoice),
        };

        // Which of the two holds is a person's to say.
        bool Differs(ItemField field) => differences.Any(d => d.Field == field);
    }

    /// <summary>An invoice that takes something back is a credit note here, whatever it calls itself.</summary>
    public static bool IsCredit(StructuredInvoice invoice) => invoice.IsCreditNote || invoice.Totals.Total < 0;

    /// <summary>As they are stated. A credit note of less than zero says two things, and so do parts that do not come to the total: then there are none.</summary>
    private static (decimal? Net, decimal? Tax, decimal? Total) Amounts(StructuredInvoice invoice)
    {
        var totals = invoice.Totals;
        if (totals.Total is not { } total || !Fits(total)) return default;
        if (invoice.IsCreditNote && total < 0) return default;
        var tax = totals.Tax ?? (totals.Net == total && invoice.Taxes.Count == 0 ? 0 : null);
        if (tax is { } its && (!Fits(its) || (totals.Net is { } net && net + its != total))) return default;
        return (totals.Net, tax, total);
    }

    private static bool IsName(string name) => name.Length <= ItemLimits.SupplierName;

    private static DateOnly? Believed(DateOnly? day) => day is { Year: >= 1990 and <= 2100 } ? day : null;

    private static bool Fits(decimal amount) => decimal.Round(amount, 2) == amount && Math.Abs(amount) <= ItemLimits.Amount;

    private static ReadValue<T>? Stated<T>(T? value, ReadValue<T>? onPage) where T : struct => value is { } its ? Stated(its, onPage) : null;

    private static ReadValue<string>? Stated(string? value, ReadValue<string>? onPage) => value is null ? null : Stated<string>(value, onPage);

    private static ReadValue<T> Stated<T>(T value, ReadValue<T>? onPage) where T : notnull =>
        onPage is not null && EqualityComparer<T>.Default.Equals(onPage.Value, value)
            ? new(value, 1m, ReadField.Stated, onPage.Page, onPage.Box)
            : new(value, 1m, ReadField.Stated, Page: 0, PageBox.Nowhere);
}
