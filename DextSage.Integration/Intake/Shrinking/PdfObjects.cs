using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;
using UglyToad.PdfPig.Writer;

namespace DextSage.Integration.Intake.Shrinking;

/// <summary>All the objects of a PDF that its pages can be reached by, each once, to be written anew (ISO 32000-1, 7.3 and 7.5).</summary>
internal sealed class PdfObjects
{
    /// <summary>More than any invoice has; a PDF of a few bytes can promise thousands of millions.</summary>
    private const int Most = 300_000;

    private readonly List<(IndirectReference Number, IToken Token)> all = [];
    private readonly Dictionary<IndirectReference, int> places = [];
    private readonly double version;

    private PdfObjects(PdfDocument document) => (Document, version) = (document, document.Version);

    public PdfDocument Document { get; }

    /// <summary>Somebody has signed it: a signature is about the very bytes.</summary>
    public bool IsSigned { get; private set; }

    public IEnumerable<(IndirectReference Number, StreamToken Stream)> Streams => all.Where(o => o.Token is StreamToken).Select(o => (o.Number, (StreamToken)o.Token));

    public static PdfObjects Read(PdfDocument document)
    {
        var objects = new PdfObjects(document);
        objects.Collect();
        objects.JoinTwins();
        return objects;
    }

    /// <summary>Null where it comes to more than that.</summary>
    /// <param name="change">What a stream is written as.</param>
    /// <param name="most">Bytes.</param>
    public byte[]? Write(Func<IndirectReference, StreamToken, StreamToken> change, int most)
    {
        using var pdf = new MemoryStream();
        pdf.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"%PDF-{(version is >= 1 and < 3 ? version : 1.7):0.0}\n")));
        pdf.Write([(byte)'%', 0xE2, 0xE3, 0xCF, 0xD3, (byte)'\n']);
        List<long> offsets = [];
        for (var place = 0; place < all.Count; place++)
        {
            // What is the same as an earlier one is that one.
            var (number, token) = all[place];
            if (places[number] != offsets.Count) continue;
            offsets.Add(pdf.Position);
            token = Renumbered(token is StreamToken stream ? Measured(change(number, stream)) : token);
            TokenWriter.Instance.WriteToken(new ObjectToken(XrefLocation.File(0), new IndirectReference(offsets.Count, 0), token), pdf);
            if (pdf.Length > most) return null;
        }

        Finish(pdf, offsets);
        return pdf.Length > most ? null : pdf.ToArray();
    }

    /// <summary>Breadth first from the roots, so that the order is always the same.</summary>
    private void Collect()
    {
        var roots = new[] { new IndirectReferenceToken(Document.Structure.Trailer.Root), Document.Structure.Trailer.Info };
        var found = new Queue<IndirectReference>();
        foreach (var root in roots.OfType<IToken>()) Follow(root, found);
        while (found.TryDequeue(out var number))
        {
            var token = Document.Structure.GetObject(number)?.Data ?? NullToken.Instance;
            if (token is StreamToken stream) token = Packed(Measured(stream));
            all.Add((number, token));
            Follow(token, found);
        }
    }

    private void Follow(IToken token, Queue<IndirectReference> found)
    {
        switch (token)
        {
            case IndirectReferenceToken { Data: var number }:
                if (!places.TryAdd(number, places.Count)) return;
                if (places.Count > Most) throw new InvalidDataException("More objects than a document has.");
                found.Enqueue(number);
                break;
            case ArrayToken array:
                foreach (var part in array.Data) Follow(part, found);
                break;
            case DictionaryToken dictionary:
                IsSigned |= dictionary.ContainsKey(NameToken.Create("ByteRange"));
                foreach (var (_, value) in Kept(dictionary)) Follow(value, found);
                break;
            case StreamToken stream:
                Follow(stream.StreamDictionary, found);
                break;
        }
    }

    /// <summary>Streams that are the same to the byte, such as a letterhead that each page brings along, become one.</summary>
    private void JoinTwins()
    {
        var next = 0;
        Dictionary<string, int> known = [];
        foreach (var (number, token) in all)
        {
            if (token is not StreamToken stream) { places[number] = next++; continue; }
            using var written = new MemoryStream();
            TokenWriter.Instance.WriteToken(stream, written);
            var hash = Convert.ToHexString(SHA256.HashData(written.GetBuffer().AsSpan(0, (int)written.Length)));
            places[number] = known.TryGetValue(hash, out var place) ? place : known[hash] = next++;
        }
    }

    private IToken Renumbered(IToken token) => token switch
    {
        IndirectReferenceToken { Data: var number } => new IndirectReferenceToken(new IndirectReference(places[number] + 1, 0)),
        ArrayToken array => new ArrayToken([.. array.Data.Select(Renumbered)]),
        DictionaryToken dictionary => Renumbered(dictionary),
        StreamToken stream => new StreamToken(Renumbered(stream.StreamDictionary), stream.Data),
        _ => token,
    };

    private DictionaryToken Renumbered(DictionaryToken dictionary) => new(Kept(dictionary).ToDictionary(e => NameToken.Create(e.Key), e => Renumbered(e.Value)));

    // Little pictures of the pages, and what a drawing program keeps for itself (ISO 32000-1, 12.3.4 and 14.5).
    private static IEnumerable<KeyValuePair<string, IToken>> Kept(DictionaryToken dictionary) =>
        dictionary.Data.Where(e => e.Key is not ("Thumb" or "PieceInfo") || !dictionary.ContainsKey(NameToken.Type));

    // The length may stand in an object of its own; that one is not needed any more.
    private static StreamToken Measured(StreamToken stream) => new(stream.StreamDictionary.With(NameToken.Length, new NumericToken(stream.Data.Length)), stream.Data);

    /// <summary>Drawing instructions and fonts that lie there unpacked. Metadata stays legible to other programs.</summary>
    private static StreamToken Packed(StreamToken stream)
    {
        var dictionary = stream.StreamDictionary;
        if (dictionary.ContainsKey(NameToken.Filter) || dictionary.ContainsKey(NameToken.F) || dictionary.TryGet(NameToken.Type, out NameToken type) && type.Data == "Metadata") return stream;
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true)) zip.Write(stream.Data.Span);
        return packed.Length >= stream.Data.Length ? stream : Measured(new StreamToken(dictionary.With(NameToken.Filter, NameToken.FlateDecode), packed.ToArray()));
    }

    private void Finish(MemoryStream pdf, List<long> offsets)
    {
        var start = pdf.Position;
        var table = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n"));
        foreach (var offset in offsets) table.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        pdf.Write(Encoding.ASCII.GetBytes(table.Append("trailer\n").ToString()));
        var trailer = new Dictionary<NameToken, IToken>
        {
            [NameToken.Size] = new NumericToken(offsets.Count + 1),
            [NameToken.Root] = Renumbered(new IndirectReferenceToken(Document.Structure.Trailer.Root)),
        };
        if (Document.Structure.Trailer.Info is { } about) trailer[NameToken.Info] = Renumbered(about);
        TokenWriter.Instance.WriteToken(new DictionaryToken(trailer), pdf);
        pdf.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\nstartxref\n{start}\n%%EOF\n")));
    }
}
