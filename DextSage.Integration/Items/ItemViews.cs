using DextSage.Integration.Lists;

namespace DextSage.Integration.Items;

public enum InboxTab { Inbox, ToReview, Ready, Failed, Archive }

public enum InboxSort { Added, Date, Supplier, Category, Total, Status }

/// <summary>What the Costs inbox is asked for; all of it is in the URL.</summary>
/// <param name="Page">From 0.</param>
/// <param name="PageSize">At most 200.</param>
/// <param name="Of">Only the items that use this entry of a list.</param>
public sealed record InboxQuery(InboxTab Tab, string? Search, InboxSort Sort, bool Descending, int Page, int PageSize, ItemsOf? Of = null);

/// <summary>The items that use one entry: a supplier, a category or a tax rate.</summary>
public sealed record ItemsOf(ListKind List, Guid Entry);

/// <param name="Of">The name of the entry that was asked for; null without one, or where there is none such.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, int Total, string? Of = null);

/// <summary>Items per tab, for the tabs' badges; <see cref="Processing"/> says how many are still being read.</summary>
public sealed record InboxCounts(int Inbox, int ToReview, int Ready, int Failed, int Archive, int Processing);

/// <param name="Issues">Sentences of what stands between the item and Ready.</param>
public sealed record InboxRow(
    string Code, int Version, ItemStatus Status, ItemType Type, DateOnly? Date, string? Supplier, string? Category, string? TaxRate,
    string? Reference, decimal? Total, decimal? Tax, string? Currency, string? FileName, string Owner, DateTimeOffset CreatedAt,
    ItemFailure? Failure, string? SageNumber, string? SageUrl, string? WaitingBecause, IReadOnlyList<string> Issues);

/// <summary>The Item details page.</summary>
/// <param name="Version">Send it back with an edit: an edit of something older is refused, not lost.</param>
/// <param name="Net">Total less tax, where both are known.</param>
/// <param name="Locked">Why nothing can be edited now, as a sentence; null where it can.</param>
/// <param name="PublishRefusal">Why Publish is off, as a sentence; null where it is on.</param>
/// <param name="WaitingBecause">Why a publish that was asked for has not been sent yet.</param>
/// <param name="UsesTax">False in an organisation that is not registered for VAT: no tax rate, no tax.</param>
/// <param name="Previous">Code of the item above in the same list, for next and previous.</param>
public sealed record ItemView(
    string Code, int Version, ItemStatus Status, ItemType Type,
    Guid? SupplierId, string? SupplierName, bool CreateSupplier,
    Guid? CategoryId, string? CategoryName, Guid? TaxRateId, string? TaxRateName,
    string? Description, DateOnly? Date, DateOnly? DueDate, string? Reference, string? Currency,
    decimal? Total, decimal? Tax, decimal? Net, string? Note,
    ItemSource Source, string Owner, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt,
    DocumentView? Document, bool PublishWithoutDocument,
    IReadOnlyList<ReviewIssue> Issues, ItemFailure? Failure,
    string? Locked, string? PublishRefusal, string? WaitingBecause, bool UsesTax,
    string? SageNumber, string? SageUrl, DateTimeOffset? PublishedAt, string? PublishedWith,
    string? Previous, string? Next)
{
    /// <summary>False without VAT, and where the settings give every item the same tax rate.</summary>
    public bool ShowsTaxRate { get; init; } = true;

    /// <summary>What to know before publishing creates a supplier, where the business wants to be warned.</summary>
    public string? SupplierWarning { get; init; }
}

/// <param name="Id">For the document's own URL.</param>
/// <param name="Length">Bytes.</param>
public sealed record DocumentView(Guid Id, string FileName, string ContentType, long Length, int? Pages);

/// <summary>One line of <em>Please resolve these issues</em>.</summary>
/// <param name="Field">Where to go to mend it.</param>
/// <param name="Sentence">What is wrong, in a bookkeeper's words.</param>
/// <param name="Fix">A mending that one click can do.</param>
public sealed record ReviewIssue(ItemField Field, string Sentence, IssueFix? Fix = null);

/// <param name="Label">The button's words, such as "Set tax to 20.00".</param>
/// <param name="Edit">What the button does.</param>
public sealed record IssueFix(string Label, ItemEdit Edit);

/// <summary>One edit of one field. What comes in is checked against the business's own lists.</summary>
public abstract record ItemEdit
{
    public sealed record SetType(ItemType Type) : ItemEdit;
    public sealed record SetSupplier(Guid? SupplierId) : ItemEdit;
    /// <summary>A supplier that Sage does not know: created there on Publish.</summary>
    public sealed record NewSupplier(string Name) : ItemEdit;
    /// <summary>The supplier as the paper names it, with none chosen yet: what undoing the first choice goes back to.</summary>
    public sealed record NameSupplier(string Name) : ItemEdit;
    public sealed record SetCategory(Guid? CategoryId) : ItemEdit;
    public sealed record SetTaxRate(Guid? TaxRateId) : ItemEdit;
    public sealed record SetDate(DateOnly? Date) : ItemEdit;
    public sealed record SetDueDate(DateOnly? DueDate) : ItemEdit;
    public sealed record SetReference(string? Reference) : ItemEdit;
    public sealed record SetDescription(string? Description) : ItemEdit;
    public sealed record SetNote(string? Note) : ItemEdit;
    public sealed record SetCurrency(string? Currency) : ItemEdit;
    /// <summary>Tax included.</summary>
    public sealed record SetTotal(decimal? Total) : ItemEdit;
    public sealed record SetTax(decimal? Tax) : ItemEdit;
    public sealed record SetPublishWithoutDocument(bool Without) : ItemEdit;
}

/// <summary>What an edit came to. A refused edit has changed nothing.</summary>
/// <param name="Refusal">Why, as a sentence.</param>
/// <param name="Undo">The edit that takes it back.</param>
public sealed record EditOutcome(string? Refusal, ItemEdit? Undo = null)
{
    public bool IsSaved => Refusal is null;
}
