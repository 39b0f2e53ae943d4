using DextSage.Integration.Connections;

namespace DextSage.Integration.Items;

/// <summary>A page of an inbox; all of it is in the URL.</summary>
/// <param name="Page">From 0.</param>
/// <param name="PageSize">At most 200.</param>
public sealed record InboxQuery(ItemFilter Filter, InboxColumn Sort = InboxColumn.Added, bool Descending = true, int Page = 0, int PageSize = 50);

/// <param name="Total">Rows on all pages together.</param>
/// <param name="Counts">What each tab holds of the same filter.</param>
public sealed record InboxPage(IReadOnlyList<InboxRow> Rows, int Total, InboxCounts Counts)
{
    /// <summary>What the entries are called that the filter names; one that is on no list is not in it.</summary>
    public IReadOnlyDictionary<Guid, string> Names { get; init; } = new Dictionary<Guid, string>();

    /// <summary>On the Failed tab: why what matches has failed, the most frequent first.</summary>
    public IReadOnlyList<FailureCause> Causes { get; init; } = [];
}

/// <param name="Currency">ISO 4217.</param>
/// <param name="IsCredit">Of credit notes.</param>
/// <param name="Total">Tax included.</param>
public sealed record CurrencyTotal(string? Currency, bool IsCredit, int Items, decimal Total);

/// <param name="Kind">Name of the failure kind.</param>
/// <param name="Items">How many failed because of it.</param>
public sealed record FailureCause(string Kind, int Items);

/// <summary>Items per tab, for the tabs' badges.</summary>
public sealed record InboxCounts(int Inbox, int ToReview, int Ready, int Failed, int Processing, int Archive, int Bin)
{
    public int Of(InboxTab tab) => tab switch
    {
        InboxTab.Inbox => Inbox,
        InboxTab.ToReview => ToReview,
        InboxTab.Ready => Ready,
        InboxTab.Failed => Failed,
        InboxTab.Processing => Processing,
        InboxTab.Archive => Archive,
        InboxTab.Bin => Bin,
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, message: null),
    };
}

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
    /// <summary>It is in Sage, and open here for a correction that was not sent yet.</summary>
    public bool IsBeingCorrected { get; init; }

    /// <summary>False without VAT, and where the settings give every item the same tax rate.</summary>
    public bool ShowsTaxRate { get; init; } = true;

    /// <summary>What the reader of the page is called.</summary>
    public string Reader { get; init; } = "";

    /// <summary>The last change that somebody other than the reader made.</summary>
    public OthersChange? LastChange { get; init; }

    /// <summary>How many notes people wrote on it.</summary>
    public int Notes { get; init; }

    /// <summary>Where on the document the fields were read that hold what was read.</summary>
    public IReadOnlyDictionary<ItemField, ReadPlace> ReadFrom { get; init; } = new Dictionary<ItemField, ReadPlace>();

    /// <summary>Why it may not be put into a place, as a sentence; null where it may.</summary>
    public IReadOnlyDictionary<Place, string?> PlaceRefusals { get; init; } = new Dictionary<Place, string?>();

    /// <summary>Whom the document names is in Sage, but hidden on the list here.</summary>
    public bool IsContactHidden { get; init; }

    /// <summary>Chosen on it, or else as the settings say.</summary>
    public PublishTo PublishesTo { get; init; }

    /// <summary>What it becomes in Sage.</summary>
    public Destination Destination { get; init; }
    public bool IsPaid { get; init; }
    public Guid? PaymentMethodId { get; init; }
    public string? PaymentMethodName { get; init; }

    /// <summary>Null for the day of the document.</summary>
    public DateOnly? PaidOn { get; init; }

    /// <summary>Null where all of it is paid.</summary>
    public decimal? PaidAmount { get; init; }
    public bool ReverseCharge { get; init; }

    public Workspace Workspace { get; init; }
    public Place Place { get; init; }
    public Guid? CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public bool CreateCustomer { get; init; }
    public EntryName? Class { get; init; }
    public EntryName? Location { get; init; }

    /// <summary>What Sage calls the analysis types that are Class and Location here; null where none is chosen.</summary>
    public string? ClassLabel { get; init; }

    /// <inheritdoc cref="ClassLabel"/>
    public string? LocationLabel { get; init; }

    /// <summary>In their order; empty for an item that is one thing.</summary>
    public IReadOnlyList<LineView> Lines { get; init; } = [];
    public LineAmounts LineAmounts { get; init; }

    /// <summary>By how much the lines fall short of the total; 0 without lines.</summary>
    public decimal OutBy { get; init; }

    public string BaseCurrency { get; init; } = "";
    public decimal? ExchangeRate { get; init; }
    public ExchangeRateSource? ExchangeRateSource { get; init; }

    /// <summary>What marks it for people to see.</summary>
    public string? FlaggedBy { get; init; }

    /// <summary>By field, what set the value that it holds, as its history knows.</summary>
    public IReadOnlyDictionary<ItemField, SetBy> SetBy { get; init; } = new Dictionary<ItemField, SetBy>();
    public decimal? BaseTotal { get; init; }

    /// <summary>In another currency than the books.</summary>
    public bool IsForeign => Currency is not null && BaseCurrency.Length > 0 && Currency != BaseCurrency;
    public Guid OwnerId { get; init; }

    /// <summary>What to know before publishing creates a supplier, where the business wants to be warned.</summary>
    public string? SupplierWarning { get; init; }
}

/// <summary>What set a value.</summary>
/// <param name="By">The person, or the rule as it was called then; null where neither did.</param>
public sealed record SetBy(ChangeCause Cause, string? By);

/// <param name="Person">What they are called.</param>
public sealed record OthersChange(ItemField Field, string Person);

/// <summary>Where a value stands on the document.</summary>
/// <param name="Evidence">The words it was read from.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Page">From 1.</param>
/// <param name="Left">Like the others, in fractions of the page, from its upper left corner.</param>
public sealed record ReadPlace(string Evidence, decimal Confidence, int Page, decimal Left, decimal Top, decimal Width, decimal Height);

/// <summary>An entry of a list as it is shown.</summary>
public sealed record EntryName(Guid Id, string Name);

/// <summary>A line of an item, with what it comes to.</summary>
public sealed record LineView(
    Guid Id, string? Description, EntryName? Category, EntryName? Product, EntryName? Class, EntryName? Location, EntryName? TaxRate,
    decimal Quantity, decimal UnitPrice, decimal Net, decimal Tax, decimal Gross, bool IsTaxTyped);

/// <param name="Id">For the document's own URL.</param>
/// <param name="Length">Bytes.</param>
public sealed record DocumentView(Guid Id, string FileName, string ContentType, long Length, int? Pages)
{
    /// <summary>Where Sage gets a smaller copy in its stead: from what to what, and by what means.</summary>
    public string? SmallerCopy { get; init; }

    /// <summary>Where it was made of a file in another format: which format that was, and what it is now.</summary>
    public string? Conversion { get; init; }

    /// <summary>It is an electronic invoice, or carries one within it.</summary>
    public bool CarriesInvoice { get; init; }

    /// <summary>It has no pages, and Sage gets a PDF that was drawn of it.</summary>
    public bool IsDrawnForSage { get; init; }

    /// <summary>It has no pages to look at.</summary>
    public bool IsXml => ContentType == Document.Xml;
}

/// <summary>One line of <em>Please resolve these issues</em>.</summary>
/// <param name="Field">Where to go to mend it.</param>
/// <param name="Sentence">What is wrong, in a bookkeeper's words.</param>
/// <param name="Fix">A mending that one click can do.</param>
/// <param name="LineId">The line that it is about, where it is about one.</param>
public sealed record ReviewIssue(ItemField Field, string Sentence, IssueFix? Fix = null, Guid? LineId = null)
{
    /// <summary>The Item ID of what it looks like, to compare the two.</summary>
    public string? Twin { get; init; }

    /// <summary>The payment method that has to be linked to a bank account.</summary>
    public Guid? UnlinkedMethodId { get; init; }

    /// <summary>DextSage is at it: nobody has to do anything, but wait a moment.</summary>
    public bool IsUnderWay { get; init; }
}

/// <param name="Label">The button's words, such as "Set tax to 20.00".</param>
/// <param name="Edit">What the button does.</param>
public sealed record IssueFix(string Label, ItemEdit Edit);
