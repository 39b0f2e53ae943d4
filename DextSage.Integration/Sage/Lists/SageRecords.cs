using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>What every record of Sage has: an id, and a name for people.</summary>
/// <remarks>
/// Sage may drop a member some day. What can be done without is unknown then; what every entry would be wrong without is marked as required, so that
/// an answer that lacks it is no answer, rather than a rate of 0 % or a chart without categories.
/// </remarks>
public interface ISageRecord
{
    /// <summary>32 hex digits, a hyphenated GUID, or a symbolic id such as <c>GB_STANDARD</c>. Null is Sage's fault.</summary>
    string? Id { get; }

    string? DisplayedAs { get; }
}

/// <summary>A record by id and name only: what lists return unasked, and how records point to one another.</summary>
public sealed record SageReference : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
}

/// <summary>Of any record: that it is there, or that it was deleted.</summary>
public sealed record SageTrace : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>What a deletion answers with.</summary>
public sealed record SageNothing
{
    internal static readonly SageNothing Value = new();
}

/// <summary>A ledger account, with every place it may be used in, so that one pass fills all category lists (Sage API 8.2).</summary>
public sealed record SageLedgerAccount : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Name { get; init; }
    public string? DisplayName { get; init; }
    public int? NominalCode { get; init; }
    public SageReference? LedgerAccountType { get; init; }

    /// <summary>For purchase invoices, credit notes and quick entries.</summary>
    [JsonRequired] public bool? VisibleInExpenses { get; init; }

    public bool? VisibleInSales { get; init; }
    public bool? VisibleInOtherPayments { get; init; }
    public bool? VisibleInOtherReceipts { get; init; }
    public bool? VisibleInBanking { get; init; }
    public bool? VisibleInJournals { get; init; }

    /// <summary>The rate proposed for it; with <see cref="FixedTaxRate"/> the only one allowed.</summary>
    public SageReference? TaxRate { get; init; }

    public bool? FixedTaxRate { get; init; }
}

/// <summary>A supplier or a customer (Sage API 8.4).</summary>
public sealed record SageContact : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    [JsonRequired] public string? Name { get; init; }
    public string? Reference { get; init; }

    /// <summary><c>VENDOR</c>, <c>CUSTOMER</c>; a person who is both has two records. Filled where both are asked for.</summary>
    public IReadOnlyList<SageReference>? ContactTypes { get; init; }

    public SageReference? Currency { get; init; }
    public SageReference? DefaultPurchaseLedgerAccount { get; init; }
    public SageReference? DefaultSalesLedgerAccount { get; init; }
    public SageReference? DefaultSalesTaxRate { get; init; }

    /// <summary>Days until an invoice falls due; 0 to 365.</summary>
    public int? CreditDays { get; init; }

    public string? CreditTerms { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <summary>A VAT rate (Sage API 8.3).</summary>
public sealed record SageTaxRate : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Name { get; init; }

    /// <summary>Per cent: 20 is 20 %.</summary>
    [JsonRequired] public decimal? Percentage { get; init; }

    public IReadOnlyList<SageTaxRatePercentage>? Percentages { get; init; }
}

/// <summary>What a rate was or is, from a day to a day, both included.</summary>
public sealed record SageTaxRatePercentage
{
    [JsonRequired] public decimal? Percentage { get; init; }
    public DateOnly? FromDate { get; init; }
    public DateOnly? ToDate { get; init; }
}

/// <summary>A bank, card or cash account (Sage API 8.5).</summary>
public sealed record SageBankAccount : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }

    /// <summary><c>CHECKING</c>, <c>SAVINGS</c>, <c>CREDIT_CARD</c>, <c>CASH_IN_HAND</c>, <c>LOAN</c>, <c>OTHER</c>, <c>STRIPE</c>.</summary>
    public SageReference? BankAccountType { get; init; }

    public SageReference? Currency { get; init; }
}

/// <summary>An analysis type: what Dext calls a class or a location (Sage API 8.6).</summary>
public sealed record SageAnalysisType : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Name { get; init; }

    /// <summary><c>SALES</c>, <c>EXPENSES</c>, <c>BANKING</c>, <c>JOURNALS</c>; empty until the user switches one on.</summary>
    public IReadOnlyList<string>? ActiveAreas { get; init; }

    public SageAnalysisLevel? AnalysisTypeLevel { get; init; }
}

/// <summary>The level of an analysis type: <c>TRANSACTION</c> can be put on a line, <c>GROUP</c> cannot.</summary>
public sealed record SageAnalysisLevel
{
    public string? Identifier { get; init; }
}

/// <summary>One value of an analysis type.</summary>
public sealed record SageAnalysisCategory : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Name { get; init; }
    public string? Code { get; init; }
    [JsonRequired] public SageReference? AnalysisType { get; init; }
}
