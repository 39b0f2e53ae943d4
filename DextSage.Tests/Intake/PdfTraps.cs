using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace DextSage.Tests.Intake;

/// <summary>PDFs that end the process that opens them, or fill its memory. Written out here, since no real one is that bad.</summary>
internal static class PdfTraps
{
    /// <summary>Opens at once, and is read for minutes in little memory.</summary>
    public static byte[] Slow { get; } = Pdf(
    [
        "<</Type/Catalog/Pages 2 0 R>>", $"<</Type/Pages/Count 20/Kids[{string.Concat(Enumerable.Repeat("4 0 R ", 20))}]>>",
        Stream("", string.Concat(Enumerable.Repeat("q Q ", 1_000_000)), deflate: true),
        $"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents[{string.Concat(Enumerable.Repeat("3 0 R ", 6))}]/Resources<<>>>>",
    ]);

    /// <summary>Opens until the memory is full.</summary>
    public static byte[] Filling { get; } = Xref("/W [1 2 1] /Size 2147483647");

    public static (string Name, byte[] Pdf)[] All { get; } =
    [
        ("forms in a circle", Pdf(FormsInCircle(length: 2, deflate: false))),
        ("forms in a wide circle", Pdf(FormsInCircle(length: 9, deflate: false))),
        ("deflated forms in a circle", Pdf(FormsInCircle(length: 2, deflate: true))),
        ("a form that draws itself", Pdf(FormsInCircle(length: 1, deflate: false))),
        ("nested arrays in a page", Pdf(Page(Repeat('[', 400_000)))),
        ("nested dictionaries in a page", Pdf(Page(string.Concat(Enumerable.Repeat("<</A", 200_000))))),
        ("nested arrays in an object", Pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", Repeat('[', 400_000)])),
        ("pages that contain themselves", Pdf(["<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"])),
        ("a bomb of blanks", Pdf([.. Page("")[..^1], Bomb(megabytes: 600)])),
        ("negative widths of an index", Xref("/W [1 2 -90000000] /Size 10")),
        ("widths of an index that overflow", Xref("/W [1 2 166666666666666666666666666] /Size 10")),
        ("escaped widths of an index", Xref("/#57 [1 2 -90000000] /Size 10")),
        ("an index of two thousand million objects", Filling),
        ("pages that are read for minutes", Slow),
        ("an index of two thousand million numbers", Xref("/W [1 2 1] /Size 10 /Index [0 2147483647]")),
        ("a code map of all codes", Pdf(FontWith("1 beginbfrange <00000000> <FFFFFFFF> <0020> endbfrange", ""))),
        ("widths of all codes", Pdf(FontWith("", "/W [0 2147483646 500]"))),
    ];

    private static string Repeat(char letter, int count) => new(letter, count);

    private static string[] Page(string content, bool deflate = false) =>
    [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<>>>>", Stream("", content, deflate),
    ];

    private static string[] FormsInCircle(int length, bool deflate) =>
    [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</XObject<</F 5 0 R>>>>>>", Stream("", "/F Do", deflate),
        .. Enumerable.Range(0, length).Select(form => Stream(
            $"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F {5 + ((form + 1) % length)} 0 R>>>>", "/F Do", deflate)),
    ];

    private static string[] FontWith(string map, string widths) =>
    [
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>", Stream("", "BT /F 12 Tf (AAAA) Tj ET", false),
        "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>",
        $"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 8 0 R {widths}>>",
        Stream("", $"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange {map} endcmap", true),
        "<</Type/FontDescriptor/FontName/A/Flags 4/FontBBox[0 0 1 1]/ItalicAngle 0/Ascent 0/Descent 0/CapHeight 0/StemV 0>>",
    ];

    private static string Stream(string keys, string content, bool deflate) => deflate
        ? Deflated(keys, [Encoding.Latin1.GetBytes(content)])
        : $"<<{keys}/Length {content.Length}>>\nstream\n{content}\nendstream";

    private static string Bomb(int megabytes)
    {
        var blanks = new byte[1024 * 1024];
        Array.Fill(blanks, (byte)' ');
        return Deflated("", Enumerable.Repeat(blanks, megabytes));
    }

    private static string Deflated(string keys, IEnumerable<byte[]> parts)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            foreach (var part in parts) zlib.Write(part);
        }

        var body = Encoding.Latin1.GetString(packed.ToArray());
        return $"<<{keys}/Filter/FlateDecode/Length {body.Length}>>\nstream\n{body}\nendstream";
    }

    private static byte[] Pdf(string[] objects)
    {
        var text = new StringBuilder("%PDF-1.7\n");
        var offsets = new List<int>();
        foreach (var (body, number) in objects.Select((body, index) => (body, index + 1)))
        {
            offsets.Add(text.Length);
            text.Append(CultureInfo.InvariantCulture, $"{number} 0 obj\n{body}\nendobj\n");
        }

        var xref = text.Length;
        text.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) text.Append(CultureInfo.InvariantCulture, $"{offset:D10} 00000 n \n");
        text.Append(CultureInfo.InvariantCulture, $"trailer\n<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{xref}\n%%EOF");
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private static byte[] Xref(string keys)
    {
        var head = "%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n";
        return Encoding.Latin1.GetBytes($"{head}3 0 obj\n<</Type /XRef /Root 1 0 R {keys} /Length 40>>\nstream\n{new string('\u0001', 40)}\nendstream\nendobj\nstartxref\n{head.Length}\n%%EOF");
    }
}
