using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

public enum ItemStatus { Processing, ToReview, Ready, Publishing, Published }

/// <summary>What we owe, and what is owed to us.</summary>
public enum Workspace { Costs, Sales }

/// <summary>
/// Where an item lies: a place, not a status. What is published goes into the Archive by itself; what is in the Bin can be restored. Aside lies what goes on in
/// another item: its page can be opened, and no list has it.
/// </summary>
public enum Place { Inbox, Archive, Bin, Aside }

/// <summary>Dext's document types.</summary>
public enum ItemType { Invoice, Receipt, CreditNote, SalesInvoice, ExpenseClaim, Statement }

public enum ItemSource { Upload, DextExport, Sample, Api, Folder }

/// <summary>A piece of paperwork on its way into Sage.</summary>
public sealed class Item : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>The Item ID that people see and Sage's notes carry: ten characters of Crockford's base 32.</summary>
    public required string Code { get; init; }

    /// <summary>Whose paper it is; a Standard user sees their own.</summary>
    public required Guid OwnerId { get; set; }
    public required ItemSource Source { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }

    public Workspace Workspace { get; set; }
    public Place Place { get; set; }

    /// <summary>When it came to its place; null while it lies where it arrived.</summary>
    public DateTimeOffset? PlacedAt { get; set; }

    /// <summary>Kept by the one review validator; filters rely on it.</summary>
    public ItemStatus Status { get; set; }

    /// <summary>How often its document was begun to be read: one that brings the process down is not read a third time.</summary>
    public int ReadTries { get; set; }

    public ItemType Type { get; set; } = ItemType.Invoice;
    public Guid? SupplierId { get; set; }

    /// <summary>The supplier as the paper or a person named it; a name that Sage does not know is created there on Publish when <see cref="CreateSupplier"/> is set.</summary>
    public string? SupplierName { get; set; }
    public bool CreateSupplier { get; set; }

    /// <summary>Of a sale; of a cost, whom it was for.</summary>
    public Guid? CustomerId { get; set; }

    /// <inheritdoc cref="SupplierName"/>
    public string? CustomerName { get; set; }
    public bool CreateCustomer { get; set; }

    /// <summary>Of an item without lines; with them, each line has its own.</summary>
    public Guid? CategoryId { get; set; }

    /// <summary>The category as a Dext export named it, until one of Sage's is chosen.</summary>
    public string? CategoryName { get; set; }

    /// <inheritdoc cref="CategoryId"/>
    public Guid? TaxRateId { get; set; }

    /// <inheritdoc cref="CategoryId"/>
    public Guid? ClassId { get; set; }

    /// <inheritdoc cref="CategoryId"/>
    public Guid? LocationId { get; set; }
    public string? Description { get; set; }
    public DateOnly? Date { get; set; }
    public DateOnly? DueDate { get; set; }

    /// <summary>The supplier's own number of the document.</summary>
    public string? Reference { get; set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; set; }

    /// <summary>Tax included, two decimals, in <see cref="Currency"/>.</summary>
    public decimal? Total { get; set; }

    /// <summary>The tax within <see cref="Total"/>.</summary>
    public decimal? Tax { get; set; }

    /// <summary>What the total is split into; empty where it is one thing.</summary>
    public List<ItemLine> Lines { get; } = [];

    /// <summary>Whether the prices on its lines include tax.</summary>
    public LineAmounts LineAmounts { get; set; }

    /// <summary>How much of the base currency one unit of <see cref="Currency"/> is, as <see cref="ExchangeRateSource"/> says.</summary>
    public decimal? ExchangeRate { get; set; }
    public ExchangeRateSource? ExchangeRateSource { get; set; }

    /// <summary>Where it goes in Sage; null where the settings decide. Fixed when it is published.</summary>
    public PublishTo? PublishTo { get; set; }

    /// <summary>Paid already, or a refund received: publishing records the payment too.</summary>
    public bool IsPaid { get; set; }
    public Guid? PaymentMethodId { get; set; }

    /// <summary>The payment method as it was called when it was chosen.</summary>
    public string? PaymentMethodName { get; set; }

    /// <summary>Null for the day of the document.</summary>
    public DateOnly? PaidOn { get; set; }

    /// <summary>In <see cref="Currency"/>; null where all of it is paid.</summary>
    public decimal? PaidAmount { get; set; }

    /// <summary>Domestic reverse charge: the buyer accounts for the tax, and the document has none.</summary>
    public bool ReverseCharge { get; set; }

    public string? Note { get; set; }

    /// <summary>Marked for people to see: by what, as words.</summary>
    public string? FlaggedBy { get; set; }

    /// <summary>Kept from Ready until a person releases it: by what, as words.</summary>
    public string? HeldBy { get; set; }

    /// <summary>Dext's Receipt ID, when the item came from a Dext export: importing the same export again adds nothing.</summary>
    public string? DextReceiptId { get; init; }

    /// <summary>With which delivery it came, where nobody dropped it: what was broken off and is done again adds it once.</summary>
    public Guid? DeliveryId { get; init; }

    /// <summary>It waits for somebody to say whether it is the same as another; kept with <see cref="Status"/>, for filters.</summary>
    public bool IsDuplicate { get; set; }

    /// <summary>Of what it is in the bin as a duplicate.</summary>
    public Guid? OriginalId { get; set; }

    /// <summary>The split in which it got its pages.</summary>
    public Guid? SplitId { get; init; }

    /// <summary>The merge in which it became part of another item.</summary>
    public Guid? MergeId { get; set; }

    /// <summary>From 0: where its pages come in the merged item.</summary>
    public int? MergePosition { get; set; }

    /// <summary>Where it lay before it left as a duplicate or into another item.</summary>
    public Place? PlaceBefore { get; set; }

    public Guid? DocumentId { get; set; }
    public Document? Document { get; set; }

    /// <summary>A person decided that this item goes to Sage without its document, because Sage would not take the file.</summary>
    public bool PublishWithoutDocument { get; set; }

    /// <summary>The last publish's failure, until the field at fault is edited.</summary>
    public ItemFailure? Failure { get; set; }

    /// <summary>Why a publish that was asked for has not been sent yet, as a sentence.</summary>
    public string? WaitingBecause { get; set; }

    public string? SageDocumentId { get; set; }

    /// <summary>Sage's id of the payment that was recorded with it.</summary>
    public string? SagePaymentId { get; set; }

    /// <summary>The number that Sage shows for the document.</summary>
    public string? SageNumber { get; set; }
    public string? SageUrl { get; set; }
    public DateTimeOffset? PublishedAt { get; set; }

    /// <summary>Why a published item stands in Sage without its document, or differs from what was meant.</summary>
    public string? PublishedWith { get; set; }

    /// <summary>While a published item is being corrected: what it held when it was published, as <see cref="ItemCopy"/> writes it. Sage still has that.</summary>
    public string? AsPublished { get; set; }

    /// <summary>Concurrency token: two people on one item never overwrite each other unseen.</summary>
    public int Version { get; set; }

    public Supplier? Supplier { get; init; }
    public Customer? Customer { get; init; }
    public Category? Category { get; init; }
    public TaxRate? TaxRate { get; init; }
    public AnalysisCategory? Class { get; init; }
    public AnalysisCategory? Location { get; init; }

    /// <summary>The total in the base currency, to the penny; null where the rate is not known.</summary>
    public decimal? BaseTotal => Total * ExchangeRate is { } total ? decimal.Round(total, 2, MidpointRounding.AwayFromZero) : null;

    /// <summary>It is in Sage, and open here for a correction that was not sent yet.</summary>
    public bool IsBeingCorrected => Status is ItemStatus.Published && AsPublished is not null;

    public void PutInto(Place place, DateTimeOffset now) => (Place, PlacedAt) = (place, now);
}

/// <summary>Who says what a foreign currency was worth.</summary>
public enum ExchangeRateSource { Person, DextExport }

/// <summary>Why the last publish failed, kept with the item.</summary>
/// <param name="Kind">Name of the failure kind; its sentence and action are in the error catalogue.</param>
/// <param name="Field">The field at fault, where one is.</param>
/// <param name="Sentence">What a bookkeeper is told.</param>
/// <param name="Action">What a bookkeeper can do.</param>
/// <param name="FromSage">Sage's own words and request id, for support.</param>
public sealed record ItemFailure(string Kind, ItemField? Field, string Sentence, string Action, string? FromSage)
{
    /// <summary>What Sage has already, where that is the reason.</summary>
    public List<SageTwin> InSage { get; init; } = [];
}

/// <summary>The fields of an item that people edit, by Dext's names.</summary>
public enum ItemField
{
    Type, Supplier, Date, DueDate, Reference, Category, Description, Currency, Total, TaxRate, Tax, Document, Note,
    Customer, Class, Location, Lines, ExchangeRate, Owner, Workspace, Place, Duplicate, Pages,
    PublishTo, Paid, PaymentMethod, PaidOn, PaidAmount, ReverseCharge, Flag, Held,
}
