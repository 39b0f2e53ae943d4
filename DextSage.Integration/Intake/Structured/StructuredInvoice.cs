namespace DextSage.Integration.Intake.Structured;

/// <summary>The two vocabularies of EN 16931: OASIS UBL 2.1, and UN/CEFACT Cross Industry Invoice (with ZUGFeRD 1 before it).</summary>
public enum StructuredSyntax { Ubl, Cii }

/// <summary>
/// What an electronic invoice says, in the terms of EN 16931 (the BT and BG numbers), exactly as it says it. Null where it does not, or says two things.
/// Amounts are in <see cref="Currency"/>; those of a credit note are positive as a rule, those of an invoice that takes something back are negative.
/// </summary>
public sealed record StructuredInvoice
{
    public required StructuredSyntax Syntax { get; init; }

    /// <summary>BT-24: the rules that it claims to follow.</summary>
    public string? Profile { get; init; }

    /// <summary>BT-3, of UNTDID 1001.</summary>
    public string? TypeCode { get; init; }
    public bool IsCreditNote { get; init; }

    /// <summary>BT-1.</summary>
    public string? Number { get; init; }

    /// <summary>BT-2.</summary>
    public DateOnly? Date { get; init; }

    /// <summary>BT-9.</summary>
    public DateOnly? DueDate { get; init; }

    /// <summary>BT-5: ISO 4217.</summary>
    public string? Currency { get; init; }
    public StructuredParty? Seller { get; init; }
    public StructuredParty? Buyer { get; init; }

    /// <summary>BG-10: who is paid, where it is not the seller.</summary>
    public StructuredParty? Payee { get; init; }

    /// <summary>BT-10.</summary>
    public string? BuyerReference { get; init; }

    /// <summary>BT-13.</summary>
    public string? OrderReference { get; init; }

    /// <summary>BT-12.</summary>
    public string? ContractReference { get; init; }

    /// <summary>BT-25: the invoices that it corrects.</summary>
    public IReadOnlyList<string> Corrects { get; init; } = [];
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>BT-20.</summary>
    public string? PaymentTerms { get; init; }
    public IReadOnlyList<StructuredPayment> Payments { get; init; } = [];
    public IReadOnlyList<StructuredLine> Lines { get; init; } = [];

    /// <summary>BG-20 and BG-21: of the whole document.</summary>
    public IReadOnlyList<StructuredAdjustment> Adjustments { get; init; } = [];

    /// <summary>BG-23.</summary>
    public IReadOnlyList<StructuredTax> Taxes { get; init; } = [];
    public required StructuredTotals Totals { get; init; }

    /// <summary>The lines that count: groups and remarks stand between them.</summary>
    public IEnumerable<StructuredLine> Counted => Lines.Where(l => !l.IsRemark);
}

/// <param name="Name">BT-27, BT-44: its legal name.</param>
/// <param name="TradingName">BT-28, BT-45.</param>
/// <param name="VatId">BT-31, BT-48.</param>
/// <param name="TaxNumber">BT-32: within its own country.</param>
/// <param name="RegistrationId">BT-30, BT-47.</param>
public sealed record StructuredParty(string? Name, string? TradingName, string? VatId, string? TaxNumber, string? RegistrationId, StructuredAddress Address, string? Email)
{
    /// <summary>Both names, the legal one first.</summary>
    public IEnumerable<string> Names => new[] { Name, TradingName }.OfType<string>().Distinct(StringComparer.Ordinal);
}

/// <param name="Country">ISO 3166-1, two letters.</param>
public sealed record StructuredAddress(IReadOnlyList<string> Lines, string? PostCode, string? City, string? Region, string? Country);

/// <summary>BG-16.</summary>
/// <param name="Means">BT-81, of UNTDID 4461.</param>
/// <param name="Account">BT-84: an IBAN, or another number.</param>
/// <param name="Reference">BT-83.</param>
public sealed record StructuredPayment(string? Means, string? Account, string? AccountName, string? Bic, string? Reference);

/// <summary>BG-25.</summary>
/// <param name="Quantity">BT-129.</param>
/// <param name="Unit">BT-130, of UN/ECE recommendations 20 and 21.</param>
/// <param name="Price">BT-146, before tax, for <paramref name="PriceQuantity"/> of them (BT-149).</param>
/// <param name="Net">BT-131: what it comes to, its own allowances and charges included.</param>
/// <param name="Category">BT-151, of UNTDID 5305: S is taxed, Z zero, E exempt, O out of scope, AE reverse charge.</param>
/// <param name="Percent">BT-152.</param>
public sealed record StructuredLine(
    string? Id, string? Name, string? Description, decimal? Quantity, string? Unit, decimal? Price, decimal? PriceQuantity, decimal? Net, string? Category, decimal? Percent,
    IReadOnlyList<StructuredAdjustment> Adjustments)
{
    /// <summary>It heads other lines or tells something, and is not in the sum.</summary>
    public bool IsRemark { get; init; }
}

/// <summary>An allowance or a charge.</summary>
/// <param name="Amount">More than zero for both.</param>
public sealed record StructuredAdjustment(bool IsCharge, decimal? Amount, string? Reason, string? Category, decimal? Percent)
{
    /// <summary>What it adds: less than zero for an allowance.</summary>
    public decimal Effect => IsCharge ? Amount ?? 0 : -(Amount ?? 0);
}

/// <param name="Net">BT-116.</param>
/// <param name="Tax">BT-117.</param>
/// <param name="Category">BT-118.</param>
/// <param name="Percent">BT-119.</param>
/// <param name="Reason">BT-120: why there is none.</param>
public sealed record StructuredTax(decimal? Net, decimal? Tax, string? Category, decimal? Percent, string? Reason);

/// <param name="Lines">BT-106.</param>
/// <param name="Allowances">BT-107.</param>
/// <param name="Charges">BT-108.</param>
/// <param name="Net">BT-109.</param>
/// <param name="Tax">BT-110.</param>
/// <param name="Total">BT-112: tax included.</param>
/// <param name="Prepaid">BT-113.</param>
/// <param name="Rounding">BT-114.</param>
/// <param name="Payable">BT-115.</param>
public sealed record StructuredTotals(
    decimal? Lines, decimal? Allowances, decimal? Charges, decimal? Net, decimal? Tax, decimal? Total, decimal? Prepaid, decimal? Rounding, decimal? Payable);
