using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <summary>
/// Looks into the watched folder of a business and takes in what has stopped growing: written down as a delivery, taken in, moved. A process killed anywhere
/// finds the file where it was, knows the delivery again by name, time and content, and ends it.
/// </summary>
public sealed class FolderWork(BusinessStore store, DeliveryDesk desk, FolderOptions options, BusinessSignal signal, TimeProvider time) : IBusinessWork
{
    private const int MostAtATime = 100, MostListed = 5_000, HeadBytes = 4096;
    internal static readonly TimeSpan LooksEvery = TimeSpan.FromSeconds(15);

    /// <summary>As each file was when it was last looked at.</summary>
    private readonly ConcurrentDictionary<Guid, Dictionary<string, (long Length, DateTime Written)>> seen = [];

    public IQueryable<Guid> Pending(DextSageDb db) => db.WatchedFolders.IgnoreQueryFilters().Where(f => f.IsOn).Select(f => f.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        if (await db.WatchedFolders.AsTracking().SingleOrDefaultAsync(f => f.IsOn, cancellationToken) is not { } folder) return null;
        var before = folder.Problem;
        try
        {
            folder.Problem = await LookAsync(db, folder, cancellationToken);
        }
        catch (AccessDeniedException)
        {
            (folder.IsOn, folder.Problem) = (false, "Whoever turned it on is no member any more. Another Admin has to turn it on.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            folder.Problem = "Files in the folder cannot be read or moved. DextSage needs the right to read, write and delete there.";
        }
        folder.LookedAt = time.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        if (folder.Problem != before) signal.Raise(businessId);
        return folder.IsOn ? time.GetUtcNow() + LooksEvery : null;
    }

    private async Task<string?> LookAsync(DextSageDb db, WatchedFolder folder, CancellationToken cancellationToken)
    {
        var slug = await db.Businesses.Where(b => b.Id == folder.BusinessId).Select(b => b.Slug).SingleAsync(cancellationToken);
        if (FolderPlace.Open(options, slug, folder.Name, out var problem) is not { } place) return problem;
        var former = seen.GetValueOrDefault(folder.BusinessId) ?? [];
        var files = place.Files(MostListed);
        seen[folder.BusinessId] = files.ToDictionary(f => f.Name, f => (f.Length, f.LastWriteTimeUtc), StringComparer.Ordinal);
        var (taken, trouble) = (0, (string?)null);
        foreach (var file in files.Where(f => former.TryGetValue(f.Name, out var then) && then == (f.Length, f.LastWriteTimeUtc)))
        {
            try
            {
                if (await TakeAsync(place, folder, file, cancellationToken) && ++taken == MostAtATime) break;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It holds up none of those behind it.
                trouble ??= $"{PaperRefusals.Shown(file.Name)} cannot be read or moved. DextSage needs the right to read, write and delete there.";
            }
        }

        var misnamed = place.Misnamed(MostListed);
        if (misnamed.Count > 0) trouble = $"{(trouble is null ? "" : trouble + " ")}{Misnamed(misnamed)}";
        return trouble;
    }

    // Nothing but its name is wrong with it, and only whoever has the folder can change that.
    private static string Misnamed(IReadOnlyList<string> names) => string.Create(CultureInfo.InvariantCulture,
        $"{PaperRefusals.Shown(names[0])}{(names.Count == 1 ? " has a name that is" : $" and {names.Count - 1:N0} more have names that are")} not written in UTF-8, so {(names.Count == 1 ? "it" : "they")} cannot be opened. Rename {(names.Count == 1 ? "it" : "them")} in the folder, with plain letters, and {(names.Count == 1 ? "it comes" : "they come")} in.");

    /// <returns>Whether the folder is rid of it.</returns>
    private async Task<bool> TakeAsync(FolderPlace place, WatchedFolder folder, FileInfo file, CancellationToken cancellationToken)
    {
        var then = (file.Length, file.LastWriteTimeUtc);
        var scratch = Scratch.Make("folder");
        try
        {
            var copy = Path.Combine(scratch.FullName, "file");
            // A copy of our own: what is looked at is what is taken in, whatever becomes of the file meanwhile.
            if (await CopyAsync(place, file, copy, cancellationToken) is not { } length || !IsStill(file, then)) return false;
            var result = await desk.TakeAsync(new Caller(folder.PersonId, folder.BusinessId), await OrderAsync(folder, file, copy, length, cancellationToken), cancellationToken);
            // What was put in its place meanwhile is another file, for the next time.
            if (!IsStill(file, then) || result.Report is not { } report) return false;
            if (report.Refusal is { } refusal) place.MoveToRefused(file, $"{refusal} {report.Action}");
            else place.MoveToDone(file);
            signal.Raise(folder.BusinessId);
            return true;
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static bool IsStill(FileInfo file, (long Length, DateTime Written) then)
    {
        file.Refresh();
        return file.Exists && then == (file.Length, file.LastWriteTimeUtc);
    }

    private static async Task<DeliveryOrder> OrderAsync(WatchedFolder folder, FileInfo file, string copy, long length, CancellationToken cancellationToken)
    {
        string hash;
        await using (var content = File.OpenRead(copy)) hash = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancellationToken));
        // Put there again some day, it has another time, and is a delivery of its own.
        var key = string.Create(CultureInfo.InvariantCulture, $"{folder.Name}\0{file.Name}\0{file.LastWriteTimeUtc.Ticks}\0{hash}");
        return new DeliveryOrder(
            DeliveryDoor.Folder, ApiKeyId: null, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key))), hash,
            new DroppedFile(file.Name, length, () => File.OpenRead(copy)), folder.Workspace);
    }

    /// <returns>Bytes, what is beyond the largest file counted and not kept; null where it has changed, or cannot be opened.</returns>
    private static async Task<long?> CopyAsync(FolderPlace place, FileInfo file, string copy, CancellationToken cancellationToken)
    {
        await using var to = File.Create(copy);
        // Nothing, or a pipe, which would be waited for without end.
        if (file.Length == 0) return 0;
        if (place.Open(file) is not { } from) return null;
        await using (from)
        {
            if (from.Length != file.Length) return null;
            var head = new byte[HeadBytes];
            var read = await from.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
            await to.WriteAsync(head.AsMemory(0, read), cancellationToken);
            // Of what is too large the beginning is enough: it says what it is.
            if (from.Length > FileLimit.Of(head)) return from.Length;
            await from.CopyToAsync(to, cancellationToken);
            return to.Length;
        }
    }
}
