using DextSage.Integration.Lists;

namespace DextSage.Integration.Items;

/// <summary>The tabs of an inbox. Those from <see cref="ToReview"/> to <see cref="Processing"/> are parts of <see cref="Inbox"/>.</summary>
public enum InboxTab { Inbox, ToReview, Ready, Failed, Processing, Archive, Bin }

/// <summary>Which items of a business: all of it can stand in an address, and be asked for again as a whole.</summary>
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

    /// <summary>What it finds beside the tab: the same in the whole workspace.</summary>
    public ItemFilter On(InboxTab tab) => this with { Tab = tab };
}
