using System.Buffers.Binary;

namespace DextSage.Integration.Intake;

/// <summary>PNG (ISO/IEC 15948): a signature, then chunks of length, type, data and checksum.</summary>
internal static class PngHeader
{
    private const int ChunkFrame = 12;

    public static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>The size in pixels; nothing when the chunks don't lead from IHDR over image data to IEND.</summary>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> png)
    {
        (int Width, int Height)? size = null;
        var hasImageData = false;
        for (var rest = png[Signature.Length..]; rest.Length >= ChunkFrame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            var type = rest.Slice(4, 4);
            if (length > rest.Length - ChunkFrame) return null;
            if (size is null)
            {
                if (!type.SequenceEqual("IHDR"u8) || length != 13) return null;
                size = Size(rest[8..]);
                if (size is null) return null;
            }
            else if (type.SequenceEqual("IDAT"u8)) hasImageData = true;
            else if (type.SequenceEqual("IEND"u8)) return hasImageData ? size : null;

            rest = rest[(ChunkFrame + (int)length)..];
        }

        return null;
    }

    private static (int, int)? Size(ReadOnlySpan<byte> header)
    {
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header[4..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }
}

/// <summary>JPEG (ITU-T T.81, annex B): marker segments up to the scan, entropy-coded data, end of image.</summary>
internal static class JpegHeader
{
    public static ReadOnlySpan<byte> Signature => [0xFF, 0xD8, 0xFF];

    private static ReadOnlySpan<byte> End => [0xFF, 0xD9];

    /// <summary>The size in pixels; nothing when there is no frame, no scan after it, or no end.</summary>
    public static (int Width, int Height)? Read(ReadOnlySpan<byte> jpeg)
    {
        (int Width, int Height)? size = null;
        for (var at = 2; at + 4 <= jpeg.Length;)
        {
            if (jpeg[at] != 0xFF) return null;
            var marker = jpeg[at + 1];
            if (marker == 0xFF) { at++; continue; }
            if (marker is 0x01 or (>= 0xD0 and <= 0xD7)) { at += 2; continue; }
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length) return null;
            // Inside the scan FF is always followed by 00 or a restart marker, so FF D9 after it can only be the end of an image.
            if (marker == 0xDA) return jpeg[at..].LastIndexOf(End) > 0 ? size : null;
            if (IsFrame(marker)) size = Size(jpeg.Slice(at + 4, length - 2));
            at += 2 + length;
        }

        return null;
    }

    private static bool IsFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private static (int, int)? Size(ReadOnlySpan<byte> frame)
    {
        if (frame.Length < 6) return null;
        var (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[1..]), BinaryPrimitives.ReadUInt16BigEndian(frame[3..]));
        return width > 0 && height > 0 ? (width, height) : null;
    }
}

/// <summary>Where a PDF says that it is one (ISO 32000-1, 7.5.2 and annex H.3: readers look in the first 1024 bytes).</summary>
internal static class PdfHeader
{
    private const int Window = 1024;
    private const int Tail = 4096;

    internal enum Place { None, Start, Hidden }

    /// <summary>
    /// Printers and mail gateways put job headers before the PDF, so something may stand there; but not what a browser or an
    /// archiver would take the whole file for.
    /// </summary>
    public static Place Find(ReadOnlySpan<byte> file)
    {
        var at = file[..Math.Min(file.Length, Window)].IndexOf("%PDF-"u8);
        if (at < 0) return Place.None;
        var before = file[..at];
        var disguised = before.Contains((byte)'<') || before.IndexOf("PK\u0003\u0004"u8) >= 0
            || before.StartsWith("MZ"u8) || before.StartsWith("\u007fELF"u8) || before.StartsWith("GIF8"u8)
            || before.StartsWith("Rar!"u8) || before.StartsWith("7z"u8) || before.StartsWith("#!"u8);
        return disguised ? Place.Hidden : Place.Start;
    }

    /// <summary>A PDF that was cut off has lost its trailer.</summary>
    public static bool HasEnd(ReadOnlySpan<byte> file)
    {
        var tail = file[^Math.Min(file.Length, Tail)..];
        return tail.IndexOf("%%EOF"u8) >= 0 || tail.IndexOf("startxref"u8) >= 0;
    }
}
