using DextSage.Integration.Items;

namespace DextSage.Tests.ItemPages;

/// <summary>An item page's item, all in order, for tests to spoil.</summary>
internal static class ItemViews
{
    public static readonly DateTimeOffset Then = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static ItemView Ready { get; } = new(
        "7K3Q9VTMDW", Version: 4, ItemStatus.Ready, ItemType.Invoice,
        Guid.CreateVersion7(), "Northwind Paper Ltd", CreateSupplier: false, Guid.CreateVersion7(), "Stationery (7501)", Guid.CreateVersion7(), "Standard 20.00%",
        "Paper", new DateOnly(2026, 11, 2), new DateOnly(2026, 12, 2), "INV-1", "GBP", 120m, 20m, 100m, Note: null,
        ItemSource.Upload, "Alice Archer", Then, Then, Document: null, PublishWithoutDocument: false,
        Issues: [], Failure: null, Locked: null, PublishRefusal: null, WaitingBecause: null, UsesTax: true,
        SageNumber: null, SageUrl: null, PublishedAt: null, PublishedWith: null, Previous: null, Next: null);
}
