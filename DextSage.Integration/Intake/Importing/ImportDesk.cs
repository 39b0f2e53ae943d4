using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Intake.Unpacking;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Importing;

/// <summary>Takes the files of a Dext export, starts the import and stops it.</summary>
public sealed class ImportDesk(BusinessStore store, ImportFolder folder, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Bytes of one ZIP.</summary>
    public const long LargestZip = 1024L * 1024 * 1024;

    /// <summary>Files of one import, the export among them.</summary>
    public const int MostFiles = 5000;

    /// <summary>Bytes of all its files together.</summary>
    public const long LargestImport = 2 * LargestZip;

    /// <summary>Imports of one business that have not ended.</summary>
    public const int MostOpen = 3;

    /// <summary>The row, before any of its files is kept.</summary>
    public async Task<(Guid? Id, string? Refusal)> BeginAsync(Caller caller, Workspace workspace, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (await scope.Db.ExportImports.CountAsync(i => i.EndedAt == null, cancellationToken) >= MostOpen)
            return (null, $"{MostOpen} imports are open in this business already. Finish or discard one of them first.");
        var import = new ExportImport { BusinessId = caller.BusinessId, PersonId = caller.PersonId, Workspace = workspace, AskedAt = time.GetUtcNow() };
        scope.Db.Add(import);
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return (import.Id, null);
    }

    /// <summary>Keeps one of its files. What is too large, and a second table, is written down without its bytes, so that it can be named.</summary>
    /// <returns>False where the import is not open any more.</returns>
    public async Task<bool> KeepAsync(Caller caller, Guid import, string name, Stream content, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (!await db.ExportImports.AnyAsync(i => i.Id == import && i.PersonId == caller.PersonId && i.Status == ImportStatus.Arriving, cancellationToken)) return false;
        var kind = name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? ImportFileKind.Table : name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? ImportFileKind.Zip : ImportFileKind.Paper;
        if (kind is ImportFileKind.Table && await TableAsync(db, import, cancellationToken) is not null) kind = ImportFileKind.SecondTable;
        var id = Guid.CreateVersion7();
        var most = kind switch { ImportFileKind.Table => DextExport.MaxBytes, ImportFileKind.Zip => LargestZip, ImportFileKind.SecondTable => 0, _ => PaperInspector.MaxBytes };
        var kept = await folder.SaveAsync(import, id, content, most, cancellationToken);
        db.Add(new ImportFile { Id = id, BusinessId = caller.BusinessId, ImportId = import, Name = FileNames.Leaf(name), Kind = kind, Length = kept ?? 0 });
        await db.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>All files are there. The export itself may lie in a ZIP.</summary>
    /// <returns>Why there is nothing to import, as a sentence; then it is discarded.</returns>
    public async Task<string?> ArrivedAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (await Theirs(scope).SingleOrDefaultAsync(i => i.Id == id && i.Status == ImportStatus.Arriving, cancellationToken) is not { } import) return "The import is not open any more.";
        var tooLarge = await db.ImportFiles.Where(f => f.ImportId == id && f.Kind == ImportFileKind.Table).OrderBy(f => f.Id).Select(f => f.Name).ToListAsync(cancellationToken);
        var table = await TableAsync(db, id, cancellationToken) ?? await UnpackTableAsync(db, import, tooLarge, cancellationToken);
        if (table is null)
        {
            End(import, ImportStatus.Failed, tooLarge is [var first, ..] ? ImportSentences.TableTooLarge(first) : "There was no CSV file among what was chosen. Export from Dext as CSV, and choose that file with its ZIP.");
        }
        else
        {
            import.FileName = table.Name;
            import.Status = ImportStatus.Preview;
        }
        await db.SaveChangesAsync(cancellationToken);
        if (import.HasEnded) await jobs.EnqueueAsync<ImportWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return import.Problem;
    }

    /// <summary>Says which column of the file is what, from 0. It holds for the preview, and for the import when it is started.</summary>
    public async Task MapAsync(Caller caller, Guid id, IReadOnlyDictionary<ExportColumn, int> columns, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (await Theirs(scope).SingleOrDefaultAsync(i => i.Id == id && i.Status == ImportStatus.Preview, cancellationToken) is not { } import) return;
        import.Columns = columns.ToDictionary();
        await scope.Db.SaveChangesAsync(cancellationToken);
    }

    /// <returns>Why not, as a sentence.</returns>
    public async Task<string?> StartAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (await Theirs(scope).SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } import) return "There is no such import.";
        if (import.Status is not ImportStatus.Preview) return null; // Somebody was faster, and it goes on.
        import.Status = ImportStatus.Queued;
        await scope.Db.SaveChangesAsync(cancellationToken);
        await jobs.EnqueueAsync<ImportWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Discards what has not begun, and stops what has: what was added by then stays.</summary>
    public async Task CancelAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        if (await Theirs(scope).SingleOrDefaultAsync(i => i.Id == id && i.EndedAt == null, cancellationToken) is not { } import) return;
        if (import.IsLive) import.CancelRequested = true;
        else End(import, ImportStatus.Cancelled, problem: null);
        await scope.Db.SaveChangesAsync(cancellationToken);
        await jobs.EnqueueAsync<ImportWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
    }

    private void End(ExportImport import, ImportStatus status, string? problem) => (import.Status, import.EndedAt, import.Problem) = (status, time.GetUtcNow(), problem);

    /// <summary>The export that came as a file of its own, of which the bytes are here.</summary>
    private async Task<ImportFile?> TableAsync(DextSageDb db, Guid import, CancellationToken cancellationToken) =>
        folder.TableOf(await db.ImportFiles.Where(f => f.ImportId == import && f.Kind == ImportFileKind.Table).OrderBy(f => f.Id).ToListAsync(cancellationToken));

    /// <param name="tooLarge">Gets the names of those that are none for their size.</param>
    private async Task<ImportFile?> UnpackTableAsync(DextSageDb db, ExportImport import, List<string> tooLarge, CancellationToken cancellationToken)
    {
        foreach (var file in await db.ImportFiles.Where(f => f.ImportId == import.Id && f.Kind == ImportFileKind.Zip).OrderBy(f => f.Id).ToListAsync(cancellationToken))
        {
            if (folder.OpenRead(import.Id, file.Id) is not { } stream || await StrangersZip.OpenAsync(stream, StrangersZip.LargestDirectory, cancellationToken) is not { } zip) continue;
            using (zip)
            {
                foreach (var within in zip.Files.Where(f => f.IsTable))
                {
                    if (within.Length > DextExport.MaxBytes) tooLarge.Add(within.Name);
                    if (await UnpackAsync(within, cancellationToken) is not { } content || !DextExport.LooksLikeOne(content)) continue;
                    var table = new ImportFile { BusinessId = import.BusinessId, ImportId = import.Id, Name = within.Name, Kind = ImportFileKind.Table, Length = content.Length };
                    await folder.SaveAsync(import.Id, table.Id, new MemoryStream(content), DextExport.MaxBytes, cancellationToken);
                    db.Add(table);
                    return table;
                }
            }
        }
        return null;
    }

    private static async Task<byte[]?> UnpackAsync(ZippedFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await file.ReadAsync(DextExport.MaxBytes, cancellationToken);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // One's own; an Admin all.
    internal static IQueryable<ExportImport> Theirs(BusinessScope scope) =>
        scope.Db.ExportImports.AsTracking().Where(i => i.PersonId == scope.Member.PersonId || scope.Member.Role == Role.Admin);
}
