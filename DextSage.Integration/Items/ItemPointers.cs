using DextSage.Integration.Lists;

namespace DextSage.Integration.Items;

/// <summary>That an item uses an entry of a list: it itself, or one of its lines.</summary>
internal sealed record ItemPointer
{
    public required Guid EntryId { get; init; }
    public required Guid ItemId { get; init; }
    public required Workspace Workspace { get; init; }
    public required ItemStatus Status { get; init; }
}

/// <summary>Where items point into lists. The inbox's filters mean the same (<see cref="ItemFinding"/>).</summary>
internal static class ItemPointers
{
    /// <summary>Whether items point to entries of this list at all.</summary>
    public static bool AreInto(ListKind list) => new ItemFilter().Using(list, Guid.Empty) is not null;

    /// <summary>One for each item and entry, however often the item uses it.</summary>
    public static IQueryable<ItemPointer> PointersInto(this IQueryable<Item> items, ListKind list)
    {
        var lines = items.SelectMany(i => i.Lines, (item, line) => new { item, line });
        return list switch
        {
            ListKind.Suppliers => items.Where(i => i.SupplierId != null).Select(i => new ItemPointer { EntryId = i.SupplierId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status }),
            ListKind.Customers => items.Where(i => i.CustomerId != null).Select(i => new ItemPointer { EntryId = i.CustomerId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status }),
            ListKind.Categories => items.Where(i => i.CategoryId != null).Select(i => new ItemPointer { EntryId = i.CategoryId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status })
                .Union(lines.Where(l => l.line.CategoryId != null).Select(l => new ItemPointer { EntryId = l.line.CategoryId!.Value, ItemId = l.item.Id, Workspace = l.item.Workspace, Status = l.item.Status })),
            ListKind.TaxRates => items.Where(i => i.TaxRateId != null).Select(i => new ItemPointer { EntryId = i.TaxRateId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status })
                .Union(lines.Where(l => l.line.TaxRateId != null).Select(l => new ItemPointer { EntryId = l.line.TaxRateId!.Value, ItemId = l.item.Id, Workspace = l.item.Workspace, Status = l.item.Status })),
            ListKind.AnalysisCategories => items.Where(i => i.ClassId != null).Select(i => new ItemPointer { EntryId = i.ClassId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status })
                .Union(items.Where(i => i.LocationId != null).Select(i => new ItemPointer { EntryId = i.LocationId!.Value, ItemId = i.Id, Workspace = i.Workspace, Status = i.Status }))
                .Union(lines.Where(l => l.line.ClassId != null).Select(l => new ItemPointer { EntryId = l.line.ClassId!.Value, ItemId = l.item.Id, Workspace = l.item.Workspace, Status = l.item.Status }))
                .Union(lines.Where(l => l.line.LocationId != null).Select(l => new ItemPointer { EntryId = l.line.LocationId!.Value, ItemId = l.item.Id, Workspace = l.item.Workspace, Status = l.item.Status })),
            ListKind.Products or ListKind.Services =>
                lines.Where(l => l.line.ProductId != null).Select(l => new ItemPointer { EntryId = l.line.ProductId!.Value, ItemId = l.item.Id, Workspace = l.item.Workspace, Status = l.item.Status }).Distinct(),
            _ => throw new ArgumentOutOfRangeException(nameof(list), list, "No item points to this list."),
        };
    }
}
