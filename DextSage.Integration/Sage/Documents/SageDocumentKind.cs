namespace DextSage.Integration.Sage;

/// <summary>A kind of document in Sage's books: how its paths and its JSON call it (Sage API 9, 10, 11.3).</summary>
/// <param name="Path">Of its list: <c>purchase_invoices</c>.</param>
/// <param name="Name">What a body wraps one in: <c>purchase_invoice</c>.</param>
/// <param name="Lines">What its lines are called; null where it is one line itself.</param>
/// <param name="AttachmentContext">What a file that hangs on it names; null where Sage documents none (Sage API 12).</param>
public sealed record SageDocumentKind(string Path, string Name, string? Lines, string? AttachmentContext)
{
    public static readonly SageDocumentKind PurchaseInvoice = new("purchase_invoices", "purchase_invoice", "invoice_lines", "PURCHASE_INVOICE");
    public static readonly SageDocumentKind PurchaseCreditNote = new("purchase_credit_notes", "purchase_credit_note", "credit_note_lines", "PURCHASE_CREDIT_NOTE");
    public static readonly SageDocumentKind PurchaseQuickEntry = new("purchase_quick_entries", "purchase_quick_entry", Lines: null, AttachmentContext: null);
    public static readonly SageDocumentKind OtherPayment = new("other_payments", "other_payment", "payment_lines", "OTHER_PAYMENT");
    public static readonly SageDocumentKind SalesInvoice = new("sales_invoices", "sales_invoice", "invoice_lines", AttachmentContext: null);
    public static readonly SageDocumentKind SalesCreditNote = new("sales_credit_notes", "sales_credit_note", "credit_note_lines", AttachmentContext: null);
    public static readonly SageDocumentKind SalesQuickEntry = new("sales_quick_entries", "sales_quick_entry", Lines: null, AttachmentContext: null);

    public static readonly IReadOnlyList<SageDocumentKind> All =
        [PurchaseInvoice, PurchaseCreditNote, PurchaseQuickEntry, OtherPayment, SalesInvoice, SalesCreditNote, SalesQuickEntry];

    /// <summary>Carries the other side's number besides its own, and notes.</summary>
    internal bool IsPurchase => this == PurchaseInvoice || this == PurchaseCreditNote;

    /// <summary>Sage asks for a reason before it voids one (Sage API 9.3).</summary>
    internal bool IsVoidedWithReason => this == SalesInvoice || this == SalesCreditNote;

    /// <summary>Paid when it is made: it owes nothing, and no payment is allocated to it.</summary>
    internal bool IsPayment => this == OtherPayment;

    /// <summary>What a change of one can empty.</summary>
    internal IReadOnlyList<string> Emptied => IsPurchase ? ["reference", "vendor_reference"] : ["reference"];

    public override string ToString() => Name;
}
