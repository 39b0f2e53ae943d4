using DextSage.Integration.Lists;

namespace DextSage.Integration.Items;

/// <summary>The tabs of an inbox. Those from <see cref="ToReview"/> to <see cref="Processing"/> are parts of <see cref="Inbox"/>.</summary>
public enum InboxTab { Inbox, ToReview, Ready, Failed, Processing, Archive, Bin }

/// <summary>From a day to a day, both with it; null is open.</summary>
public sealed record Days(DateOnly? From, DateOnly? To);

/// <summary>From an amount to an amount, both with it; null is open.</summary>
public sealed record AmountSpan(decimal? From, decimal? To);

/// <summary>
/// Which items of a business: all of it can stand in an address, and be asked for again as a whole. What is null says nothing; of a pair, true is with and false is without.
/// </summary>
public sealed record ItemFilter(Workspace Workspace = Workspace.Costs, InboxTab Tab = InboxTab.Inbox)
{
    /// <summary>As it was typed.</summary>
    public string? Search { get; init; }

    /// <summary>Our id of an entry of that list, used by the item itself or by one of its lines.</summary>
    public Guid? Supplier { get; init; }

    /// <inheritdoc cref="Supplier"/>
    public Guid? Customer { get; init; }

    /// <inheritdoc cref="Supplier"/>
    public Guid? Category { get; init; }

    /// <inheritdoc cref="Supplier"/>
    public Guid? TaxRate { get; init; }

    /// <inheritdoc cref="Supplier"/>
    public Guid? Product { get; init; }

    /// <summary>An analysis category, used as class or as location by the item itself or by one of its lines.</summary>
    public Guid? Class { get; init; }

    /// <inheritdoc cref="Class"/>
    public Guid? Location { get; init; }

    public ItemType? Type { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>The person whose paper it is.</summary>
    public Guid? Owner { get; init; }

    /// <summary>Whether whoever asks is the owner: the same view shows each their own.</summary>
    public bool? IsMine { get; init; }
    public ItemSource? Source { get; init; }

    /// <summary>Tax included, in the document's currency.</summary>
    public AmountSpan? Total { get; init; }
    public Days? Date { get; init; }
    public Days? DueDate { get; init; }

    /// <summary>In UTC.</summary>
    public Days? Added { get; init; }

    /// <inheritdoc cref="Added"/>
    public Days? Published { get; init; }

    /// <summary>Of tax that is more than nothing.</summary>
    public bool? HasTax { get; init; }

    /// <summary>With lines: whether each has one.</summary>
    public bool? HasCategory { get; init; }

    /// <inheritdoc cref="HasCategory"/>
    public bool? HasTaxRate { get; init; }
    public bool? HasNote { get; init; }
    public bool? HasDocument { get; init; }
    public bool? HasLines { get; init; }

    /// <summary>In another currency than the business's own.</summary>
    public bool? IsForeign { get; init; }

    /// <summary>Waiting for somebody to say whether it is the same as another.</summary>
    public bool? IsDuplicate { get; init; }

    /// <summary>A rule has flagged it, and nobody has taken the flag off.</summary>
    public bool? IsFlagged { get; init; }

    /// <summary>On its way to Sage now, or waiting to be.</summary>
    public bool? IsPublishing { get; init; }

    /// <summary>Why the last publish failed: the name of the failure's kind.</summary>
    public string? Failure { get; init; }

    /// <summary>The items that use an entry of a list; null for a list into which items do not point.</summary>
    public ItemFilter? Using(ListKind list, Guid entry) => list switch
    {
        ListKind.Suppliers => this with { Supplier = entry },
        ListKind.Customers => this with { Customer = entry },
        ListKind.Categories => this with { Category = entry },
        ListKind.TaxRates => this with { TaxRate = entry },
        ListKind.Products or ListKind.Services => this with { Product = entry },
        ListKind.AnalysisCategories => this with { Class = entry },
        _ => null,
    };

    /// <summary>Whether the tab alone says which items.</summary>
    public bool IsWhole => this == new ItemFilter(Workspace, Tab);

    /// <summary>The same on another tab.</summary>
    public ItemFilter On(InboxTab tab) => this with { Tab = tab };
}
