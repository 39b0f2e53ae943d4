using System.IO.Compression;
using System.Text;
using DextSage.Integration.Intake;

namespace DextSage.Tests.Intake.Unpacking;

/// <summary>ZIPs, honest and otherwise.</summary>
internal static class Zips
{
    public static byte[] Of(params (string Name, byte[] Content)[] files)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in files)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(content);
            }
        }

        return zip.ToArray();
    }

    /// <summary>Files of so many zeros, which pack to almost nothing.</summary>
    public static byte[] OfZeros(int files, int megabytes)
    {
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var n = 0; n < files; n++)
            {
                using var entry = archive.CreateEntry($"{n}.pdf").Open();
                for (var m = 0; m < megabytes; m++) entry.Write(new byte[1024 * 1024]);
            }
        }

        return zip.ToArray();
    }

    /// <summary>The same with another byte in each of its headers (APPNOTE.TXT 4.3.7 and 4.3.12), so many behind the signature.</summary>
    public static byte[] With(byte[] zip, int inLocal, int inDirectory, byte[] value)
    {
        var copy = zip.ToArray();
        for (var at = 0; at < copy.Length - 46; at++)
        {
            var place = copy.AsSpan(at).StartsWith("PK\u0003\u0004"u8) ? inLocal : copy.AsSpan(at).StartsWith("PK\u0001\u0002"u8) ? inDirectory : -1;
            if (place >= 0) value.CopyTo(copy, at + place);
        }

        return copy;
    }

    /// <summary>Marked as encrypted.</summary>
    public static byte[] Locked(byte[] zip) => With(zip, 6, 8, [0x01, 0x00]);

    /// <summary>Says of each of its files that it has ten bytes.</summary>
    public static byte[] Understated(byte[] zip) => With(zip, 22, 24, [10, 0, 0, 0]);

    public static DroppedFile Dropped(string name, byte[] content) => new(name, content.Length, () => new MemoryStream(content, writable: false));

    public static byte[] Words(string words) => Encoding.UTF8.GetBytes(words);
}
