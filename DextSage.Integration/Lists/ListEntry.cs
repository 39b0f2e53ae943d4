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
    public required string Fingerprint { get; set; }

    /// <summary>The last run that met this row.</summary>
    public required Guid SeenInRun { get; set; }

    public DateTimeOffset? RetiredAt { get; set; }

    /// <summary>Whether pickers offer it. A person's choice, which no refresh overwrites.</summary>
    public bool IsVisible { get; set; } = true;

    /// <summary>The change of visibility that touched it last, so that a change of many is undone at once.</summary>
    public Guid? VisibilityChange { get; set; }

    /// <summary>Made here, by hand or from a file, and not in Sage: a refresh neither meets nor retires it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>An id for an entry of one's own, where Sage's would be.</summary>
    public static string NewOwnId() => $"own-{Guid.NewGuid():N}";

    /// <summary>What Sage's records say nothing of, and so leave as it is.</summary>
    internal static readonly string[] Ours = [nameof(Id), nameof(IsVisible), nameof(VisibilityChange), nameof(IsOwn)];
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
}

public sealed class Supplier : ContactEntry;

public sealed class Customer : ContactEntry
{
    /// <summary>Sage id of the tax rate that Sage proposes for this customer.</summary>
    public string? DefaultTaxRateSageId { get; set; }
}

public sealed class TaxRate : ListEntry
{
    /// <summary>Per cent: 20 is a fifth of the net amount.</summary>
    public decimal Percentage { get; set; }

    /// <summary>What it was and is, oldest first; empty where Sage named no dates.</summary>
    public IReadOnlyList<TaxRatePeriod> Periods { get; set; } = [];
}

/// <summary>What a tax rate is between two days, both included; no last day: still.</summary>
/// <param name="Percentage">Per cent.</param>
public sealed record TaxRatePeriod(decimal Percentage, DateOnly? From, DateOnly? To);

public sealed class BankAccount : ListEntry
{
    /// <summary>CHECKING, CASH_IN_HAND, CREDIT_CARD …</summary>
    public string? AccountType { get; set; }
    public string? Currency { get; set; }
}

/// <summary>Sage's kind of payment, such as CASH or ELECTRONIC, which a payment recorded in Sage must name (Sage API 8.5). Not Dext's payment method.</summary>
public sealed class SagePaymentMethod : ListEntry;

public sealed class AnalysisType : ListEntry
{
    /// <summary>Where it may be used, as Sage names the areas, separated by commas: SALES, EXPENSES, BANKING, JOURNALS.</summary>
    public string ActiveAreas { get; set; } = "";

    /// <summary>Whether it can be put on the line of a document; Sage's group types cannot (Sage API 8.6).</summary>
    public bool IsForLines { get; set; }
}

public sealed class AnalysisCategory : ListEntry
{
    public required string AnalysisTypeSageId { get; set; }
    public string? Code { get; set; }
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
}
