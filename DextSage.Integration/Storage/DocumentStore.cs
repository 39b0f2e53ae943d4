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
    }

    /// <summary>Stores what the stream holds. Storing the same content again changes nothing.</summary>
    /// <returns>The stored file, or nothing when the stream is longer than <paramref name="maxBytes"/>; then nothing is kept.</returns>
    public async Task<StoredDocument?> SaveAsync(Stream content, long maxBytes, CancellationToken cancellation = default)
    {
        var half = Path.Combine(incoming, Guid.NewGuid().ToString("N"));
        try
        {
            var stored = await WriteAsync(content, half, maxBytes, cancellation);
            if (stored is not null) Keep(half, stored.Sha256);
            return stored;
        }
        finally
        {
            File.Delete(half);
        }
    }

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

    private static async Task<StoredDocument?> WriteAsync(Stream content, string path, long maxBytes, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var block = ArrayPool<byte>.Shared.Rent(Block);
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
            await using (file)
            {
                var length = 0L;
                for (int read; (read = await content.ReadAsync(block, cancellation)) > 0;)
                {
                    length += read;
                    if (length > maxBytes) return null;
                    hash.AppendData(block, 0, read);
                    await file.WriteAsync(block.AsMemory(0, read), cancellation);
                }

                file.Flush(flushToDisk: true);
                return new StoredDocument(Convert.ToHexStringLower(hash.GetHashAndReset()), length);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void Keep(string half, string sha256)
    {
        var path = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // Over an existing file too: it holds the same bytes, and if somebody damaged it, it is whole again.
        lock (naming) File.Move(half, path, overwrite: true);
    }

    private string PathOf(string sha256)
    {
        if (sha256.Length != 64 || sha256.AsSpan().ContainsAnyExcept(HexDigits))
            throw new ArgumentException("A stored document is named by 64 lower-case hex digits.", nameof(sha256));
        return Path.Combine(folder, sha256[..2], sha256[2..4], sha256);
    }
}
