using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;

namespace DextSage.Integration.Intake.Unpacking;

/// <summary>
/// Unpacks the ZIPs of a drop into a folder that is gone afterwards. What a ZIP says of itself is not believed: bytes are counted as they come out, and an entry's name is only ever shown.
/// </summary>
internal sealed class ZipDrop : IDisposable
{
    /// <summary>Files that a ZIP may hold.</summary>
    public const int MostEntries = 500;

    /// <summary>Bytes that all files of all ZIPs of a drop may have together.</summary>
    public const long MostUnpacked = 500L * 1024 * 1024;

    private readonly Lazy<DirectoryInfo> folder = new(() => Directory.CreateTempSubdirectory("dextsage-zip-"));
    private int written;
    private long unpacked;

    /// <summary>By its first bytes; an empty ZIP has only an end.</summary>
    public static async Task<bool> IsZipAsync(DroppedFile file, CancellationToken cancellationToken)
    {
        await using var stream = file.Open();
        var head = new byte[4];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return length == head.Length && (head.AsSpan().SequenceEqual(ZipDirectory.Start) || head.AsSpan().SequenceEqual(ZipDirectory.End));
    }

    /// <summary>The files of it, ready to be taken in; and what is to be said of the ZIP itself and of those that are not.</summary>
    public async Task<(IReadOnlyList<DroppedFile> Files, IReadOnlyList<ArrivalReport> Refused, ArrivalReport Whole)> UnpackAsync(DroppedFile zip, CancellationToken cancellationToken)
    {
        if (zip.Length > Arrivals.LargestZip) return Refuse(zip, PaperRefusalKind.ZipTooLarge);
        await using var stream = zip.Open();
        if (!await ZipDirectory.IsBoundedAsync(stream, cancellationToken)) return Refuse(zip, PaperRefusalKind.Damaged);
        var origin = new ZipOrigin(zip.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
        stream.Position = 0;
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            // A document of an office program is a ZIP too.
            if (archive.Entries.Any(e => e.FullName is "[Content_Types].xml" or "mimetype")) return Refuse(zip, PaperRefusalKind.NotPaper);
            var entries = archive.Entries.Where(IsWanted).ToList();
            return entries.Count switch
            {
                0 => Refuse(zip, PaperRefusalKind.ZipEmpty),
                > MostEntries => Refuse(zip, PaperRefusalKind.ZipTooMany),
                _ => await UnpackAsync(zip, origin, entries, cancellationToken),
            };
        }
        catch (InvalidDataException)
        {
            return Refuse(zip, PaperRefusalKind.Damaged);
        }
    }

    private async Task<(IReadOnlyList<DroppedFile>, IReadOnlyList<ArrivalReport>, ArrivalReport)> UnpackAsync(DroppedFile zip, ZipOrigin origin, List<ZipArchiveEntry> entries, CancellationToken cancellationToken)
    {
        var files = new List<DroppedFile>();
        var refused = new List<ArrivalReport>();
        foreach (var entry in entries)
        {
            var name = FileNames.Leaf(entry.FullName);
            var (file, why) = await TryUnpackAsync(entry, name, cancellationToken);
            if (file is not null) files.Add(file with { Zip = origin });
            else refused.Add(Refused(name, why) with { Within = zip.FileName });
        }

        var said = entries.Count == 1 ? "1 file in it." : string.Create(CultureInfo.InvariantCulture, $"{entries.Count} files in it.");
        return (files, refused, new ArrivalReport(zip.FileName, [], Refusal: null, Action: null, [said]));
    }

    private async Task<(DroppedFile? File, PaperRefusalKind Why)> TryUnpackAsync(ZipArchiveEntry entry, string name, CancellationToken cancellationToken)
    {
        if (entry.IsEncrypted) return (null, PaperRefusalKind.ZipLocked);
        if (unpacked >= MostUnpacked) return (null, PaperRefusalKind.ZipUnpacksTooMuch);
        try
        {
            var path = Path.Combine(folder.Value.FullName, (written++).ToString(CultureInfo.InvariantCulture));
            if (await WriteAsync(entry, path, cancellationToken) is not { } length) return (null, unpacked >= MostUnpacked ? PaperRefusalKind.ZipUnpacksTooMuch : PaperRefusalKind.TooLarge);
            var file = new DroppedFile(name, length, () => File.OpenRead(path));
            return await IsZipAsync(file, cancellationToken) && name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) ? (null, PaperRefusalKind.ZipWithin) : (file, default);
        }
        catch (InvalidDataException)
        {
            return (null, PaperRefusalKind.Damaged);
        }
    }

    /// <summary>Its length; null as soon as it is longer than a file may be, or all of them together are.</summary>
    private async Task<long?> WriteAsync(ZipArchiveEntry entry, string path, CancellationToken cancellationToken)
    {
        await using var from = entry.Open();
        await using var to = File.Create(path);
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        try
        {
            long length = 0;
            for (int read; (read = await from.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                (length, unpacked) = (length + read, unpacked + read);
                if (length > Arrivals.LargestFile || unpacked > MostUnpacked) return null;
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }

            return length;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What the machine that packed it put there for itself is nobody's paper.
    private static bool IsWanted(ZipArchiveEntry entry)
    {
        var parts = entry.FullName.Split('/', '\\');
        return parts[^1].Length > 0 && !parts.Any(p => (p.StartsWith('.') && p is not ("." or "..")) || p == "__MACOSX") && parts[^1] is not ("Thumbs.db" or "desktop.ini");
    }

    private static (IReadOnlyList<DroppedFile>, IReadOnlyList<ArrivalReport>, ArrivalReport) Refuse(DroppedFile zip, PaperRefusalKind why) => ([], [], Refused(zip.FileName, why));

    private static ArrivalReport Refused(string name, PaperRefusalKind why)
    {
        var refusal = PaperRefusals.For(why, name);
        return new ArrivalReport(name, [], refusal.Sentence, refusal.Action, []);
    }

    public void Dispose()
    {
        if (folder.IsValueCreated && Directory.Exists(folder.Value.FullName)) folder.Value.Delete(recursive: true);
    }
}
