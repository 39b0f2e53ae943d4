using DextSage.Integration.Connections;

namespace DextSage.Integration.Items;

/// <summary>One edit of one field. What comes in is checked against the business's own lists.</summary>
public abstract record ItemEdit
{
    public sealed record SetType(ItemType Type) : ItemEdit;
    public sealed record SetSupplier(Guid? SupplierId) : ItemEdit;
    /// <summary>A supplier that Sage does not know: created there on Publish.</summary>
    public sealed record NewSupplier(string Name) : ItemEdit;
    /// <summary>The supplier as the paper names it, with none chosen yet: what undoing the first choice goes back to.</summary>
    public sealed record NameSupplier(string Name) : ItemEdit;
    public sealed record SetCustomer(Guid? CustomerId) : ItemEdit;
    /// <inheritdoc cref="NewSupplier"/>
    public sealed record NewCustomer(string Name) : ItemEdit;
    /// <inheritdoc cref="NameSupplier"/>
    public sealed record NameCustomer(string Name) : ItemEdit;
    public sealed record SetCategory(Guid? CategoryId) : ItemEdit;
    public sealed record SetTaxRate(Guid? TaxRateId) : ItemEdit;
    public sealed record SetClass(Guid? ClassId) : ItemEdit;
    public sealed record SetLocation(Guid? LocationId) : ItemEdit;
    public sealed record SetDate(DateOnly? Date) : ItemEdit;
    public sealed record SetDueDate(DateOnly? DueDate) : ItemEdit;
    public sealed record SetReference(string? Reference) : ItemEdit;
    public sealed record SetDescription(string? Description) : ItemEdit;
    public sealed record SetNote(string? Note) : ItemEdit;
    public sealed record SetCurrency(string? Currency) : ItemEdit;
    /// <summary>Tax included.</summary>
    public sealed record SetTotal(decimal? Total) : ItemEdit;
    public sealed record SetTax(decimal? Tax) : ItemEdit;
    /// <summary>How much of the base currency one unit of the document's is.</summary>
    public sealed record SetExchangeRate(decimal? Rate) : ItemEdit
    {
        /// <summary>Whoever edits it is a person; an undo brings back whose word it was.</summary>
        internal ExchangeRateSource Source { get; init; }
    }
    public sealed record SetPublishWithoutDocument(bool Without) : ItemEdit;
    /// <param name="To">Null for what the settings say.</param>
    public sealed record SetPublishTo(PublishTo? To) : ItemEdit;
    public sealed record SetPaid(bool IsPaid) : ItemEdit;
    public sealed record SetPaymentMethod(Guid? MethodId) : ItemEdit;
    /// <param name="Date">Null for the day of the document.</param>
    public sealed record SetPaidOn(DateOnly? Date) : ItemEdit;
    /// <param name="Amount">Null where all of it is paid.</param>
    public sealed record SetPaidAmount(decimal? Amount) : ItemEdit;
    public sealed record SetReverseCharge(bool IsReverseCharge) : ItemEdit;
    /// <param name="By">What marks it, as words; null for a mark that is taken off.</param>
    public sealed record SetFlag(string? By) : ItemEdit;
    /// <param name="By">What keeps it from Ready, as words; null for what is released.</param>
    public sealed record SetHeld(string? By) : ItemEdit;
    public sealed record SetOwner(Guid PersonId) : ItemEdit;
    public sealed record MoveTo(Workspace Workspace) : ItemEdit
    {
        /// <summary>The type that it takes there; null for the one that goes with it.</summary>
        public ItemType? As { get; init; }

        /// <summary>What an undo brings back.</summary>
        internal PublishTo? PublishTo { get; init; }
    }
    /// <summary>Archived, unarchived, deleted into the bin.</summary>
    public sealed record PutInto(Place Place) : ItemEdit;
    /// <summary>Out of the bin, back to where it lay.</summary>
    public sealed record Restore : ItemEdit;

    /// <param name="Position">From 0; null at the end.</param>
    public sealed record AddLine(LineDraft Line, int? Position = null) : ItemEdit;
    public sealed record RemoveLine(Guid LineId) : ItemEdit;
    /// <param name="Position">From 0.</param>
    public sealed record MoveLine(Guid LineId, int Position) : ItemEdit;
    public sealed record EditLine(Guid LineId, LineEdit Edit) : ItemEdit;
    /// <summary>The same of several lines; those that are gone are left out.</summary>
    public sealed record EditLines(IReadOnlyList<Guid> LineIds, LineEdit Edit) : ItemEdit;
    /// <summary>All lines at once: pasted, split, from a template, or none any more.</summary>
    public sealed record ReplaceLines(IReadOnlyList<LineDraft> Lines) : ItemEdit;
    /// <summary>The total, split into lines that come to it.</summary>
    public sealed record Split(SplitBasis Basis, IReadOnlyList<SplitPart> Parts) : ItemEdit;
    public sealed record SetLineAmounts(LineAmounts Amounts) : ItemEdit;
}

/// <summary>One edit of one field of a line.</summary>
public abstract record LineEdit
{
    public sealed record SetDescription(string? Description) : LineEdit;
    public sealed record SetCategory(Guid? CategoryId) : LineEdit;
    public sealed record SetProduct(Guid? ProductId) : LineEdit;
    public sealed record SetClass(Guid? ClassId) : LineEdit;
    public sealed record SetLocation(Guid? LocationId) : LineEdit;
    public sealed record SetTaxRate(Guid? TaxRateId) : LineEdit;
    public sealed record SetQuantity(decimal Quantity) : LineEdit;
    public sealed record SetUnitPrice(decimal UnitPrice) : LineEdit;
    /// <summary>The tax on the paper; null to have it computed.</summary>
    public sealed record SetTax(decimal? Tax) : LineEdit;
}

/// <summary>A line that is to be. Ids are checked against the business's own lists.</summary>
public sealed record LineDraft(string? Description, decimal UnitPrice)
{
    public decimal Quantity { get; init; } = 1;
    public Guid? CategoryId { get; init; }
    public Guid? ProductId { get; init; }
    public Guid? ClassId { get; init; }
    public Guid? LocationId { get; init; }
    public Guid? TaxRateId { get; init; }

    /// <summary>The tax on the paper; null to have it computed.</summary>
    public decimal? Tax { get; init; }

    public static LineDraft Of(ItemLine line) => new(line.Description, line.UnitPrice)
    {
        Quantity = line.Quantity, CategoryId = line.CategoryId, ProductId = line.ProductId, ClassId = line.ClassId, LocationId = line.LocationId,
        TaxRateId = line.TaxRateId, Tax = line.IsTaxTyped ? line.Tax : null,
    };
}

/// <summary>What an edit came to. A refused edit has changed nothing.</summary>
/// <param name="Refusal">Why, as a sentence.</param>
/// <param name="Undo">The edit that takes it back.</param>
public sealed record EditOutcome(string? Refusal, ItemEdit? Undo = null)
{
    public bool IsSaved => Refusal is null;
}
