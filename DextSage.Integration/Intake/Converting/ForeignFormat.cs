namespace DextSage.Integration.Intake;

/// <summary>What a picture may come as that neither every browser nor Sage takes.</summary>
public enum ForeignFormat { Tiff, Heic, Gif, Bmp, WebP }

internal static class ForeignFormats
{
    /// <summary>With its dot.</summary>
    public static string Extension(this ForeignFormat format) => format switch
    {
        ForeignFormat.Tiff => ".tiff",
        ForeignFormat.Heic => ".heic",
        ForeignFormat.Gif => ".gif",
        ForeignFormat.Bmp => ".bmp",
        _ => ".webp",
    };

    public static string ContentType(this ForeignFormat format) => "image/" + format.Extension()[1..];
}

/// <summary>Tells by its first bytes what a picture is.</summary>
internal static class ForeignHeader
{
    /// <summary>HEIC and HEIF as phones write them (ISO/IEC 23008-12, 10.2): the major brand of the first box.</summary>
    private static readonly string[] HeicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

    private const int BmpHeader = 14;

    public static ForeignFormat? Find(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8)) return ForeignFormat.Tiff;
        if (file.StartsWith("GIF87a"u8) || file.StartsWith("GIF89a"u8)) return ForeignFormat.Gif;
        if (file.Length < 30) return null;
        if (file[4..].StartsWith("ftyp"u8) && HeicBrands.Contains(System.Text.Encoding.Latin1.GetString(file.Slice(8, 4)))) return ForeignFormat.Heic;
        if (file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBPVP8"u8)) return ForeignFormat.WebP;
        // Two letters are no signature: the two fields that must be zero, and the size of the header that follows, are looked at as well.
        return file.StartsWith("BM"u8) && file[6..10].IndexOfAnyExcept((byte)0) < 0 && file[BmpHeader] is 12 or 40 or 52 or 56 or 64 or 108 or 124 && file[(BmpHeader + 1)..(BmpHeader + 4)].IndexOfAnyExcept((byte)0) < 0
            ? ForeignFormat.Bmp
            : null;
    }
}
