namespace DextSage.Integration.Items;

/// <summary>An item as a row of its inbox.</summary>
/// <param name="Version">Send it back with an edit.</param>
public sealed record InboxRow(string Code, int Version, Workspace Workspace, ItemStatus Status, ItemType Type)
{
    public DateOnly? Date { get; init; }
    public DateOnly? DueDate { get; init; }

    /// <summary>The supplier of a cost, the customer of a sale: the entry's id is null where Sage has none of that name.</summary>
    public string? Party { get; init; }
    public Guid? PartyId { get; init; }

    /// <summary>Whom a cost was for.</summary>
    public string? Customer { get; init; }
    public string? Category { get; init; }
    public Guid? CategoryId { get; init; }
    public string? TaxRate { get; init; }
    public Guid? TaxRateId { get; init; }

    /// <summary>False without VAT, and where the settings give every item the same tax rate.</summary>
    public bool ShowsTaxRate { get; init; }
    public string? Class { get; init; }
    public string? Location { get; init; }
    public string? Description { get; init; }
    public string? Reference { get; init; }
    public decimal? Net { get; init; }
    public decimal? Tax { get; init; }
    public decimal? Total { get; init; }
    public string? Currency { get; init; }
    public decimal? BaseTotal { get; init; }
    public string BaseCurrency { get; init; } = "";

    /// <summary>With lines, category and tax rate are theirs.</summary>
    public int Lines { get; init; }
    public string? Note { get; init; }
    public string? FileName { get; init; }
    public string Owner { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? PublishedAt { get; init; }
    public ItemFailure? Failure { get; init; }
    public string? SageNumber { get; init; }
    public string? SageUrl { get; init; }
    public string? WaitingBecause { get; init; }

    /// <summary>Why nothing can be edited now, as a sentence; null where it can.</summary>
    public string? Locked { get; init; }

    /// <summary>It waits for somebody to say whether it is the same as another.</summary>
    public bool IsDuplicate { get; init; }

    /// <summary>The rule that flagged it; null for most.</summary>
    public string? FlaggedBy { get; init; }

    /// <summary>Sentences of what stands between the item and Ready.</summary>
    public IReadOnlyList<string> Issues { get; init; } = [];

    /// <summary>Where the searched text stands; empty without a search.</summary>
    public IReadOnlyList<FoundText> Found { get; init; } = [];

    internal static InboxRow Of(Item item, string owner, ReviewContext context)
    {
        var isSale = item.Workspace is Workspace.Sales;
        return new(item.Code, item.Version, item.Workspace, item.Status, item.Type)
        {
            Date = item.Date, DueDate = item.DueDate,
            Party = isSale ? item.CustomerName : item.SupplierName, PartyId = isSale ? item.CustomerId : item.SupplierId, Customer = item.CustomerName,
            Category = item.Category?.DisplayName ?? item.CategoryName, CategoryId = item.CategoryId,
            TaxRate = item.TaxRate?.DisplayName, TaxRateId = item.TaxRateId, ShowsTaxRate = context.ShowsTaxRate(item),
            Class = item.Class?.DisplayName, Location = item.Location?.DisplayName,
            Description = item.Description, Reference = item.Reference,
            Net = item.Total - item.Tax, Tax = item.Tax, Total = item.Total, Currency = item.Currency, BaseTotal = item.BaseTotal, BaseCurrency = context.BaseCurrency,
            Lines = item.Lines.Count, Note = item.Note, FileName = item.Document?.FileName, Owner = owner, CreatedAt = item.CreatedAt, PublishedAt = item.PublishedAt,
            Failure = item.Failure, SageNumber = item.SageNumber, SageUrl = item.SageUrl, WaitingBecause = item.WaitingBecause, Locked = ItemLock.Reason(item), IsDuplicate = item.IsDuplicate && item.Status is ItemStatus.ToReview, FlaggedBy = item.FlaggedBy,
            Issues = item.Status is ItemStatus.ToReview ? [.. ItemReview.Issues(ItemUnderReview.Of(item, context)).Select(i => i.Sentence)] : [],
        };
    }
}
