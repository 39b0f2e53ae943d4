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
    public static bool IsUsedByItems(ListKind list) => ItemPointers.Into(list) is not null;

    /// <summary>Uses by entry; an entry that no item uses is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, EntryCount>> OfAsync(Caller caller, ListKind list, IReadOnlyList<Guid> entries, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (ItemPointers.Into(list) is not { } pointer) return new Dictionary<Guid, EntryCount>();
        return await scope.Items.Where(i => entries.Contains(EF.Property<Guid?>(i, pointer)!.Value)).GroupBy(i => EF.Property<Guid?>(i, pointer))
            .Select(g => new { g.Key, All = g.Count(), Open = g.Count(i => i.Status != ItemStatus.Published) })
            .ToDictionaryAsync(g => g.Key!.Value, g => new EntryCount(g.All, g.Open), cancellationToken);
    }
}
