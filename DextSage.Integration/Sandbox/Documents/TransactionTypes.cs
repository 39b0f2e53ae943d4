using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A kind of transaction (Sage API 8.8).</summary>
internal record TransactionType(string Id, string Name)
{
    public JsonObject AsReference() => Reference.To("transaction_types", Id, Name);
}

/// <summary>The transaction types of what the sandbox keeps. Invented: the ids of quick entries beyond purchase invoices.</summary>
internal static class TransactionTypes
{
    public static TransactionType OfDocument(DocumentKind kind, Record? entryType) =>
        Documents.First(type => string.Equals(type.Id, entryType is null ? kind.Wrapper : $"{kind.Wrapper}_{entryType.Id}", StringComparison.OrdinalIgnoreCase));

    public static readonly IReadOnlyList<TransactionType> Documents =
    [
        new("PURCHASE_INVOICE", "Purchase Invoice"),
        new("PURCHASE_CREDIT_NOTE", "Purchase Credit Note"),
        new("PURCHASE_QUICK_ENTRY_INVOICE", "Purchase Quick Entry Invoice"),
        new("PURCHASE_QUICK_ENTRY_CREDIT_NOTE", "Purchase Quick Entry Credit Note"),
        new("SALES_INVOICE", "Sales Invoice"),
        new("SALES_CREDIT_NOTE", "Sales Credit Note"),
        new("SALES_QUICK_ENTRY_INVOICE", "Sales Quick Entry Invoice"),
        new("SALES_QUICK_ENTRY_CREDIT_NOTE", "Sales Quick Entry Credit Note"),
    ];

    public static readonly IReadOnlyList<TransactionType> All = [.. Documents, .. PaymentType.OfContacts, .. PaymentType.OfAllocations, .. PaymentType.Others];
}
