using System.Buffers;
using System.IO.Compression;

namespace DextSage.Integration.Intake.Unpacking;

/// <summary>A stranger's ZIP: its directory is measured before it is read, its names are never paths, and what is unpacked is counted as it comes, whatever it says of itself.</summary>
internal sealed class StrangersZip : IDisposable
{
    /// <summary>Bytes of a directory of some hundred thousand files.</summary>
    public const int LargestDirectory = 16 * 1024 * 1024;

    private readonly ZipArchive archive;

    private StrangersZip(ZipArchive archive)
    {
        this.archive = archive;
        Files = [.. archive.Entries.Where(IsWanted).Select(e => new ZippedFile(e))];
    }

    /// <summary>Without what the machine that packed it put there for itself.</summary>
    public IReadOnlyList<ZippedFile> Files { get; }

    /// <summary>A document of an office program is a ZIP too.</summary>
    public bool IsOfficeDocument => archive.Entries.Any(e => e.FullName is "[Content_Types].xml" or "mimetype");

    /// <summary>Null for what is no ZIP, or none that can be opened without harm. The stream is disposed of with it, or at once.</summary>
    /// <param name="largestDirectory">Bytes.</param>
    public static async Task<StrangersZip?> OpenAsync(Stream file, int largestDirectory, CancellationToken cancellationToken)
    {
        try
        {
            // Its directory is read by the first who asks for it.
            if (await ZipDirectory.IsBoundedAsync(file, cancellationToken, largestDirectory)) return new StrangersZip(new ZipArchive(file, ZipArchiveMode.Read));
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentException)
        {
            // It says that it is a ZIP, and is none.
        }
        await file.DisposeAsync();
        return null;
    }

    private static bool IsWanted(ZipArchiveEntry entry)
    {
        var parts = entry.FullName.Split('/', '\\');
        return parts[^1].Length > 0 && !parts.Any(p => (p.StartsWith('.') && p is not ("." or "..")) || p == "__MACOSX") && parts[^1] is not ("Thumbs.db" or "desktop.ini");
    }

    public void Dispose() => archive.Dispose();
}

/// <summary>A file in a ZIP.</summary>
internal sealed class ZippedFile(ZipArchiveEntry entry)
{
    /// <summary>Its last name, for people.</summary>
    public string Name { get; } = FileNames.Leaf(entry.FullName);

    /// <summary>Bytes unpacked, as the ZIP says.</summary>
    public long Length => entry.Length;

    /// <summary>With the ZIP's password.</summary>
    public bool IsLocked => entry.IsEncrypted;

    public bool IsTable => entry.FullName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);

    /// <summary>Null where there is more of it than <paramref name="most"/>.</summary>
    /// <exception cref="InvalidDataException">It is damaged, locked or packed in a way that cannot be read.</exception>
    public async Task<byte[]?> ReadAsync(int most, CancellationToken cancellationToken)
    {
        if (Length > most) return null;
        using var whole = new MemoryStream();
        return (await CopyAsync(whole, most, cancellationToken)).IsWhole ? whole.ToArray() : null;
    }

    /// <summary>Unpacks it, up to <paramref name="most"/> bytes.</summary>
    /// <returns>Bytes that came out, and whether these are all.</returns>
    /// <exception cref="InvalidDataException">It is damaged, locked or packed in a way that cannot be read.</exception>
    public async Task<(long Length, bool IsWhole)> CopyAsync(Stream to, long most, CancellationToken cancellationToken)
    {
        if (IsLocked) throw new InvalidDataException("It is locked.");
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            await using var from = await OpenAsync(cancellationToken);
            var length = 0L;
            for (int read; (read = await ReadAsync(from, buffer, cancellationToken)) > 0;)
            {
                length += read;
                if (length > most) return (length, false);
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
            return (length, true);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Task<Stream> OpenAsync(CancellationToken cancellationToken) => ToldAsync(() => entry.OpenAsync(cancellationToken));

    private static Task<int> ReadAsync(Stream from, byte[] buffer, CancellationToken cancellationToken) => ToldAsync(() => from.ReadAsync(buffer, cancellationToken).AsTask());

    // Told apart from trouble with our own disk.
    private static async Task<T> ToldAsync<T>(Func<Task<T>> unpack)
    {
        try
        {
            return await unpack();
        }
        catch (Exception e) when (e is NotSupportedException or EndOfStreamException)
        {
            throw new InvalidDataException("It cannot be unpacked.", e);
        }
    }
}
