using System.Buffers.Binary;

namespace DextSage.Integration.Intake;

/// <summary>Which way up a JPEG is meant. A phone keeps what its sensor saw and writes beside it how it was held: Exif's Orientation (CIPA DC-008, 4.6.4).</summary>
internal static class JpegTurn
{
    private const byte App1 = 0xE1;
    private const byte StartOfScan = 0xDA;
    private const ushort Orientation = 0x0112;
    private const ushort Short = 3;
    private const int EntryBytes = 12;

    /// <summary>1 to 8; 1 is as it lies, and what is said nowhere or cannot be read. From 5 on, it lies on its side.</summary>
    public static int Read(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] != StartOfScan;)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length) return 1;
            var segment = jpeg.Slice(at + 4, length - 2);
            if (jpeg[at + 1] == App1 && segment.StartsWith("Exif\0\0"u8)) return Tiff(segment[6..]);
            at += 2 + length;
        }

        return 1;
    }

    /// <summary>What brings it upright, as the six numbers of a PDF's matrix, for a picture that is drawn with this width and height.</summary>
    public static double[] Upright(int turn, double width, double height) => turn switch
    {
        2 => [-1, 0, 0, 1, width, 0],
        3 => [-1, 0, 0, -1, width, height],
        4 => [1, 0, 0, -1, 0, height],
        5 => [0, -1, -1, 0, height, width],
        6 => [0, -1, 1, 0, 0, width],
        7 => [0, 1, 1, 0, 0, 0],
        8 => [0, 1, -1, 0, height, 0],
        _ => [1, 0, 0, 1, 0, 0],
    };

    private static int Tiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8) return 1;
        var isLittle = tiff.StartsWith("II"u8);
        if (!isLittle && !tiff.StartsWith("MM"u8)) return 1;
        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2) return 1;
        var rest = tiff[(int)directory..];
        var entries = Number(rest, isLittle);
        rest = rest[2..];
        for (; entries > 0 && rest.Length >= EntryBytes; entries--, rest = rest[EntryBytes..])
            if (Number(rest, isLittle) == Orientation) return Number(rest[2..], isLittle) == Short && Number(rest[8..], isLittle) is >= 1 and <= 8 and var turn ? turn : 1;
        return 1;
    }

    private static ushort Number(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
