using ImageMagick;
using ImageMagick.Drawing;

namespace DextSage.Tests.Intake.Converting;

/// <summary>Pictures in formats that neither browsers nor Sage take.</summary>
internal static class ForeignPapers
{
    /// <summary>A receipt of 480 by 640 pixels with a red field at its lower right, as a telephone keeps it: HEVC, which nothing among our packages writes.</summary>
    public static byte[] Heic { get; } = Read("receipt.heic");

    /// <summary>A white sheet with a red field at its lower right.</summary>
    public static byte[] Sheet(MagickFormat format, uint width = 480, uint height = 640) => Painted(width, height).ToByteArray(format);

    /// <param name="pages">Whether each is black and white, as a fax is, or in colours.</param>
    public static byte[] Tiff(params bool[] pages)
    {
        using var tiff = new MagickImageCollection();
        foreach (var isFax in pages)
        {
            var page = Painted(480, 640);
            if (isFax) page.ColorType = ColorType.Bilevel;
            page.Settings.Compression = isFax ? CompressionMethod.Group4 : CompressionMethod.LZW;
            tiff.Add(page);
        }

        return tiff.ToByteArray(MagickFormat.Tiff);
    }

    /// <summary>White at the upper left, red at the lower right; and as large as that.</summary>
    public static (uint Width, uint Height, bool IsRight) Look(byte[] picture)
    {
        using var image = new MagickImage(picture);
        using var pixels = image.GetPixels();
        var (corner, field) = (pixels.GetPixel(10, 10).ToColor()!, pixels.GetPixel((int)image.Width * 3 / 4, (int)image.Height * 3 / 4).ToColor()!);
        return (image.Width, image.Height, corner is { R: > 240, G: > 240, B: > 240 } && field is { R: > 150, G: < 110, B: < 110 });
    }

    private static MagickImage Painted(uint width, uint height)
    {
        var sheet = new MagickImage(MagickColors.White, width, height);
        new Drawables().FillColor(new MagickColor("#c04030")).Rectangle(width * 0.6, height * 0.6, width * 0.9, height * 0.9).Draw(sheet);
        return sheet;
    }

    private static byte[] Read(string name)
    {
        using var stream = typeof(ForeignPapers).Assembly.GetManifestResourceStream(name)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
