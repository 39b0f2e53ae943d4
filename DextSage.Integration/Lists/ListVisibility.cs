using DextSage.Integration.People;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>What a change of visibility did; hand it back to undo it.</summary>
/// <param name="IsVisible">What the entries became.</param>
/// <param name="Count">Entries that were not so before.</param>
public sealed record VisibilityChange(ListKind List, Guid Id, bool IsVisible, int Count);

/// <summary>Which entries pickers offer. It touches neither Sage nor the items that use an entry already.</summary>
public sealed class ListVisibility(BusinessStore store, BusinessSignal signal)
{
    /// <param name="query">All that match it change, unless <paramref name="only"/> names some.</param>
    /// <param name="only">Ids of the entries to change; null for all that match.</param>
    public async Task<VisibilityChange> SetAsync(Caller caller, ListQuery query, IReadOnlyList<Guid>? only, bool visible, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        var id = Guid.CreateVersion7();
        var count = await ListShape.Of(query.List).SetVisibleAsync(scope.Db, query, only, visible, id, cancellationToken);
        signal.Raise(caller.BusinessId);
        return new VisibilityChange(query.List, id, visible, count);
    }

    /// <summary>Takes a change back, except for entries that were changed again since.</summary>
    public async Task UndoAsync(Caller caller, VisibilityChange change, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageLists, cancellationToken);
        await ListShape.Of(change.List).UndoVisibleAsync(scope.Db, change.Id, change.IsVisible, cancellationToken);
        signal.Raise(caller.BusinessId);
    }
}
