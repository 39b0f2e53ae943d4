using System.Buffers.Binary;

namespace DextSage.Tests.Intake;

/// <summary>JPEGs as a phone writes them, with as little in them as a reader of headers needs.</summary>
internal static class Photos
{
    /// <param name="turn">Exif's Orientation; null where there is no Exif at all.</param>
    /// <param name="isLittle">In which order the Exif segment has its bytes.</param>
    public static byte[] Jpeg(int width, int height, int? turn, bool isLittle)
    {
        byte[] frame = [0xFF, 0xC0, 0, 11, 8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, 1, 1, 0x11, 0];
        byte[] scan = [0xFF, 0xDA, 0, 8, 1, 1, 0, 0, 63, 0, 0x55, 0xFF, 0xD9];
        return [0xFF, 0xD8, .. turn is { } way ? Exif(way, isLittle) : [], .. frame, .. scan];
    }

    /// <summary>The same photo, turned: its Exif goes before all else.</summary>
    public static byte[] Turned(byte[] jpeg, int turn) => [.. jpeg[..2], .. Exif(turn, isLittle: true), .. jpeg[2..]];

    private static byte[] Exif(int turn, bool isLittle)
    {
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. new byte[26]];
        var tiff = exif.AsSpan(10);
        (isLittle ? "II"u8 : "MM"u8).CopyTo(tiff);
        foreach (var (at, value) in new[] { (2, 42), (isLittle ? 4 : 6, 8), (8, 1), (10, 0x0112), (12, 3), (isLittle ? 14 : 16, 1), (18, turn) })
        {
            if (isLittle) BinaryPrimitives.WriteUInt16LittleEndian(tiff[at..], (ushort)value);
            else BinaryPrimitives.WriteUInt16BigEndian(tiff[at..], (ushort)value);
        }

        return exif;
    }
}
