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

    /// <summary>Whether pickers offer it. A person's choice, which no refresh overwrites.</summary>
    public bool IsVisible { get; set; } = true;

    /// <summary>The change of visibility that touched it last, so that a change of many is undone at once.</summary>
    public Guid? VisibilityChange { get; set; }

    /// <summary>Made here, by hand or from a file, and not in Sage: a refresh neither meets nor retires it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>An id for an entry of one's own, where Sage's would be.</summary>
    public static string NewOwnId() => $"own-{Guid.NewGuid():N}";

    /// <summary>What an existing row keeps when Sage's part of it is written anew: its identity, and whatever people have set.</summary>
    internal static readonly string[] Kept = [nameof(Id), nameof(IsVisible), nameof(VisibilityChange), nameof(IsOwn)];

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
    public bool ForOtherReceipts { get; set; }
    public bool ForBanking { get; set; }
    public bool ForJournals { get; set; }

    /// <summary>Sage id of the tax rate that Sage proposes with this account.</summary>
    public string? DefaultTaxRateSageId { get; set; }

    /// <summary>That rate is the only one that Sage takes with this account.</summary>
    public bool HasFixedTaxRate { get; set; }

    internal override IReadOnlyList<Fact> Facts =>
    [
        .. base.Facts, new("Code", NominalCode), new("Type", AccountType),
        new("On costs", ForExpenses), new("On sales", ForSales), new("On other payments", ForOtherPayments), new("On other receipts", ForOtherReceipts),
        new("In banking", ForBanking), new("In journals", ForJournals), new("Tax rate", DefaultTaxRateSageId), new("Tax rate is fixed", HasFixedTaxRate),
    ];
}

/// <summary>A contact of Sage's: there, a person who is both a supplier and a customer has two (Sage API 8.4).</summary>
public abstract class ContactEntry : ListEntry
{
    /// <summary>Sage's short reference of the contact, at most ten characters.</summary>
    public string? Reference { get; set; }

    /// <summary>ISO 4217: a contact of Sage has one currency (Sage API 13).</summary>
    public string? Currency { get; set; }

    /// <summary>Sage id of the category that Sage proposes for this contact.</summary>
    public string? DefaultCategorySageId { get; set; }

    /// <summary>Days of credit; from which day they count is said by <see cref="CreditTerms"/>.</summary>
    public int? CreditDays { get; set; }

    /// <summary>Sage's word: date_from_invoice, month_end_invoice, immediate_invoice … (Sage API 8.4).</summary>
    public string? CreditTerms { get; set; }

    internal override IReadOnlyList<Fact> Facts =>
    [
        .. base.Facts, new("Reference", Reference), new("Currency", Currency), new("Category", DefaultCategorySageId), new("Credit days", CreditDays), new("Credit terms", CreditTerms),
    ];
}

public sealed class Supplier : ContactEntry;

public sealed class Customer : ContactEntry
{
    /// <summary>Sage id of the tax rate that Sage proposes for this customer.</summary>
    public string? DefaultTaxRateSageId { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Tax rate", DefaultTaxRateSageId)];
}

public sealed class TaxRate : ListEntry
{
    /// <summary>Per cent: 20 is a fifth of the net amount.</summary>
    public decimal Percentage { get; set; }

    /// <summary>What it was and is, oldest first; empty where Sage named no dates.</summary>
    public IReadOnlyList<TaxRatePeriod> Periods { get; set; } = [];

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Per cent", Number(Percentage)), new("Periods", string.Join("; ", Periods.Select(Words)))];

    private static string Words(TaxRatePeriod period) => $"{Number(period.Percentage)} from {period.From:yyyy-MM-dd} to {period.To:yyyy-MM-dd}";

    private static string Number(decimal percentage) => percentage.ToString("0.####", CultureInfo.InvariantCulture);
}

/// <summary>What a tax rate is between two days, both included; no last day: still.</summary>
/// <param name="Percentage">Per cent.</param>
public sealed record TaxRatePeriod(decimal Percentage, DateOnly? From, DateOnly? To);

public sealed class BankAccount : ListEntry
{
    /// <summary>CHECKING, CASH_IN_HAND, CREDIT_CARD …</summary>
    public string? AccountType { get; set; }
    public string? Currency { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Type", AccountType), new("Currency", Currency)];
}

/// <summary>Sage's kind of payment, such as CASH or ELECTRONIC, which a payment recorded in Sage must name (Sage API 8.5). Not Dext's payment method.</summary>
public sealed class SagePaymentMethod : ListEntry;

public sealed class AnalysisType : ListEntry
{
    /// <summary>Where it may be used, as Sage names the areas, separated by commas: SALES, EXPENSES, BANKING, JOURNALS.</summary>
    public string ActiveAreas { get; set; } = "";

    /// <summary>Whether it can be put on the line of a document; Sage's group types cannot (Sage API 8.6).</summary>
    public bool IsForLines { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Areas", ActiveAreas), new("On lines", IsForLines)];
}

public sealed class AnalysisCategory : ListEntry
{
    public required string AnalysisTypeSageId { get; set; }
    public string? Code { get; set; }

    internal override IReadOnlyList<Fact> Facts => [.. base.Facts, new("Code", Code), new("Belongs to", AnalysisTypeSageId)];
}

public sealed class Currency : ListEntry;

public enum ProductKind { Product, Service }

/// <summary>A product that is not kept in stock, or a service. Its name is Sage's description.</summary>
public sealed class Product : ListEntry
{
    public ProductKind Kind { get; set; }
    public string? ItemCode { get; set; }

    /// <summary>Sage ids of the categories that Sage books it to.</summary>
    public string? SalesCategorySageId { get; set; }
    public string? PurchaseCategorySageId { get; set; }
    public bool IsActive { get; set; } = true;

    internal override IReadOnlyList<Fact> Facts =>
    [
        .. base.Facts, new("Kind", Kind), new("Item code", ItemCode), new("Sales category", SalesCategorySageId), new("Purchase category", PurchaseCategorySageId), new("Active", IsActive),
    ];
}
