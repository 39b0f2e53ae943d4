using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace DextSage.Integration.Items.Exports;

/// <summary>
/// Items as a workbook of one sheet, written as it goes: text as text, whatever it begins with, amounts and dates as numbers. There is no way to write a formula.
/// </summary>
/// <remarks>Office Open XML, ECMA-376 part 1: 18.3 (sheets), 22.9.2.19 (characters that XML cannot hold).</remarks>
internal static class XlsxExport
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    // Spreadsheets count days from here.
    private static readonly DateOnly DayZero = new(1899, 12, 30);

    private static readonly (string Path, string Xml)[] Frame =
    [
        ("[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"""),
        ("_rels/.rels",
            $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Relations}"><sheets><sheet name="Items" sheetId="1" r:id="rId1"/></sheets></workbook>"""),
        ("xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="{Relations}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Relations}/styles" Target="styles.xml"/></Relationships>"""),
        // Styles by their place: 0 nothing, 1 dates, 2 amounts, 3 text, 4 headings.
        ("xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd\-mmm\-yyyy"/></numFmts><fonts count="2"><font/><font><b/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="4" applyNumberFormat="1"/><xf numFmtId="49" applyNumberFormat="1"/><xf fontId="1" numFmtId="49" applyFont="1" applyNumberFormat="1"/></cellXfs></styleSheet>"""),
    ];

    public static async Task WriteAsync(Stream to, ExportColumns columns, IAsyncEnumerable<IReadOnlyList<ExportItem>> stretches, CancellationToken cancellationToken)
    {
        await using var book = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        foreach (var (path, xml) in Frame)
        {
            await using var part = await book.CreateEntry(path).OpenAsync(cancellationToken);
            await part.WriteAsync(Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}"""), cancellationToken);
        }

        await using var sheet = await book.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).OpenAsync(cancellationToken);
        await using var writer = XmlWriter.Create(sheet, new XmlWriterSettings { Async = true, Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        await writer.WriteStartDocumentAsync(standalone: true);
        await writer.WriteStartElementAsync(prefix: null, "worksheet", Main);
        // The headings stay in sight.
        await writer.WriteRawAsync("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        await writer.WriteStartElementAsync(prefix: null, "sheetData", Main);
        await RowAsync(writer, columns.Headings.Select(h => ExportCell.Of(h)), isHeading: true);
        await foreach (var items in stretches.WithCancellation(cancellationToken))
        {
            foreach (var item in items) await RowAsync(writer, columns.Cells(item), isHeading: false);
            await writer.FlushAsync();
        }

        await writer.WriteEndElementAsync();
        await writer.WriteEndElementAsync();
        await writer.WriteEndDocumentAsync();
    }

    private static async Task RowAsync(XmlWriter writer, IEnumerable<ExportCell> cells, bool isHeading)
    {
        await writer.WriteStartElementAsync(prefix: null, "row", Main);
        foreach (var cell in cells) await CellAsync(writer, cell, isHeading);
        await writer.WriteEndElementAsync();
    }

    private static async Task CellAsync(XmlWriter writer, ExportCell cell, bool isHeading)
    {
        await writer.WriteStartElementAsync(prefix: null, "c", Main);
        if (cell.Text is { } text)
        {
            await AttributeAsync("s", isHeading ? "4" : "3");
            await AttributeAsync("t", "inlineStr");
            await writer.WriteStartElementAsync(prefix: null, "is", Main);
            await writer.WriteStartElementAsync(prefix: null, "t", Main);
            await writer.WriteAttributeStringAsync("xml", "space", ns: null, "preserve");
            await writer.WriteStringAsync(XlsxText.Encode(text));
            await writer.WriteEndElementAsync();
            await writer.WriteEndElementAsync();
        }
        else if (cell.Number is { } number) await NumberAsync(number, cell.IsAmount ? "2" : "0");
        else if (cell.Date is { } date) await NumberAsync(date.DayNumber - DayZero.DayNumber, "1");
        await writer.WriteEndElementAsync();

        Task AttributeAsync(string name, string value) => writer.WriteAttributeStringAsync(prefix: null, name, ns: null, value);

        async Task NumberAsync(decimal value, string style)
        {
            await AttributeAsync("s", style);
            await writer.WriteElementStringAsync(prefix: null, "v", Main, value.ToString(CultureInfo.InvariantCulture));
        }
    }
}
