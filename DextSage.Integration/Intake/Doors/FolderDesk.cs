using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <param name="Refusal">Why it was not taken, as a sentence.</param>
public sealed record FolderFile(string Name, DateTimeOffset At, IReadOnlyList<string> Codes, string? Refusal, IReadOnlyList<string> Notes);

/// <param name="IsOffered">Whoever runs DextSage has named a base folder.</param>
/// <param name="Own">The business's own folder in it, as a name.</param>
/// <param name="Choices">Folders in the business's own.</param>
/// <param name="Person">In whose name it is on.</param>
/// <param name="Problem">Why it is not looked into, or what in it cannot be taken, as a sentence.</param>
/// <param name="Files">The last that came, newest first.</param>
public sealed record FolderView(
    bool IsOffered, string Own, IReadOnlyList<string> Choices, bool IsOn, string Name, Workspace Workspace, string? Person, string? Problem, DateTimeOffset? LookedAt, IReadOnlyList<FolderFile> Files);

/// <summary>The watched folder of a business, for its Admins.</summary>
public sealed class FolderDesk(BusinessStore store, FolderOptions options, JobQueue jobs, BusinessSignal signal)
{
    private const int ShownFiles = 50;

    public async Task<FolderView> ReadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageDoors, cancellationToken);
        var db = scope.Db;
        var slug = await SlugAsync(db, cancellationToken);
        var folder = await db.WatchedFolders.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var person = folder is null ? null : await db.Users.Where(p => p.Id == folder.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var came = await db.Deliveries.AsNoTracking().Where(d => d.Door == DeliveryDoor.Folder && d.EndedAt != null).OrderByDescending(d => d.BegunAt).Take(ShownFiles).ToListAsync(cancellationToken);
        return new FolderView(
            options.Base is not null, slug, FolderPlace.Choices(options, slug), folder?.IsOn is true, folder?.Name ?? "", folder?.Workspace ?? Workspace.Costs, person, folder?.Problem, folder?.LookedAt,
            came.ConvertAll(d => new FolderFile(d.FileName, d.BegunAt, d.Report?.Codes ?? [], d.Report?.Refusal, d.Report?.Notes ?? [])));
    }

    /// <param name="name">Of a folder in the business's own; empty for that one itself.</param>
    /// <returns>Why not, as a sentence.</returns>
    public async Task<string?> SaveAsync(Caller caller, string name, Workspace workspace, bool isOn, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageDoors, cancellationToken);
        var db = scope.Db;
        if (isOn && FolderPlace.Open(options, await SlugAsync(db, cancellationToken), name, out var problem) is null) return problem;
        var folder = await db.WatchedFolders.AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (folder is null) db.Add(folder = new WatchedFolder { BusinessId = caller.BusinessId });
        (folder.Name, folder.Workspace, folder.IsOn, folder.PersonId, folder.Problem) = (name, workspace, isOn, caller.PersonId, null);
        await db.SaveChangesAsync(cancellationToken);
        if (isOn) await jobs.EnqueueAsync<FolderWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private static Task<string> SlugAsync(DextSageDb db, CancellationToken cancellationToken) =>
        db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.Slug).SingleAsync(cancellationToken);
}
