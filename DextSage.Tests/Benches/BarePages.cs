using System.Text.Json.Serialization;

namespace DextSage.Tests.Benches;

/// <summary>A page, as the barest reader takes it apart.</summary>
internal sealed class BarePage
{
    [JsonPropertyName("$total")] public int Total { get; set; }
    [JsonPropertyName("$items")] public List<BareRow> Items { get; set; } = [];
}

internal sealed class BareRow
{
    [JsonPropertyName("id")] public string Id { get; set; } = "";
    [JsonPropertyName("displayed_as")] public string? DisplayedAs { get; set; }
    [JsonPropertyName("name")] public string? Name { get; set; }
    [JsonPropertyName("reference")] public string? Reference { get; set; }
    [JsonPropertyName("currency")] public BareReference? Currency { get; set; }
    [JsonPropertyName("default_purchase_ledger_account")] public BareReference? Account { get; set; }
    [JsonPropertyName("credit_days")] public int? CreditDays { get; set; }
    [JsonPropertyName("credit_terms")] public string? CreditTerms { get; set; }
    [JsonPropertyName("nominal_code")] public int? NominalCode { get; set; }
    [JsonPropertyName("ledger_account_type")] public BareReference? AccountType { get; set; }
    [JsonPropertyName("visible_in_expenses")] public bool? ForExpenses { get; set; }
    [JsonPropertyName("visible_in_sales")] public bool? ForSales { get; set; }
    [JsonPropertyName("visible_in_other_payments")] public bool? ForOtherPayments { get; set; }
    [JsonPropertyName("visible_in_other_receipts")] public bool? ForOtherReceipts { get; set; }
    [JsonPropertyName("visible_in_banking")] public bool? ForBanking { get; set; }
    [JsonPropertyName("visible_in_journals")] public bool? ForJournals { get; set; }
    [JsonPropertyName("fixed_tax_rate")] public bool? HasFixedTaxRate { get; set; }
    [JsonPropertyName("item_code")] public string? ItemCode { get; set; }
    [JsonPropertyName("description")] public string? Description { get; set; }
    [JsonPropertyName("sales_ledger_account")] public BareReference? SalesAccount { get; set; }
    [JsonPropertyName("purchase_ledger_account")] public BareReference? PurchaseAccount { get; set; }
    [JsonPropertyName("active")] public bool? Active { get; set; }
    [JsonPropertyName("tax_rate")] public BareReference? TaxRate { get; set; }
}

internal sealed class BareReference
{
    [JsonPropertyName("id")] public string? Id { get; set; }
}

[JsonSerializable(typeof(BarePage))]
internal sealed partial class BareJson : JsonSerializerContext;
