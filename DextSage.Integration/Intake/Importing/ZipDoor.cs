using System.IO.Compression;
using DextSage.Integration.Intake.Unpacking;

namespace DextSage.Integration.Intake.Importing;

/// <summary>Opens a stranger's ZIP: its directory is measured before it is read, its names are never paths, and what is unpacked is counted as it comes.</summary>
internal static class ZipDoor
{
    /// <summary>Bytes of the directory of a ZIP: some hundred thousand files.</summary>
    private const int LargestDirectory = 16 * 1024 * 1024;

    /// <summary>Null for what is no ZIP, or none that can be opened without harm. Whoever gets one disposes of it, and of the stream with it.</summary>
    public static async Task<ZipArchive?> OpenAsync(FileStream file, CancellationToken cancellationToken)
    {
        try
        {
            if (await ZipDirectory.IsBoundedAsync(file, cancellationToken, LargestDirectory))
            {
                var zip = new ZipArchive(file, ZipArchiveMode.Read);
                // Its directory is read by the first who asks for it.
                if (zip.Entries.Count >= 0) return zip;
            }
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or NotSupportedException or ArgumentException)
        {
            // It says that it is a ZIP, and is none.
        }
        await file.DisposeAsync();
        return null;
    }

    /// <summary>The files in it, by their last names.</summary>
    public static IEnumerable<(string Name, ZipArchiveEntry Entry)> Files(ZipArchive zip) =>
        from entry in zip.Entries
        let name = entry.FullName[(entry.FullName.LastIndexOfAny(['/', '\\']) + 1)..]
        // What a Mac puts beside each file has its name.
        where name.Length > 0 && !name.StartsWith("._", StringComparison.Ordinal)
        select (name, entry);

    /// <summary>Null where there is more of it than <paramref name="most"/>, whatever its heading says.</summary>
    /// <exception cref="InvalidDataException">It is damaged, encrypted or packed in a way that cannot be read.</exception>
    public static async Task<byte[]?> ReadAsync(ZipArchiveEntry entry, int most, CancellationToken cancellationToken)
    {
        if (entry.Length > most) return null;
        if (entry.IsEncrypted) throw new InvalidDataException("It is encrypted.");
        try
        {
            await using var content = await entry.OpenAsync(cancellationToken);
            using var whole = new MemoryStream((int)entry.Length);
            var block = new byte[64 * 1024];
            for (int read; (read = await content.ReadAsync(block, cancellationToken)) > 0;)
            {
                if (whole.Length + read > most) return null;
                whole.Write(block, 0, read);
            }
            return whole.ToArray();
        }
        catch (Exception e) when (e is NotSupportedException or EndOfStreamException)
        {
            throw new InvalidDataException("It cannot be unpacked.", e);
        }
    }
}
