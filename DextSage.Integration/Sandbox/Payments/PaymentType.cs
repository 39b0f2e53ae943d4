using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>A transaction that moves money or settles documents (Sage API 11).</summary>
/// <param name="Id">Sage's symbolic id.</param>
/// <param name="Name">As a person calls it; invented.</param>
/// <param name="MoneyIn">Whether money comes into the bank account.</param>
internal sealed record PaymentType(string Id, string Name, bool MoneyIn = false) : TransactionType(Id, Name)
{
    public static readonly IReadOnlyList<PaymentType> OfContacts =
    [
        new("CUSTOMER_RECEIPT", "Customer Receipt", MoneyIn: true) { Side = Side.Sales },
        new("CUSTOMER_REFUND", "Customer Refund") { Side = Side.Sales, IsRefund = true },
        new("VENDOR_PAYMENT", "Supplier Payment") { Side = Side.Purchases },
        new("VENDOR_REFUND", "Supplier Refund", MoneyIn: true) { Side = Side.Purchases, IsRefund = true },
    ];

    public static readonly IReadOnlyList<PaymentType> OfAllocations =
    [
        new("CUSTOMER_ALLOCATION", "Customer Allocation") { Side = Side.Sales },
        new("VENDOR_ALLOCATION", "Supplier Allocation") { Side = Side.Purchases },
    ];

    public static readonly IReadOnlyList<PaymentType> Others =
    [
        new("OTHER_PAYMENT", "Other Payment"),
        new("OTHER_RECEIPT", "Other Receipt", MoneyIn: true) { AccountFlag = "visible_in_other_receipts" },
        new("OTHER_PAYMENT_REFUND", "Other Payment Refund", MoneyIn: true) { IsRefund = true },
        new("OTHER_RECEIPT_REFUND", "Other Receipt Refund") { IsRefund = true, AccountFlag = "visible_in_other_receipts" },
    ];

    /// <summary>Whose contacts and documents it is about; no matter for other payments.</summary>
    public Side Side { get; private init; } = Side.Purchases;

    /// <summary>Refunds settle credit notes and money on account; the rest settles invoices. On Start there are none (Sage API 1).</summary>
    public bool IsRefund { get; private init; }

    /// <summary>The flag that a ledger account of an other payment must have.</summary>
    public string AccountFlag { get; private init; } = "visible_in_other_payments";

    /// <summary>The type that an entity asks for, out of those that its resource knows.</summary>
    public static PaymentType? Read(Checks checks, IReadOnlyList<PaymentType> known)
    {
        if (checks.Text("transaction_type_id", required: true) is not { } id) return null;
        if (known.FirstOrDefault(type => type.Id == id) is { } found) return found;
        checks.Add(SageError.NotFound);
        return null;
    }

    public static PaymentType Of(JsonObject entry) => OfContacts.Concat(OfAllocations).Concat(Others).First(type => type.Id == entry.Object("transaction_type")!.Text("id"));
}
