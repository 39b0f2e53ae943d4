using System.Globalization;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>
/// A row of a list that Sage keeps and we mirror. Never deleted: what Sage no longer has is retired, so that items that point
/// to it still read well.
/// </summary>
public abstract class ListEntry : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Sage's own id: 32 hex digits, or a symbolic one such as GB_STANDARD.</summary>
    public required string SageId { get; init; }

    /// <summary>The name alone.</summary>
    public required string Name { get; set; }

    /// <summary>As Sage shows it, code included: "Cost of sales - goods (5000)".</summary>
    public required string DisplayName { get; set; }

    /// <summary>Fingerprint of all that came from Sage: tells a changed row from an unchanged one.</summary>
    public string Fingerprint { get; set; } = "";

    /// <summary>When what is Sage's of it was last written here.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>What an existing row keeps when Sage's part of it is written anew: its identity, and whatever people have set.</summary>
    internal static readonly string[] Kept = [nameof(Id)];

    /// <summary>All that came from Sage, in people's words and in a fixed order: what is fingerprinted, and what a report tells apart.</summary>
    internal virtual IReadOnlyList<Fact> Facts => [new("Name", Name), new("In Sage", DisplayName)];

    internal readonly record struct Fact(string Name, string? Value)
    {
        public Fact(string name, object? value) : this(name, Convert.ToString(value, CultureInfo.InvariantCulture))
        {
        }
    }
}

/// <summary>A ledger account, which Dext calls a category.</summary>
public sealed class Category : ListEntry
{
    public int? NominalCode { get; set; }

    /// <summary>Sage's type, such as OVERHEADS or DIRECT_EXPENSES: groups the picker.</summary>
    public string? AccountType { get; set; }

    /// <summary>Whether Sage takes it on purchase documents (<c>visible_in=expenses</c>).</summary>
    public bool ForExpenses { get; set; }
    public bool ForSales { get; set; }
    public bool ForOtherPayments { get; set; }

    /// <summary>Sage id of the tax rate that Sage proposes with this account.</summary>
    public string? DefaultTaxRateSageId { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Code", NominalCode), new("Type", AccountType),
        new("On costs", ForExpenses), new("On sales", ForSales), new("On other payments", ForOtherPayments), new("Tax rate", DefaultTaxRateSageId)];
}

public sealed class Supplier : ListEntry
{
    /// <summary>Sage's short reference of the contact, at most ten characters.</summary>
    public string? Reference { get; set; }

    /// <summary>ISO 4217: a contact of Sage has one currency (Sage API 13).</summary>
    public string? Currency { get; set; }

    /// <summary>Sage id of the category that Sage proposes for this supplier.</summary>
    public string? DefaultCategorySageId { get; set; }

    /// <summary>Days from the document's date to its due date.</summary>
    public int? CreditDays { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Reference", Reference), new("Currency", Currency), new("Category", DefaultCategorySageId), new("Credit days", CreditDays)];
}

public sealed class Customer : ListEntry
{
    public string? Reference { get; set; }
    public string? Currency { get; set; }
    public int? CreditDays { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Reference", Reference), new("Currency", Currency), new("Credit days", CreditDays)];
}

public sealed class TaxRate : ListEntry
{
    /// <summary>Per cent: 20 is a fifth of the net amount.</summary>
    public decimal Percentage { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Per cent", Percentage.ToString("0.####", CultureInfo.InvariantCulture))];
}

public sealed class BankAccount : ListEntry
{
    /// <summary>CHECKING, CASH_IN_HAND, CREDIT_CARD …</summary>
    public string? AccountType { get; set; }
    public string? Currency { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Type", AccountType), new("Currency", Currency)];
}

public sealed class PaymentMethod : ListEntry;

public sealed class AnalysisType : ListEntry
{
    /// <summary>Where it may be used, as Sage names the areas, separated by commas: SALES, EXPENSES, BANKING, JOURNALS.</summary>
    public string ActiveAreas { get; set; } = "";

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Areas", ActiveAreas)];
}

public sealed class AnalysisCategory : ListEntry
{
    public required string AnalysisTypeSageId { get; set; }
    public string? Code { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Code", Code), new("Belongs to", AnalysisTypeSageId)];
}

public sealed class Currency : ListEntry;
