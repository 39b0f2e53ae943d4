using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <param name="Open">Of <paramref name="All"/>, those that have not been published.</param>
/// <param name="Workspace">Where they lie: Sales where none of them is a cost.</param>
public sealed record EntryCount(int All, int Open, Workspace Workspace = Workspace.Costs);

/// <summary>How many items use an entry of a list, they themselves or one of their lines, among those that the caller may see. What is in the bin does not count.</summary>
public sealed class EntryUsage(BusinessStore store)
{
    /// <summary>Whether items point to entries of this list at all.</summary>
    public static bool IsUsedByItems(ListKind list) => ItemPointers.AreInto(list);

    /// <summary>Uses by entry; an entry that no item uses is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, EntryCount>> OfAsync(Caller caller, ListKind list, IReadOnlyList<Guid> entries, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (!IsUsedByItems(list)) return new Dictionary<Guid, EntryCount>();
        var counts = await scope.Items.Where(i => i.Place != Place.Bin).PointersInto(list).Where(p => entries.Contains(p.EntryId))
            .GroupBy(p => new { p.EntryId, p.Workspace })
            .Select(g => new { g.Key.EntryId, g.Key.Workspace, All = g.Count(), Open = g.Count(p => p.Status != ItemStatus.Published) })
            .ToListAsync(cancellationToken);
        return counts.GroupBy(c => c.EntryId).ToDictionary(
            g => g.Key, g => new EntryCount(g.Sum(c => c.All), g.Sum(c => c.Open), g.Any(c => c.Workspace is Workspace.Costs) ? Workspace.Costs : Workspace.Sales));
    }
}
