namespace DextSage.Integration.Intake;

/// <summary>One row of Dext's own CSV export. Text is kept as it stands in the file; a cell that is empty is nothing.</summary>
/// <param name="Line">The row's first line in the file, from 1 (the headings).</param>
/// <param name="ReceiptId">Dext's id of the item ("Receipt ID" or "Item ID").</param>
public sealed record DextExportRow(int Line, string ReceiptId)
{
    /// <summary>"Receipt", "Invoice", "Credit note", "Expense claim" and so on, in Dext's words.</summary>
    public string? Type { get; init; }

    public DateOnly? Date { get; init; }

    public DateOnly? DueDate { get; init; }

    /// <summary>The column Invoice Number.</summary>
    public string? Reference { get; init; }

    public string? Supplier { get; init; }

    /// <summary>Without the tax rate that Dext writes behind it: "Travel (0%)" is "Travel".</summary>
    public string? Category { get; init; }

    public string? Customer { get; init; }

    public string? Project { get; init; }

    public string? Project2 { get; init; }

    public string? PaymentMethod { get; init; }

    public string? BankAccount { get; init; }

    /// <summary>In <see cref="Currency"/>.</summary>
    public decimal? Tax { get; init; }

    public string? TaxName { get; init; }

    public string? TaxCode { get; init; }

    /// <summary>20 for 20 %.</summary>
    public decimal? TaxPercentage { get; init; }

    /// <summary>Tax included, in <see cref="Currency"/>.</summary>
    public decimal? Total { get; init; }

    /// <summary>ISO 4217 code of the document.</summary>
    public string? Currency { get; init; }

    /// <summary>The tax in <see cref="BaseCurrency"/>.</summary>
    public decimal? BaseTax { get; init; }

    /// <summary>The total in <see cref="BaseCurrency"/>.</summary>
    public decimal? BaseTotal { get; init; }

    /// <summary>ISO 4217 code from the heading "Total (GBP)".</summary>
    public string? BaseCurrency { get; init; }

    public string? Status { get; init; }

    public string? Owner { get; init; }

    public string? Note { get; init; }

    public string? Description { get; init; }

    /// <summary>Link to the picture at Dext; stops working when the account there is closed.</summary>
    public string? ImageLink { get; init; }

    /// <summary>The row is an expense claim; its items are rows of their own, with <see cref="IsClaimed"/>.</summary>
    public bool IsExpenseClaim => string.Equals(Type, "Expense claim", StringComparison.OrdinalIgnoreCase);

    /// <summary>The item belongs to some expense claim; the export doesn't say which.</summary>
    public bool IsClaimed => string.Equals(Status, "claimed", StringComparison.OrdinalIgnoreCase);
}
