using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A purchase invoice as asked for, checked against everything that Sage is known to refuse (Sage API 9.1).</summary>
internal sealed record PurchaseInvoiceDraft(
    Record? Contact, DateOnly? Date, DateOnly? DueDate, string? Reference, string? VendorReference, string? Notes, bool ReverseCharge,
    Record? Currency, decimal Rate, IReadOnlyList<DraftLine> Lines, IReadOnlyList<SageError> Errors)
{
    public static PurchaseInvoiceDraft Read(ApiCall call, JsonObject entity)
    {
        var checks = new Checks(entity, "purchase_invoice");
        var contactId = checks.Text("contact_id", required: true);
        var date = checks.Date("date", required: true);
        var dueDate = checks.Date("due_date", required: true);
        var reference = checks.Text("reference", 25);
        var vendorReference = checks.Text("vendor_reference", 31);
        var notes = checks.Text("notes", 2000);
        var reverseCharge = checks.Flag("vat_reverse_charge");
        var contact = Supplier(call, checks, contactId);
        CheckDate(call, checks, date);
        var (currency, rate) = CurrencyOf(call, checks, contact);

        var lines = checks.List("invoice_lines", required: true)
            .Select((line, at) => DraftLine.Read(call, checks.Inside(line, "line_items", System.FormattableString.Invariant($"[invoice_lines][{at}]")))).ToList();
        return new(contact, date, dueDate, reference, vendorReference, notes, reverseCharge, currency, rate, lines, checks.Errors);
    }

    /// <summary>An unknown contact and a customer are refused alike, with an empty source (Sage API 17).</summary>
    private static Record? Supplier(ApiCall call, Checks checks, string? id)
    {
        if (id is null) return null;
        if (call.Find("contacts", id) is { Deleted: false } found && found.Body.Objects("contact_types").Any(type => type.Text("id") == "VENDOR")) return found;
        checks.Add(SageError.NoSupplier);
        return null;
    }

    // Invented: both wordings. A date before the books begin is refused (Sage API 8.1); a locked year is assumed to be. Future dates pass.
    private static void CheckDate(ApiCall call, Checks checks, DateOnly? date)
    {
        if (date is null) return;
        var settings = call.Find("financial_settings", "financial_settings")!.Body;
        if (Day(settings.Text("accounts_start_date")) is { } start && date < start) checks.AddRule("The date cannot be before your accounts start date.", "date");
        if (Day(settings.Text("year_end_lockdown_date")) is { } locked && date <= locked) checks.AddRule("The date is in a locked period.", "date");
    }

    /// <summary>
    /// Invented (Sage API 13): a currency other than the contact's is refused; the rate says how much base currency one unit of the document's
    /// currency is worth; without one the sandbox uses a fixed rate.
    /// </summary>
    private static (Record? Currency, decimal Rate) CurrencyOf(ApiCall call, Checks checks, Record? contact)
    {
        var own = contact?.Body.Object("currency")?.Text("id") ?? call.Business.BaseCurrency;
        var asked = checks.Text("currency_id") ?? own;
        var rate = checks.Number("exchange_rate");
        if (call.Find("currencies", asked) is not { } currency)
        {
            checks.Add(SageError.NotFound);
            return (null, 1);
        }
        if (contact is not null && asked != own) checks.AddRule("must be the currency of the contact", "currency_id");
        if (asked == call.Business.BaseCurrency) return (currency, 1);
        if (!call.Business.MultiCurrency) checks.AddRule("Multi-currency is not enabled for your business.", "currency_id");
        if (rate is < 0.000001m or > 1_000_000m) checks.AddRule("is out of range", "exchange_rate");
        return (currency, rate ?? CurrencySeed.Worth(asked, call.Business.BaseCurrency));
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) ? day : null;
}
