using DextSage.Integration.Intake.Workers;
using ImageMagick;

namespace DextSage.Integration.Intake.Converting;

/// <summary>What the file is, by its first bytes, and the most bytes that may be made of it.</summary>
internal sealed record ConvertOrder(ForeignFormat Format, int Most);

/// <summary>What was made of it, or why nothing was.</summary>
internal sealed record ConvertedFacts(PaperKind Kind, int Pages, int? Width, int? Height, PaperRefusalKind? Refusal);

/// <summary>The conversion itself, where the worker does it. The same file always gives the same copy.</summary>
internal static class PictureConversion
{
    /// <summary>Of JPEG, the best first: the next is tried where what came of the one before is too large.</summary>
    private static readonly uint[] Qualities = [90, 75, 50];

    private static readonly Lazy<bool> Bounded = new(SetBounds);

    public static PaperAnswer Convert(ConvertOrder order, byte[] file)
    {
        Bound();
        try
        {
            var sizes = Sizes(order.Format, file);
            if (Refusal(sizes) is { } refusal) return Refused(refusal);
            return sizes.Count == 1 ? ToPicture(order, file) : ToPdf(order, file, sizes.Count);
        }
        catch (MagickResourceLimitErrorException)
        {
            return PaperAnswer.Of(PdfTrouble.TookTooMuch);
        }
        catch (MagickException)
        {
            return PaperAnswer.Of(PdfTrouble.Damaged);
        }
    }

    /// <summary>Sets the library's own limits, once in a process.</summary>
    public static void Bound() => _ = Bounded.Value;

    /// <summary>Memory outside what the runtime sees, in bytes, is for one picture and its copy; nothing is put off to the disk.</summary>
    private static bool SetBounds()
    {
        ResourceLimits.Memory = 640 * 1024 * 1024;
        ResourceLimits.MaxMemoryRequest = 512 * 1024 * 1024;
        ResourceLimits.Disk = 0;
        ResourceLimits.Area = 2 * PaperInspector.MaxPixels;
        ResourceLimits.Width = ResourceLimits.Height = 60_000;
        ResourceLimits.ListLength = PaperInspector.MaxPages + 2;
        ResourceLimits.Thread = 1;
        return true;
    }

    /// <summary>Of each page, from the headers alone.</summary>
    private static List<(uint Width, uint Height)> Sizes(ForeignFormat format, byte[] file)
    {
        using var pages = new MagickImageCollection();
        // Only a TIFF has pages; what else there may be in the others is a film, or the same picture over again.
        pages.Ping(file, Settings(format, page: format is ForeignFormat.Tiff ? null : 0));
        return [.. pages.Select(p => (p.Width, p.Height))];
    }

    private static PaperRefusalKind? Refusal(List<(uint Width, uint Height)> sizes) =>
        sizes.Count == 0 ? PaperRefusalKind.Damaged
        : sizes.Count > PaperInspector.MaxPages ? PaperRefusalKind.TooManyPages
        : sizes.Exists(s => s.Width * (long)s.Height > PaperInspector.MaxPixels) ? PaperRefusalKind.TooManyPixels
        : null;

    private static PaperAnswer ToPicture(ConvertOrder order, byte[] file)
    {
        using var picture = Open(order.Format, file, page: 0);
        var (width, height) = ((int)picture.Width, (int)picture.Height);
        if (HasFewColours(picture) && Png(picture) is { } png && png.Length <= order.Most) return Made(png, new ConvertedFacts(PaperKind.Png, 1, width, height, Refusal: null));
        foreach (var quality in Qualities)
            if (Jpeg(picture, quality) is var jpeg && jpeg.Length <= order.Most) return Made(jpeg, new ConvertedFacts(PaperKind.Jpeg, 1, width, height, Refusal: null));
        return Refused(PaperRefusalKind.TooLargeConverted);
    }

    // One page is open at a time: a fax of two hundred, unpacked, has gigabytes.
    private static PaperAnswer ToPdf(ConvertOrder order, byte[] file, int pages)
    {
        foreach (var quality in Qualities)
        {
            List<SheetOrder> sheets = [];
            using var content = new MemoryStream();
            for (uint page = 0; page < pages && content.Length <= order.Most; page++)
            {
                using var picture = Open(order.Format, file, page);
                var isFax = picture.ColorType is ColorType.Bilevel;
                var sheet = isFax ? Fax(picture) : Jpeg(picture, quality);
                sheets.Add(new SheetOrder(sheet.Length, isFax ? "application/pdf" : "image/jpeg", 1, 1));
                content.Write(sheet);
            }

            if (content.Length > order.Most) continue;
            var bound = SheetBinding.Bind(sheets, content.ToArray());
            if (bound.Trouble is not PdfTrouble.None) return bound;
            if (bound.Following <= order.Most) return Made(bound.Content!, new ConvertedFacts(PaperKind.Pdf, pages, Width: null, Height: null, Refusal: null));
        }

        return Refused(PaperRefusalKind.TooLargeConverted);
    }

    /// <summary>Upright, in the colours of screens, on white, without what else the file says of itself.</summary>
    private static MagickImage Open(ForeignFormat format, byte[] file, uint page)
    {
        var picture = new MagickImage(file, Settings(format, page));
        picture.AutoOrient();
        if (picture.HasAlpha)
        {
            picture.BackgroundColor = MagickColors.White;
            picture.Alpha(AlphaAction.Remove);
        }

        if (picture.GetColorProfile() is not null) picture.TransformColorSpace(ColorProfiles.SRGB);
        if (picture.ColorSpace is not (ColorSpace.sRGB or ColorSpace.Gray)) picture.ColorSpace = ColorSpace.sRGB;
        picture.Strip();
        picture.ColorType = picture.DetermineColorType();
        return picture;
    }

    /// <summary>The coder is named, so that none of the many others is chosen by what the file says.</summary>
    private static MagickReadSettings Settings(ForeignFormat format, uint? page) => new()
    {
        Format = format switch
        {
            ForeignFormat.Tiff => MagickFormat.Tiff,
            ForeignFormat.Heic => MagickFormat.Heic,
            ForeignFormat.Gif => MagickFormat.Gif,
            ForeignFormat.Bmp => MagickFormat.Bmp,
            _ => MagickFormat.WebP,
        },
        FrameIndex = page, FrameCount = page is null ? null : 1u,
    };

    private static bool HasFewColours(MagickImage picture) => picture.ColorType is ColorType.Bilevel or ColorType.Palette;

    private static byte[] Png(MagickImage picture)
    {
        // The day on which it was made is no part of it.
        picture.Settings.SetDefine(MagickFormat.Png, "exclude-chunks", "date,time");
        return picture.ToByteArray(MagickFormat.Png);
    }

    private static byte[] Jpeg(MagickImage picture, uint quality)
    {
        picture.Quality = quality;
        return picture.ToByteArray(MagickFormat.Jpeg);
    }

    /// <summary>A page of black and white as a PDF, packed as faxes are: a tenth of what a JPEG of it would take.</summary>
    private static byte[] Fax(MagickImage picture)
    {
        picture.Settings.Compression = CompressionMethod.Group4;
        // Points: the longer side is A4's.
        picture.Density = new Density(Math.Max(picture.Width, picture.Height) * 72.0 / SheetBinding.LongSide);
        return picture.ToByteArray(MagickFormat.Pdf);
    }

    private static PaperAnswer Made(byte[] copy, ConvertedFacts facts) => PaperAnswer.Of(PdfTrouble.None).With(copy) with { Converted = facts };

    private static PaperAnswer Refused(PaperRefusalKind why) => PaperAnswer.Of(PdfTrouble.None) with { Converted = new ConvertedFacts(default, 0, Width: null, Height: null, why) };
}
