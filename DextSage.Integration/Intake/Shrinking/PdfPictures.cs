using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>
/// The pictures of a PDF (ISO 32000-1, 8.9.5). Made smaller are those of eight bits in grey, in red, green and blue, or from a palette of these, packed as JPEG or without loss.
/// Others (black and white, CMYK, JPEG 2000, masks) are left as they are.
/// </summary>
internal sealed class PdfPictures
{
    /// <summary>Bytes; a logo is no matter.</summary>
    private const int Small = 30_000;

    /// <summary>Of one that is unpacked here: an A4 page at 600 dpi. Its samples are in the memory that the runtime bounds, twice over while they grow.</summary>
    private const long MostUnpacked = 36_000_000;

    private readonly PdfDocument document;
    private readonly HashSet<IndirectReference> masks;

    public PdfPictures(PdfObjects objects)
    {
        document = objects.Document;
        masks = [.. objects.Streams.SelectMany(s => Masks(s.Stream))];
        Any = objects.Streams.Any(s => Read(s.Number, s.Stream) is not null);
    }

    /// <summary>Whether there is one that can be made smaller at all.</summary>
    public bool Any { get; }

    /// <summary>Whether one of them has lost pixels by now. Whatever does on one rung does on those below.</summary>
    public bool IsScaled { get; private set; }

    /// <summary>The same where it is no picture, one of the others, or smaller already.</summary>
    public StreamToken Smaller(IndirectReference number, StreamToken stream, ShrinkRung rung)
    {
        if (Read(number, stream) is not { } facts) return stream;
        using var picture = Open(stream, facts);
        if (picture is null) return stream;
        var (jpeg, width, height) = picture.Jpeg(rung);
        if (jpeg.Length >= stream.Data.Length) return stream;
        IsScaled |= picture.IsScaled(rung);
        var dictionary = stream.StreamDictionary
            .Without(NameToken.DecodeParms)
            .With(NameToken.Width, new NumericToken(width)).With(NameToken.Height, new NumericToken(height))
            .With(NameToken.BitsPerComponent, new NumericToken(8))
            .With(NameToken.Filter, NameToken.DctDecode)
            .With(NameToken.ColorSpace, facts.Colours.Space);
        return new StreamToken(dictionary, jpeg);
    }

    private Facts? Read(IndirectReference number, StreamToken stream)
    {
        var its = stream.StreamDictionary;
        if (stream.Data.Length < Small || Get<NameToken>(its, "Subtype")?.Data != "Image" || masks.Contains(number)) return null;
        if (Get<BooleanToken>(its, "ImageMask") is { Data: true } || its.ContainsKey(NameToken.Create("Decode")) || Get<ArrayToken>(its, "Mask") is not null) return null;
        // What was mixed with a background beforehand must fit its mask to the pixel.
        if (Get<StreamToken>(its, "SMask") is { } mask && mask.StreamDictionary.ContainsKey(NameToken.Create("Matte"))) return null;
        if (Get<NumericToken>(its, "BitsPerComponent")?.Data is not 8) return null;
        if (Get<NumericToken>(its, "Width")?.Data is not (> 0 and < int.MaxValue and var width) || Get<NumericToken>(its, "Height")?.Data is not (> 0 and < int.MaxValue and var height)) return null;
        if (its.TryGet(NameToken.ColorSpace, out IToken space) is false || ColoursOf(space, mayBePalette: true) is not { } colours) return null;
        return Filters(its) switch
        {
            ["DCTDecode"] when colours.Palette is null && !its.ContainsKey(NameToken.DecodeParms) => new Facts((int)width, (int)height, colours, IsJpeg: true),
            ["FlateDecode" or "LZWDecode"] when (long)width * (long)height <= MostUnpacked => new Facts((int)width, (int)height, colours, IsJpeg: false),
            _ => null,
        };
    }

    private Picture? Open(StreamToken stream, Facts facts) => facts.IsJpeg
        ? Picture.Within(stream.Data.ToArray(), facts.Colours.IsGrey)
        : Picture.Of(stream.Decode(document.Structure.FilterProvider, document.Structure.TokenScanner).Span, facts.Width, facts.Height, facts.Colours is { IsGrey: true, Palette: null }, facts.Colours.Palette);

    /// <summary>Null for colours that a JPEG of ours has not.</summary>
    private Colours? ColoursOf(IToken space, bool mayBePalette)
    {
        var found = space is IndirectReferenceToken reference ? document.Structure.GetObject(reference.Data)?.Data : space;
        return found switch
        {
            NameToken { Data: "DeviceGray" } => new Colours(space, IsGrey: true, Palette: null),
            NameToken { Data: "DeviceRGB" } => new Colours(space, IsGrey: false, Palette: null),
            ArrayToken { Length: >= 2 } array => array[0] switch
            {
                NameToken { Data: "CalGray" } => new Colours(space, IsGrey: true, Palette: null),
                NameToken { Data: "CalRGB" } => new Colours(space, IsGrey: false, Palette: null),
                NameToken { Data: "ICCBased" } when Resolve(array[1]) is StreamToken profile => Get<NumericToken>(profile.StreamDictionary, "N")?.Data switch
                {
                    1 => new Colours(space, IsGrey: true, Palette: null),
                    3 => new Colours(space, IsGrey: false, Palette: null),
                    _ => null,
                },
                NameToken { Data: "Indexed" } when mayBePalette && array.Length == 4 && ColoursOf(array[1], mayBePalette: false) is { IsGrey: false } of && Table(Resolve(array[3])) is { Length: >= 3 } table => of with { Palette = table },
                _ => null,
            },
            _ => null,
        };
    }

    private byte[]? Table(IToken? table) => table switch
    {
        StringToken text => text.GetBytes(),
        HexToken hex => [.. hex.Bytes],
        StreamToken stream => stream.Decode(document.Structure.FilterProvider, document.Structure.TokenScanner).ToArray(),
        _ => null,
    };

    private string[] Filters(DictionaryToken its) => its.TryGet(NameToken.Filter, out IToken filter) ? Resolve(filter) switch
    {
        NameToken one => [one.Data],
        ArrayToken several => [.. several.Data.Select(f => Resolve(f) is NameToken name ? name.Data : "")],
        _ => [],
    } : [];

    private static IEnumerable<IndirectReference> Masks(StreamToken stream)
    {
        foreach (var name in new[] { "SMask", "Mask" })
            if (stream.StreamDictionary.TryGet(NameToken.Create(name), out IndirectReferenceToken mask)) yield return mask.Data;
    }

    private IToken? Resolve(IToken token) => token is IndirectReferenceToken reference ? document.Structure.GetObject(reference.Data)?.Data : token;

    private T? Get<T>(DictionaryToken from, string name) where T : class, IToken => from.TryGet(NameToken.Create(name), out IToken token) ? Resolve(token) as T : null;

    private sealed record Facts(int Width, int Height, Colours Colours, bool IsJpeg);

    /// <param name="Space">As the PDF names it; of a palette, that of its entries.</param>
    /// <param name="Palette">Three bytes an entry.</param>
    private sealed record Colours(IToken Space, bool IsGrey, byte[]? Palette);
}
