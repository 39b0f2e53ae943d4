namespace DextSage.Integration.Sandbox;

/// <summary>Whether a document names the day on which it is to be paid.</summary>
internal enum DueDay { None, FromTerms, Required }

/// <summary>
/// What tells one of Sage's documents from another: invoices, credit notes and quick entries of both sides are one family (Sage API 9, 10),
/// and everything else about them is the same.
/// </summary>
/// <param name="Path">The first part of its path, such as <c>purchase_invoices</c>.</param>
/// <param name="Wrapper">The name a body is wrapped in.</param>
/// <param name="Title">As a person calls it.</param>
/// <param name="Side">Buying or selling.</param>
/// <param name="Texts">Its free texts and the most characters each may have.</param>
internal sealed record DocumentKind(string Path, string Wrapper, string Title, Side Side, params (string Name, int Most)[] Texts)
{
    private static readonly (string, int) Reference = ("reference", 25), VendorReference = ("vendor_reference", 31), Notes = ("notes", 2000);

    public static readonly DocumentKind PurchaseInvoice = new("purchase_invoices", "purchase_invoice", "Purchase invoice", Side.Purchases, Reference, VendorReference, Notes)
    {
        Lines = "invoice_lines", Due = DueDay.Required, From = Edition.Standard,
    };

    public static readonly DocumentKind PurchaseCreditNote = new("purchase_credit_notes", "purchase_credit_note", "Purchase credit note", Side.Purchases, Reference, VendorReference, Notes)
    {
        Lines = "credit_note_lines", IsCreditNote = true, From = Edition.Plus,
    };

    public static readonly DocumentKind PurchaseQuickEntry = new("purchase_quick_entries", "purchase_quick_entry", "Purchase quick entry", Side.Purchases, Reference, ("details", 255))
    {
        From = Edition.Standard,
    };

    public static readonly DocumentKind SalesInvoice = new("sales_invoices", "sales_invoice", "Sales invoice", Side.Sales, Reference, Notes, ("terms_and_conditions", 2000))
    {
        Lines = "invoice_lines", Due = DueDay.FromTerms, Number = new("invoice_number", "SI-", "next_invoice_number"),
    };

    // Invented: from Plus alone. Sage's description lists Plus and Start for some of its calls, and Standard for none.
    public static readonly DocumentKind SalesCreditNote = new("sales_credit_notes", "sales_credit_note", "Sales credit note", Side.Sales, Reference, Notes, ("terms_and_conditions", 65535))
    {
        Lines = "credit_note_lines", IsCreditNote = true, From = Edition.Plus, Number = new("credit_note_number", "SCN-", "next_credit_note_number"),
    };

    public static readonly DocumentKind SalesQuickEntry = new("sales_quick_entries", "sales_quick_entry", "Sales quick entry", Side.Sales, Reference, ("details", 255))
    {
        From = Edition.Standard,
    };

    public static readonly IReadOnlyList<DocumentKind> All = [PurchaseInvoice, PurchaseCreditNote, PurchaseQuickEntry, SalesInvoice, SalesCreditNote, SalesQuickEntry];

    /// <summary>The member that holds its lines; null for a quick entry, which is its own only line.</summary>
    public string? Lines { get; init; }

    public bool IsCreditNote { get; init; }

    public DueDay Due { get; init; }

    /// <summary>The lowest edition that may write it (Sage API 1).</summary>
    public Edition From { get; init; } = Edition.Start;

    /// <summary>How it is numbered; null where the reference is all it has.</summary>
    public DocumentNumber? Number { get; init; }

    public bool IsQuickEntry => Lines is null;

    public bool IsSale => Side == Side.Sales;

    public static DocumentKind? Of(string path) => All.FirstOrDefault(kind => kind.Path == path);
}

/// <summary>A number that Sage gives (Sage API 10).</summary>
/// <param name="Field">The member that carries it.</param>
/// <param name="Prefix">What stands before the figure; invented for credit notes.</param>
/// <param name="Counter">Where the invoice settings keep the next figure.</param>
internal sealed record DocumentNumber(string Field, string Prefix, string Counter)
{
    public const string Draft = "DRAFT";

    /// <summary>What a client asked for with its own prefix, or the next in line. Invented: a client's number moves no counter and is met twice by nobody.</summary>
    public string? Take(ApiCall call, DocumentDraft draft, string kind)
    {
        if (draft.Number is { } own) return IsTaken(call, kind, own) ? null : own;
        var settings = call.Find("invoice_settings", "invoice_settings")!;
        var next = (int?)settings.Body[Counter] ?? 1;
        while (IsTaken(call, kind, Numbered(next))) next++;
        settings.Body[Counter] = next + 1;
        call.Ledger.Save(settings);
        return Numbered(next);
    }

    private string Numbered(int figure) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Prefix}{figure}");

    private bool IsTaken(ApiCall call, string kind, string number) => call.Books.Count(new RecordQuery(call.Business.Id, kind).Equal(Field, number)) > 0;
}
