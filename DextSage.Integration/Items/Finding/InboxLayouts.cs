using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Each person's own columns and density, for each inbox.</summary>
public sealed class InboxLayouts(BusinessStore store)
{
    public async Task<InboxLayoutView> ReadAsync(Caller caller, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return (await scope.Db.InboxLayouts.AsNoTracking().SingleOrDefaultAsync(l => l.PersonId == caller.PersonId && l.Workspace == workspace, cancellationToken))?.View ?? InboxLayoutView.Usual;
    }

    public async Task SaveAsync(Caller caller, Workspace workspace, InboxLayoutView layout, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var kept = await OwnAsync(scope, workspace, cancellationToken);
        kept.Columns = layout.Columns.SequenceEqual(InboxLayoutView.Usual.Columns) ? null : string.Join(',', layout.Columns.Where(Enum.IsDefined).Distinct().Order());
        kept.Density = layout.Density;
        await scope.Db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The member's own row, tracked; new where there is none.</summary>
    internal static async Task<InboxLayout> OwnAsync(BusinessScope scope, Workspace workspace, CancellationToken cancellationToken)
    {
        var (person, db) = (scope.Member.PersonId, scope.Db);
        if (await db.InboxLayouts.AsTracking().SingleOrDefaultAsync(l => l.PersonId == person && l.Workspace == workspace, cancellationToken) is { } kept) return kept;
        var made = new InboxLayout { BusinessId = scope.Member.BusinessId, PersonId = person, Workspace = workspace };
        db.Add(made);
        return made;
    }
}
