using System.Buffers;
using System.Security.Cryptography;

namespace DextSage.Integration.Storage;

/// <summary>A file in the store.</summary>
/// <param name="Sha256">64 lower-case hex digits: its content's SHA-256, and its only name.</param>
/// <param name="Length">In bytes.</param>
public sealed record StoredDocument(string Sha256, long Length);

/// <summary>
/// Keeps every file byte for byte under the SHA-256 of its content, so that the same file is stored once and no sender's name
/// ever becomes a path. A file appears under its name only when it is whole and on the disk.
/// </summary>
public sealed class DocumentStore
{
    private const int Block = 64 * 1024;
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");
    private readonly string folder;
    private readonly string incoming;
    private readonly Lock naming = new();

    /// <summary>Opens the store, making its folder where there is none, and sweeps what a crash left half-written.</summary>
    /// <param name="folder">Its own folder, outside the web root, used by one process at a time.</param>
    public DocumentStore(string folder)
    {
        this.folder = Path.GetFullPath(folder);
        incoming = Path.Combine(this.folder, "incoming");
        Directory.CreateDirectory(incoming);
        foreach (var leftover in Directory.EnumerateFiles(incoming)) File.Delete(leftover);
        Lift();
    }

    /// <summary>Stores a file: when it returns, it is on the disk. Storing the same content again changes nothing.</summary>
    public Task<StoredDocument> SaveAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation = default) => Task.Run(() => Save(content.Span), cancellation);

    /// <summary>Opens a stored file for reading; nothing when there is none of that name.</summary>
    /// <exception cref="ArgumentException"><paramref name="sha256"/> is not 64 lower-case hex digits.</exception>
    public Stream? OpenRead(string sha256)
    {
        var path = PathOf(sha256);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Block, useAsync: true) : null;
    }

    /// <exception cref="ArgumentException"><paramref name="sha256"/> is not 64 lower-case hex digits.</exception>
    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Deletes a file, unless it was stored, or stored again, since then.</summary>
    /// <returns>True where there is none of that name any more.</returns>
    public bool DeleteUnlessStoredSince(string sha256, DateTimeOffset since)
    {
        var path = PathOf(sha256);
        lock (naming)
        {
            if (!File.Exists(path)) return true;
            if (File.GetLastWriteTimeUtc(path) >= since.UtcDateTime) return false;
            File.Delete(path);
            return true;
        }
    }

    private StoredDocument Save(ReadOnlySpan<byte> content)
    {
        var half = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            using (var file = File.OpenHandle(half, FileMode.CreateNew, FileAccess.Write, FileShare.None, preallocationSize: content.Length))
            {
                RandomAccess.Write(file, content, fileOffset: 0);
                RandomAccess.FlushToDisk(file);
            }

            var stored = new StoredDocument(Convert.ToHexStringLower(SHA256.HashData(content)), content.Length);
            Keep(half, stored.Sha256);
            return stored;
        }
        catch
        {
            File.Delete(half);
            throw;
        }
    }

    private void Keep(string half, string sha256)
    {
        var path = PathOf(sha256);
        var place = Path.GetDirectoryName(path)!;
        var isNew = !Directory.Exists(place);
        Directory.CreateDirectory(place);
        // Over an existing file too: it holds the same bytes, and if somebody damaged it, it is whole again.
        lock (naming) File.Move(half, path, overwrite: true);
        FolderSync.Flush(place);
        if (isNew) FolderSync.Flush(folder);
    }

    // Files used to lie a folder deeper, almost each in one of its own, which took longer to make than the file.
    private void Lift()
    {
        foreach (var deeper in Directory.EnumerateDirectories(folder).SelectMany(Directory.EnumerateDirectories).ToList())
        {
            foreach (var file in Directory.EnumerateFiles(deeper)) File.Move(file, PathOf(Path.GetFileName(file)), overwrite: true);
            Directory.Delete(deeper);
        }
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(HexDigits))
            throw new ArgumentException("A stored document is named by 64 lower-case hex digits.", nameof(sha256));
        return Path.Combine(folder, sha256[..2], sha256);
    }
}
