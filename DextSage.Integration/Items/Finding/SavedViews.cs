using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <param name="Query">Of the inbox's address, without its question mark.</param>
/// <param name="MayChange">Whether the caller may rename, update, share or delete it.</param>
public sealed record SavedViewRow(Guid Id, string Name, string Query, bool IsShared, bool MayChange);

/// <param name="OpensWith">The one with which the caller's inbox opens; null where it opens as usual.</param>
public sealed record SavedViewList(IReadOnlyList<SavedViewRow> Views, Guid? OpensWith);

/// <summary>A view as somebody wants it kept.</summary>
/// <param name="Id">Null for a new one.</param>
public sealed record SavedViewDraft(Guid? Id, Workspace Workspace, string Name, string Query, bool IsShared);

/// <summary>The named views of each inbox: everybody keeps their own, and those who see all items share some with the business.</summary>
public sealed class SavedViews(BusinessStore store, BusinessSignal signal)
{
    /// <summary>Characters.</summary>
    public const int LongestName = 60;

    /// <summary>Of one person in one inbox.</summary>
    public const int Most = 50;

    private const int LongestQuery = 2000;

    /// <summary>The caller's own and the shared ones, by name.</summary>
    public async Task<SavedViewList> ListAsync(Caller caller, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var views = await scope.Db.SavedViews.AsNoTracking().Where(v => v.Workspace == workspace && (v.IsShared || v.PersonId == caller.PersonId)).ToListAsync(cancellationToken);
        var opensWith = await scope.Db.InboxLayouts.Where(l => l.PersonId == caller.PersonId && l.Workspace == workspace).Select(l => l.OpensWith).SingleOrDefaultAsync(cancellationToken);
        return new SavedViewList(
            [.. views.OrderBy(v => v.Name, StringComparer.OrdinalIgnoreCase).ThenBy(v => v.Id).Select(v => new SavedViewRow(v.Id, v.Name, v.Query, v.IsShared, MayChange(scope.Member, v)))],
            views.Exists(v => v.Id == opensWith) ? opensWith : null);
    }

    /// <summary>Keeps a new view, or a change of one. Null, or why not, as a sentence.</summary>
    public async Task<string?> SaveAsync(Caller caller, SavedViewDraft draft, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var (db, name) = (scope.Db, draft.Name.Trim());
        if (name.Length is 0 or > LongestName) return $"A view's name has 1 to {LongestName} characters.";
        if (draft.Query.Length > LongestQuery) return "This view has too many filters to be kept.";
        if (draft.IsShared && !MayShare(scope.Member)) return "Admins and Bookkeepers share views. This one can be kept for yourself.";

        var mine = await db.SavedViews.AsTracking().Where(v => v.Workspace == draft.Workspace && (v.IsShared || v.PersonId == caller.PersonId)).ToListAsync(cancellationToken);
        if (mine.Exists(v => v.Id != draft.Id && string.Equals(v.Name, name, StringComparison.OrdinalIgnoreCase))) return $"There is a view called “{name}” already. Choose another name.";
        if (draft.Id is { } id)
        {
            if (mine.Find(v => v.Id == id) is not { } kept) return "This view does not exist any more.";
            if (!MayChange(scope.Member, kept)) return "Only those who share views can change this one.";
            (kept.Name, kept.Query, kept.IsShared) = (name, draft.Query, draft.IsShared);
        }
        else
        {
            if (mine.Count(v => v.PersonId == caller.PersonId) >= Most) return $"You have {Most} views here already. Delete one first.";
            db.Add(new SavedView { BusinessId = caller.BusinessId, PersonId = caller.PersonId, Workspace = draft.Workspace, Name = name, Query = draft.Query, IsShared = draft.IsShared });
        }
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Null, or why not, as a sentence.</summary>
    public async Task<string?> RemoveAsync(Caller caller, Guid viewId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await SeenAsync(scope, viewId, cancellationToken) is not { } view) return null;
        if (!MayChange(scope.Member, view)) return "Only those who share views can delete this one.";
        scope.Db.Remove(view);
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>From now on the caller's inbox opens with this view; null: as usual.</summary>
    public async Task OpenWithAsync(Caller caller, Workspace workspace, Guid? viewId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (viewId is { } id && await SeenAsync(scope, id, cancellationToken) is null) return;
        (await InboxLayouts.OwnAsync(scope, workspace, cancellationToken)).OpensWith = viewId;
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
    }

    private static Task<SavedView?> SeenAsync(BusinessScope scope, Guid id, CancellationToken cancellationToken) =>
        scope.Db.SavedViews.AsTracking().SingleOrDefaultAsync(v => v.Id == id && (v.IsShared || v.PersonId == scope.Member.PersonId), cancellationToken);

    private static bool MayShare(Membership member) => member.Allows(Permission.SeeLists);

    private static bool MayChange(Membership member, SavedView view) => view.IsShared ? MayShare(member) : view.PersonId == member.PersonId;
}
