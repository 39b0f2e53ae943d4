using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>What points to an entry.</summary>
public enum UseKind
{
    /// <summary>An item that has not been published.</summary>
    Item,

    /// <summary>Defaults of the connection's settings, and what Class and Location are.</summary>
    CostsTaxRate, SalesTaxRate, Class, Location,

    /// <summary>A rule that sets it, or applies to what has it.</summary>
    Rule,

    /// <summary>A payment method of ours, linked to a bank account.</summary>
    PaymentMethod,

    /// <summary>Another entry that points to it as its default: Sage's own pointer, and mended there.</summary>
    Supplier, Customer, Category, Product,
}

/// <param name="EntryId">Our id of the entry that is pointed to.</param>
/// <param name="Name">How that which points is called; null for a setting, of which there is one.</param>
/// <param name="Code">The item's code, for a link; null for everything else.</param>
public sealed record EntryUse(Guid EntryId, UseKind Kind, string? Name = null, string? Code = null);

/// <summary>Somebody who has rows pointing to entries of lists, so that a report can say what a retired entry leaves hanging.</summary>
public interface IUsesEntries
{
    /// <param name="db">Opened for the business.</param>
    Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken);
}
