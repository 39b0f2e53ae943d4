using System.Globalization;
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

    private readonly Lazy<DirectoryInfo> folder = new(() => Scratch.Make("zip"));
    private int written;
    private long unpacked;

    /// <summary>The files of it, ready to be taken in; and what is to be said of the ZIP itself and of those that are not.</summary>
    public async Task<(IReadOnlyList<DroppedFile> Files, IReadOnlyList<ArrivalReport> Refused, ArrivalReport Whole)> UnpackAsync(DroppedFile zip, CancellationToken cancellationToken)
    {
        if (zip.Length > Arrivals.LargestZip) return Refuse(zip, PaperRefusalKind.ZipTooLarge);
        await using var stream = zip.Open();
        var origin = new ZipOrigin(zip.FileName, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken)));
        stream.Position = 0;
        using var opened = await StrangersZip.OpenAsync(stream, ZipDirectory.MostBytes, cancellationToken);
        return opened switch
        {
            null => Refuse(zip, PaperRefusalKind.Damaged),
            { IsOfficeDocument: true } => Refuse(zip, PaperRefusalKind.NotPaper),
            { Files.Count: 0 } => Refuse(zip, PaperRefusalKind.ZipEmpty),
            { Files.Count: > MostEntries } => Refuse(zip, PaperRefusalKind.ZipTooMany),
            _ => await UnpackAsync(zip, origin, opened.Files, cancellationToken),
        };
    }

    private async Task<(IReadOnlyList<DroppedFile>, IReadOnlyList<ArrivalReport>, ArrivalReport)> UnpackAsync(DroppedFile zip, ZipOrigin origin, IReadOnlyList<ZippedFile> zipped, CancellationToken cancellationToken)
    {
        var files = new List<DroppedFile>();
        var refused = new List<ArrivalReport>();
        foreach (var one in zipped)
        {
            var (file, why) = await TryUnpackAsync(one, cancellationToken);
            if (file is not null) files.Add(file with { Zip = origin });
            else refused.Add(Refused(one.Name, why) with { Within = zip.FileName });
        }

        var said = zipped.Count == 1 ? "1 file in it." : string.Create(CultureInfo.InvariantCulture, $"{zipped.Count} files in it.");
        return (files, refused, new ArrivalReport(zip.FileName, [], Refusal: null, Action: null, [said]));
    }

    private async Task<(DroppedFile? File, PaperRefusalKind Why)> TryUnpackAsync(ZippedFile zipped, CancellationToken cancellationToken)
    {
        if (zipped.IsLocked) return (null, PaperRefusalKind.ZipLocked);
        if (unpacked >= MostUnpacked) return (null, PaperRefusalKind.ZipUnpacksTooMuch);
        try
        {
            var path = Path.Combine(folder.Value.FullName, (written++).ToString(CultureInfo.InvariantCulture));
            if (await WriteAsync(zipped, path, cancellationToken) is not { } length) return (null, unpacked >= MostUnpacked ? PaperRefusalKind.ZipUnpacksTooMuch : PaperRefusalKind.TooLarge);
            var file = new DroppedFile(zipped.Name, length, () => File.OpenRead(path));
            return zipped.Name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) && ZipDirectory.Begins(await file.HeadAsync(cancellationToken)) ? (null, PaperRefusalKind.ZipWithin) : (file, default);
        }
        catch (InvalidDataException)
        {
            return (null, PaperRefusalKind.Damaged);
        }
    }

    /// <summary>Its length; null as soon as it is longer than a file may be, or all of them together are.</summary>
    private async Task<long?> WriteAsync(ZippedFile zipped, string path, CancellationToken cancellationToken)
    {
        await using var to = File.Create(path);
        var (length, isWhole) = await zipped.CopyAsync(to, Math.Min(Arrivals.LargestFile, MostUnpacked - unpacked), cancellationToken);
        unpacked += length;
        return isWhole ? length : null;
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
