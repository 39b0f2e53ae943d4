using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A document as asked for, checked against everything that Sage is known to refuse (Sage API 9.1, 10).</summary>
internal sealed record DocumentDraft(
    Record? Contact, DateOnly? Date, DateOnly? DueDate, IReadOnlyDictionary<string, string?> Texts, Record? Currency, decimal Rate, IReadOnlyList<DraftLine> Lines,
    IReadOnlyList<SageError> Errors)
{
    public bool ReverseCharge { get; init; }

    /// <summary>Of a credit note: the day of the invoice that it corrects.</summary>
    public DateOnly? OriginalDate { get; init; }

    /// <summary>Whether it stays outside the ledger until it is released: sales only, for Sage's guide speaks of no others (Sage API 9.4).</summary>
    public bool IsDraft { get; init; }

    public bool IsSent { get; init; }

    /// <summary>A sale's number, where the client brings its own.</summary>
    public string? Number { get; init; }

    /// <summary>Whether a quick entry is an invoice or a credit note.</summary>
    public Record? EntryType { get; init; }

    public static DocumentDraft Read(ApiCall call, DocumentKind kind, JsonObject entity)
    {
        var checks = new Checks(entity, kind.Wrapper);
        var contactId = checks.Text("contact_id", required: true);
        var date = AccountingRules.Date(call, checks);
        var dueDate = kind.Due == DueDay.None ? null : checks.Date("due_date", kind.Due == DueDay.Required);
        var texts = kind.Texts.ToDictionary(text => text.Name, text => checks.Text(text.Name, text.Most, required: kind.IsQuickEntry && text.Name == "reference"));
        var contact = kind.Side.Contact(call, checks, contactId);
        var (currency, rate) = kind.IsQuickEntry
            ? BaseOnly(call, checks, contact)
            : AccountingRules.Currency(call, checks, contact, asked => CurrencySeed.Worth(asked, call.Business.BaseCurrency));
        return new(contact, date, dueDate ?? DueByTerms(call, kind, contact, date), texts, currency, rate, LinesOf(call, checks, kind), checks.Errors)
        {
            ReverseCharge = checks.Flag("vat_reverse_charge"),
            OriginalDate = kind.IsCreditNote ? checks.Date("original_invoice_date") : null,
            IsDraft = kind.Number is not null && checks.Text("status_id") == DocumentNumber.Draft,
            IsSent = kind.Number is not null && checks.Flag("sent"),
            Number = kind.Number is { } number ? NumberOf(checks, number) : null,
            EntryType = kind.IsQuickEntry ? AccountingRules.Named(call, checks, "quick_entry_types", "quick_entry_type_id", required: true) : null,
        };
    }

    private static IReadOnlyList<DraftLine> LinesOf(ApiCall call, Checks checks, DocumentKind kind) => kind.Lines is not { } lines
        ? [DraftLine.ReadAmounts(call, checks, kind.Side.AccountFlag, kind.Side.AnalysisArea, totalRequired: false)]
        : [.. checks.List(lines, required: true).Select((line, at) => DraftLine.Read(call, checks.Inside(line, "line_items", FormattableString.Invariant($"[{lines}][{at}]")), kind.Side))];

    /// <summary>Quick entries are in base currency (Sage API 10). Invented wording.</summary>
    private static (Record?, decimal) BaseOnly(ApiCall call, Checks checks, Record? contact)
    {
        var (currency, rate) = AccountingRules.Currency(call, checks, contact, _ => 1);
        if (currency is not null && currency.Id != call.Business.BaseCurrency && checks.Errors.Count == 0) checks.AddRule("Quick entries do not support foreign currency.", "currency_id");
        return (currency, rate);
    }

    /// <summary>For sales and quick entries: the date and the days that the contact, or else the settings, give (Sage API 9.1).</summary>
    private static DateOnly? DueByTerms(ApiCall call, DocumentKind kind, Record? contact, DateOnly? date)
    {
        if (date is null || (kind.Due != DueDay.FromTerms && !kind.IsQuickEntry)) return null;
        var settings = call.Find("invoice_settings", "invoice_settings")!.Body;
        return date.Value.AddDays((int?)contact?.Body["credit_days"] ?? (int?)settings[kind.IsSale ? "customer_credit_days" : "vendor_credit_days"] ?? 0);
    }

    private static string? NumberOf(Checks checks, DocumentNumber number)
    {
        var prefix = checks.Text(number.Field + "_prefix", 6);
        return checks.Text(number.Field, 25) is { Length: > 0 } own ? prefix + own : null;
    }
}
