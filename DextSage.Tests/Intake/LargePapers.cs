using System.Globalization;
using System.IO.Compression;
using System.Text;
using SkiaSharp;

namespace DextSage.Tests.Intake;

/// <summary>Documents that are larger than Sage takes them, as scanners and telephones make them.</summary>
internal static class LargePapers
{
    /// <summary>A photo of noise: nothing packs it well. Its left half is darker, so that one sees which way up it is.</summary>
    public static byte[] Photo(int width, int height, int quality, bool isGrey = false, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, byte alpha = 255)
    {
        using var bitmap = Noise(width, height, isGrey, alpha);
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>The samples of such a photo, bare: one byte a pixel, or three.</summary>
    public static byte[] Samples(int width, int height, bool isGrey)
    {
        var samples = new byte[width * height * (isGrey ? 1 : 3)];
        new Random(3).NextBytes(samples);
        return samples;
    }

    public static byte[] Packed(byte[] samples)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zip.Write(samples);
        return packed.ToArray();
    }

    public static byte[] PackedZeros(int megabytes)
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var n = 0; n < megabytes; n++) zip.Write(new byte[1_000_000]);
        return packed.ToArray();
    }

    /// <summary>A PDF with a page for each picture: the picture as large as the page, and a line of text over it.</summary>
    /// <param name="more">What else stands in the picture's dictionary, besides its size.</param>
    public static byte[] Pdf(params (byte[] Stream, int Width, int Height, string More)[] pictures) => Pdf("", pictures);

    /// <param name="extra">Objects from number 1000 on, whole; the trailer is given what begins with "trailer:".</param>
    public static byte[] Pdf(string extra, params (byte[] Stream, int Width, int Height, string More)[] pictures)
    {
        using var pdf = new MemoryStream();
        SortedDictionary<int, long> offsets = [];
        Text("%PDF-1.6\n");
        Object(1, "<< /Type /Catalog /Pages 2 0 R >>");
        Object(2, $"<< /Type /Pages /Count {pictures.Length} /Kids [{string.Join(' ', pictures.Select((_, i) => $"{10 + 3 * i} 0 R"))}] >>");
        Object(3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        for (var i = 0; i < pictures.Length; i++)
        {
            var (stream, width, height, more) = pictures[i];
            Object(10 + 3 * i, $"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595.275590551181102 841.889763779527559] /Contents {11 + 3 * i} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /Im {12 + 3 * i} 0 R >> >> >>");
            var contents = Encoding.ASCII.GetBytes($"q 595 0 0 842 0 0 cm /Im Do Q BT /F1 12 Tf 50 780 Td (Invoice INV-{i + 1} Total 120.00) Tj ET");
            Stream(11 + 3 * i, $"<< /Length {contents.Length} >>", contents);
            Stream(12 + 3 * i, $"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /Length {stream.Length} {more} >>", stream);
        }

        var trailer = "";
        foreach (var whole in extra.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            if (whole.StartsWith("trailer:", StringComparison.Ordinal)) trailer = whole["trailer:".Length..];
            else Object(1000 + offsets.Count(o => o.Key >= 1000), whole);
        }

        var start = pdf.Position;
        Text("xref\n0 1\n0000000000 65535 f \n");
        foreach (var (number, offset) in offsets) Text(string.Create(CultureInfo.InvariantCulture, $"{number} 1\n{offset:D10} 00000 n \n"));
        Text($"trailer\n<< /Size {offsets.Keys.Max() + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
        return pdf.ToArray();

        void Text(string text) => pdf.Write(Encoding.ASCII.GetBytes(text));

        void Object(int number, string body)
        {
            offsets[number] = pdf.Position;
            Text($"{number} 0 obj\n{body}\nendobj\n");
        }

        void Stream(int number, string dictionary, byte[] content)
        {
            offsets[number] = pdf.Position;
            Text($"{number} 0 obj\n{dictionary}\nstream\n");
            pdf.Write(content);
            Text("\nendstream\nendobj\n");
        }
    }

    /// <summary>Which of a picture's corners are dark, as they stand.</summary>
    public static (int Width, int Height, bool IsLeftDark, bool IsTopDark) Look(byte[] picture)
    {
        using var bitmap = SKBitmap.Decode(picture);
        return (bitmap.Width, bitmap.Height, Light(0, 0, bitmap.Width / 2, bitmap.Height) < Light(bitmap.Width / 2, 0, bitmap.Width, bitmap.Height),
            Light(0, 0, bitmap.Width, bitmap.Height / 2) < Light(0, bitmap.Height / 2, bitmap.Width, bitmap.Height));

        long Light(int left, int top, int right, int bottom)
        {
            var sum = 0L;
            for (var y = top; y < bottom; y += 16)
                for (var x = left; x < right; x += 16) sum += bitmap.GetPixel(x, y).Green;
            return sum;
        }
    }

    private static SKBitmap Noise(int width, int height, bool isGrey, byte alpha)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, alpha == 255 ? SKAlphaType.Opaque : SKAlphaType.Unpremul));
        var random = new Random(7);
        var to = bitmap.GetPixelSpan();
        random.NextBytes(to);
        var per = isGrey ? 1 : 4;
        for (var i = 0; i < to.Length; i++)
        {
            if (!isGrey && i % 4 == 3) to[i] = alpha;
            else if (i / per % width < width / 2) to[i] /= 2;
        }

        return bitmap;
    }
}
