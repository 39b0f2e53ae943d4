using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <param name="Open">Of <paramref name="All"/>, those that have not been published.</param>
public sealed record EntryCount(int All, int Open);

/// <summary>How many items use an entry of a list, among those that the caller may see.</summary>
public sealed class EntryUsage(BusinessStore store)
{
    /// <summary>Whether items point to entries of this list at all.</summary>
    public static bool IsUsedByItems(ListKind list) => list is ListKind.Suppliers or ListKind.Categories or ListKind.TaxRates;

    /// <summary>Uses by entry; an entry that no item uses is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, EntryCount>> OfAsync(Caller caller, ListKind list, IReadOnlyList<Guid> entries, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var uses = list switch
        {
            ListKind.Suppliers => scope.Items.Where(i => entries.Contains(i.SupplierId!.Value)).GroupBy(i => i.SupplierId),
            ListKind.Categories => scope.Items.Where(i => entries.Contains(i.CategoryId!.Value)).GroupBy(i => i.CategoryId),
            ListKind.TaxRates => scope.Items.Where(i => entries.Contains(i.TaxRateId!.Value)).GroupBy(i => i.TaxRateId),
            _ => null,
        };
        if (uses is null) return new Dictionary<Guid, EntryCount>();
        return await uses.Select(g => new { g.Key, All = g.Count(), Open = g.Count(i => i.Status != ItemStatus.Published) })
            .ToDictionaryAsync(g => g.Key!.Value, g => new EntryCount(g.All, g.Open), cancellationToken);
    }
}
