using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Something of ours that points to an entry: an open item, a setting.</summary>
/// <param name="EntryId">Our id of the entry.</param>
/// <param name="What">"Item", "Setting" …: what it is, for a person.</param>
/// <param name="Name">How it is called.</param>
/// <param name="Code">The item's code, for a link; null where there is none.</param>
public sealed record EntryUse(Guid EntryId, string What, string Name, string? Code);

/// <summary>A room that has rows pointing to entries of lists, so that a report can say what a retired entry leaves hanging.</summary>
public interface IUsesEntries
{
    /// <param name="db">Opened for the business.</param>
    Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken);
}

/// <summary>One line of a report.</summary>
/// <param name="Uses">What still points to the entry; looked up for retired ones, as it is now.</param>
public sealed record ChangeLine(Guid Id, ListKind List, ListChangeKind Kind, string SageId, string Name, string? Before, string? After, IReadOnlyList<EntryUse> Uses);

/// <param name="Total">Lines that the filter leaves, on all pages.</param>
public sealed record ChangePage(int Total, IReadOnlyList<ChangeLine> Lines);

/// <summary>What a run found different, entry by entry. The first filling of a list is counted in the run and has no lines.</summary>
public sealed class RefreshReports(BusinessStore store, IEnumerable<IUsesEntries> users)
{
    /// <summary>In the order of lists, and within one in the order in which it was found.</summary>
    /// <param name="take">1 to 200.</param>
    public async Task<ChangePage> PageAsync(
        Caller caller, Guid runId, ListKind? list = null, ListChangeKind? kind = null, int skip = 0, int take = 50, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var changes = scope.Db.ListChanges.AsNoTracking().Where(c => c.RunId == runId && (list == null || c.List == list) && (kind == null || c.Kind == kind));
        var page = await changes.OrderBy(c => c.List).ThenBy(c => c.Id).Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 200)).ToListAsync(cancellationToken);

        var uses = new Dictionary<(ListKind, string), List<EntryUse>>();
        foreach (var gone in page.Where(c => c.Kind is ListChangeKind.Retired).GroupBy(c => c.List))
            await LookUpAsync(scope.Db, gone.Key, [.. gone.Select(c => c.SageId).Distinct(StringComparer.Ordinal)], uses, cancellationToken);
        return new ChangePage(await changes.CountAsync(cancellationToken), page.ConvertAll(c =>
            new ChangeLine(c.Id, c.List, c.Kind, c.SageId, c.Name, c.Before, c.After, uses.GetValueOrDefault((c.List, c.SageId)) ?? [])));
    }

    private async Task LookUpAsync(DextSageDb db, ListKind list, IReadOnlyCollection<string> sageIds, Dictionary<(ListKind, string), List<EntryUse>> uses, CancellationToken cancellationToken)
    {
        await using var table = ListTable.Of(db, list);
        var ids = await table.IdsAsync(sageIds, cancellationToken);
        var sageIdOf = ids.ToDictionary(pair => pair.Value, pair => pair.Key);
        foreach (var user in users)
        foreach (var use in await user.UsesAsync(db, list, ids.Values, cancellationToken))
        {
            var key = (list, sageIdOf[use.EntryId]);
            if (!uses.TryGetValue(key, out var those)) uses.Add(key, those = []);
            those.Add(use);
        }
    }
}
