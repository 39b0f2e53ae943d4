using System.Buffers;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Importing;

/// <summary>Where the files of an import lie until it has ended: a folder of its own, in which files have ids for names.</summary>
public sealed class ImportFolder(DatabaseOptions database)
{
    internal string Root => Path.Combine(database.DataFolder, "imports");

    /// <returns>Bytes; null where there are more than <paramref name="most"/>, and nothing is kept.</returns>
    internal async Task<long?> SaveAsync(Guid import, Guid file, Stream content, long most, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(FolderOf(import));
        var path = PathOf(import, file);
        var length = 0L;
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            await using (var to = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true))
                for (int read; (read = await content.ReadAsync(buffer, cancellationToken)) > 0;)
                {
                    // What is too long is read to its end all the same, for what comes after it in the same request.
                    length += read;
                    if (length <= most) await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                }
        }
        catch
        {
            // No row knows of it yet, so nobody would come for it.
            File.Delete(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        if (length <= most) return length;
        File.Delete(path);
        return null;
    }

    /// <summary>Imports whose files lie here.</summary>
    internal IReadOnlyList<Guid> Held() =>
        Directory.Exists(Root) ? [.. Directory.EnumerateDirectories(Root).Select(d => Guid.TryParseExact(Path.GetFileName(d), "N", out var import) ? import : Guid.Empty).Where(id => id != Guid.Empty)] : [];

    /// <summary>Of an import's files, in the order in which they came, the table that is imported: the first of which the bytes are here.</summary>
    internal ImportFile? TableOf(IEnumerable<ImportFile> files) => files.FirstOrDefault(f => f.Kind is ImportFileKind.Table && Holds(f.ImportId, f.Id));

    internal bool Holds(Guid import, Guid file) => File.Exists(PathOf(import, file));

    internal FileStream? OpenRead(Guid import, Guid file)
    {
        var path = PathOf(import, file);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 64 * 1024, useAsync: true) : null;
    }

    internal void Delete(Guid import)
    {
        if (Directory.Exists(FolderOf(import))) Directory.Delete(FolderOf(import), recursive: true);
    }

    private string FolderOf(Guid import) => Path.Combine(Root, import.ToString("N"));

    private string PathOf(Guid import, Guid file) => Path.Combine(FolderOf(import), file.ToString("N"));
}
