using SkiaSharp;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>
/// A picture's pixels, outside the memory that the runtime bounds: so nothing is decoded that has more than <see cref="PaperInspector.MaxPixels"/>, four bytes each.
/// </summary>
internal sealed class Picture : IDisposable
{
    private readonly SKBitmap pixels;
    private readonly SKEncodedOrigin held;
    private readonly bool isWhole;

    private Picture(SKBitmap pixels, SKEncodedOrigin held, bool isWhole) => (this.pixels, this.held, this.isWhole) = (pixels, held, isWhole);

    /// <summary>A JPEG or PNG that stands for itself: upright as Exif says, in the colours of screens. Null where it is damaged, cut short or too large.</summary>
    public static Picture? Of(byte[] file) => Decode(file, isWhole: true);

    /// <summary>A JPEG within a PDF: the PDF says which way up it is and what its numbers mean as colours.</summary>
    /// <param name="isGrey">What the PDF takes it for; null comes back where the JPEG is another.</param>
    public static Picture? Within(byte[] jpeg, bool isGrey)
    {
        var picture = Decode(jpeg, isWhole: false);
        if (picture is null || picture.IsGrey == isGrey) return picture;
        picture.Dispose();
        return null;
    }

    /// <summary>Bare samples of eight bits, row after row. Null where there are too few of them, or too many.</summary>
    /// <param name="palette">Three bytes for each value that a sample may have; null where the samples are grey, or red, green and blue.</param>
    public static Picture? Of(ReadOnlySpan<byte> samples, int width, int height, bool isGrey, ReadOnlySpan<byte> palette)
    {
        var perPixel = isGrey || !palette.IsEmpty ? 1 : 3;
        if (width < 1 || height < 1 || (long)width * height > PaperInspector.MaxPixels || samples.Length < (long)width * height * perPixel) return null;
        var bitmap = new SKBitmap(new SKImageInfo(width, height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, SKAlphaType.Opaque));
        var to = bitmap.GetPixelSpan();
        var step = bitmap.RowBytes;
        for (var y = 0; y < height; y++)
        {
            var row = samples.Slice(y * width * perPixel, width * perPixel);
            if (isGrey) row.CopyTo(to[(y * step)..]);
            else if (!Colours(row, palette, to.Slice(y * step, width * 4))) { bitmap.Dispose(); return null; }
        }

        return new Picture(bitmap, SKEncodedOrigin.TopLeft, isWhole: false);
    }

    public bool IsGrey => pixels.ColorType is SKColorType.Gray8;

    /// <summary>Whether it has fewer pixels on that rung than it has now.</summary>
    public bool IsScaled(ShrinkRung rung) => rung.Scale(pixels.Width, pixels.Height, isWhole) < 1;

    /// <summary>As a JPEG, on white where it is transparent. Its size is that of the picture as it stands upright.</summary>
    public (byte[] Content, int Width, int Height) Jpeg(ShrinkRung rung)
    {
        var scale = rung.Scale(pixels.Width, pixels.Height, isWhole);
        var (width, height) = (Math.Max(1, (int)Math.Round(pixels.Width * scale)), Math.Max(1, (int)Math.Round(pixels.Height * scale)));
        var (across, down) = held >= SKEncodedOrigin.LeftTop ? (height, width) : (width, height);
        using var surface = SKSurface.Create(new SKImageInfo(across, down, pixels.ColorType, SKAlphaType.Opaque, pixels.ColorSpace)) ?? throw NoRoom(across, down);
        using var image = SKImage.FromBitmap(pixels) ?? throw NoRoom(pixels.Width, pixels.Height);
        surface.Canvas.Clear(SKColors.White);
        surface.Canvas.SetMatrix(Upright(held, across, down));
        surface.Canvas.DrawImage(image, SKRect.Create(width, height), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var drawn = surface.PeekPixels();
        using var jpeg = drawn.Encode(new SKJpegEncoderOptions(rung.Quality)) ?? throw NoRoom(across, down);
        return (jpeg.ToArray(), across, down);
    }

    public void Dispose() => pixels.Dispose();

    private static Picture? Decode(byte[] file, bool isWhole)
    {
        using var data = SKData.CreateCopy(file);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > PaperInspector.MaxPixels) return null;
        // A JPEG can be decoded at some eighths of its size, and takes as much less memory.
        var eighths = Math.Ceiling(8 * ShrinkRung.Ladder[0].Scale(codec.Info.Width, codec.Info.Height, isWhole));
        var size = codec.GetScaledDimensions((float)eighths / 8);
        var isGrey = codec.Info.ColorType is SKColorType.Gray8;
        using var screens = isWhole && !isGrey ? SKColorSpace.CreateSrgb() : null;
        var info = new SKImageInfo(size.Width, size.Height, isGrey ? SKColorType.Gray8 : SKColorType.Rgba8888, codec.Info.IsOpaque ? SKAlphaType.Opaque : SKAlphaType.Premul, screens);
        var bitmap = new SKBitmap();
        if (bitmap.TryAllocPixels(info) && codec.GetPixels(info, bitmap.GetPixels()) is SKCodecResult.Success)
        {
            // Shared with what is drawn from it, and not copied.
            bitmap.SetImmutable();
            return new Picture(bitmap, isWhole ? codec.EncodedOrigin : SKEncodedOrigin.TopLeft, isWhole);
        }

        bitmap.Dispose();
        return null;
    }

    private static NoRoomException NoRoom(int width, int height) => new($"No room for {width} × {height} pixels.");

    private static bool Colours(ReadOnlySpan<byte> row, ReadOnlySpan<byte> palette, Span<byte> to)
    {
        for (var x = 0; x < to.Length / 4; x++)
        {
            if (!palette.IsEmpty && row[x] * 3 + 3 > palette.Length) return false;
            var colour = palette.IsEmpty ? row.Slice(x * 3, 3) : palette.Slice(row[x] * 3, 3);
            colour.CopyTo(to[(x * 4)..]);
            to[x * 4 + 3] = 0xFF;
        }

        return true;
    }

    /// <summary>What brings it upright, for a picture that then has this width and height (Exif's Orientation: CIPA DC-008, 4.6.4).</summary>
    private static SKMatrix Upright(SKEncodedOrigin held, float width, float height) => held switch
    {
        SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, width, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, width, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, height, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new SKMatrix(0, -1, width, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, width, -1, 0, height, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new SKMatrix(0, 1, 0, -1, 0, height, 0, 0, 1),
        _ => SKMatrix.Identity,
    };
}

/// <summary>Memory ran out, outside what the runtime sees.</summary>
internal sealed class NoRoomException(string message) : Exception(message);
