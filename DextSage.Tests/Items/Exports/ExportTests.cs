using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using CsCheck;
using DextSage.Integration.Csv;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Items.Exports;
using DextSage.Tests.Guard;
using DextSage.Tests.Items.Bulk;
using Xunit;

namespace DextSage.Tests.Items.Exports;

public sealed partial class ExportTests
{
    private static readonly string[] Dangerous = ["=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"];

    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.String[Gen.OneOf(Among([.. Dangerous.Select(d => d[0]), '\'', '"', ',', ';', ' ', '\u00A0', '\u200B', '_', 'x', '0', '\u0001']), Gen.Char['a', 'z']), 0, 12],
        Gen.String[Gen.Char, 0, 12]);

    private static readonly Gen<ExportItem> Items = Gen.Select(
        Gen.String[Gen.Char.AlphaNumeric, 1, 12], Gen.Enum<ItemType>(), Gen.Int[0, 40_000].Select(d => new DateOnly(1990, 1, 1).AddDays(d)).Nullable(), Text, Text, Text, Text,
        Gen.Select(Gen.Long[-1_000_000, 9_999_999_999].Select(p => (decimal)p / 100).Nullable(), Among("GBP", "EUR", null), Among<decimal?>(20m, 0m, 17.5m, null)))
        .Select((id, type, date, a, b, c, d, rest) => new ExportItem(
            Guid.NewGuid(), id, null, type, ItemStatus.ToReview, date, date?.AddDays(30), a, b, c, d, a + b, c + d, rest.Item1 / 6 is { } tax ? decimal.Round(tax, 2) : null, rest.Item3 is null ? null : a,
            rest.Item3, rest.Item1, rest.Item2, 0.86m, Guid.Empty, c + a, d + b, null, null, null));

    private static Gen<T> Among<T>(params T[] choices) => Gen.Int[0, choices.Length - 1].Select(n => choices[n]);

    private static ExportColumns Columns(bool taxList = true, bool location = true) =>
        new(new ExportSetting("GBP", taxList, location, new Dictionary<Guid, string> { [Guid.Empty] = "@Alma" }, id => $"https://books.example/{id}"));

    [Theory]
    [InlineData(false, false, "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image")]
    [InlineData(true, false, "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Tax Name,Tax Code,Tax Percentage,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image")]
    [InlineData(true, true, "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Project 2,Payment Method,Bank Account,Tax,Tax Name,Tax Code,Tax Percentage,Total,Currency,Tax (GBP),Total (GBP),Status,Owner,Note,Description,Image")]
    public void The_headings_are_Dexts(bool taxList, bool location, string headings) => Assert.Equal(headings, string.Join(',', Columns(taxList, location).Headings));

    [Fact]
    public Task What_is_exported_as_CSV_is_read_back_by_the_import() => Items.Array[1, 8].SampleAsync(async items =>
    {
        items = [.. items.DistinctBy(i => i.Code)];
        var result = await DextExport.ReadAsync(new MemoryStream(await CsvAsync(items)));

        Assert.Empty(result.Problems);
        Assert.Equal(items.Length, result.Rows.Count);
        foreach (var (item, row) in items.Zip(result.Rows))
        {
            Assert.Equal((item.Code, item.Date, item.DueDate, item.Tax, item.Total, item.Currency, item.TaxPercentage, "GBP"), (row.ReceiptId, row.Date, row.DueDate, row.Tax, row.Total, row.Currency, row.TaxPercentage, row.BaseCurrency));
            Assert.Equal(
                new[] { item.Reference, item.Supplier, item.Category, item.Customer, item.Class, item.Location, item.TaxName, item.Note, item.Description, "@Alma" }.Select(Cell),
                [row.Reference, row.Supplier, row.Category, row.Customer, row.Project, row.Project2, row.TaxName, row.Note, row.Description, row.Owner]);
            Assert.Equal(item.Currency == "EUR" && item.Total is { } total ? decimal.Round(total * 0.86m, 2, MidpointRounding.AwayFromZero) : item.Total, row.BaseTotal);
        }
    }, iter: 300, threads: 1);

    [Fact]
    public Task No_cell_of_a_CSV_begins_a_formula() => Items.Array[1, 8].SampleAsync(async items =>
    {
        var table = CsvTable.Read(await CsvAsync(items), out var problem);
        Assert.Null(problem);
        foreach (var line in table!.Lines)
        foreach (var (heading, cell) in table.Headings.Zip(line.Cells))
            if (!heading.StartsWith("Tax", StringComparison.Ordinal) && !heading.StartsWith("Total", StringComparison.Ordinal)) Assert.DoesNotContain(Dangerous, d => cell.StartsWith(d, StringComparison.Ordinal));
    }, iter: 300, threads: 1);

    [Fact]
    public void Guarding_is_one_to_one() => Gen.Select(Text, Text).Sample((one, other) =>
    {
        Assert.Equal(one, FormulaGuard.Restore(FormulaGuard.Neutralise(one)));
        Assert.Equal(one == other, FormulaGuard.Neutralise(one) == FormulaGuard.Neutralise(other));
    });

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("'=1+1", "''=1+1")]
    [InlineData("  @SUM(1)", "'  @SUM(1)")]
    [InlineData("\uFF1Dcmd|' /C calc'!A0", "'\uFF1Dcmd|' /C calc'!A0")]
    [InlineData("'tis fine", "'tis fine")]
    [InlineData("A=B", "A=B")]
    [InlineData("", "")]
    public void What_could_be_a_formula_is_guarded_and_nothing_else(string text, string cell) => Assert.Equal(cell, FormulaGuard.Neutralise(text));

    [Fact]
    public Task What_is_exported_as_XLSX_is_typed_and_reads_back() => Items.Array[1, 8].SampleAsync(async items =>
    {
        var rows = await SheetAsync(items);
        Assert.Equal(items.Length, rows.Count);
        foreach (var (item, row) in items.Zip(rows))
        {
            Assert.Equal(
                new[] { item.Reference, item.Supplier, item.Customer, item.Note, item.Description }.Select(Whole),
                new[] { "Invoice Number", "Supplier", "Customer", "Note", "Description" }.Select(heading => row[heading] as string ?? ""));
            Assert.Equal((item.Total, item.Tax), ((decimal?)row["Total"], (decimal?)row["Tax"]));
            Assert.Equal(item.Date, row["Date"] is decimal day ? new DateOnly(1899, 12, 30).AddDays((int)day) : null);
        }
    }, iter: 200, threads: 1);

    [Fact]
    public async Task Naughty_strings_are_exported_as_they_are_and_read_back()
    {
        var naughty = NaughtyStrings.Read();
        var items = naughty.Select((text, n) => Plain($"N{n}") with { Supplier = text, Note = text, Category = text }).ToArray();

        var result = await DextExport.ReadAsync(new MemoryStream(await CsvAsync(items)));
        Assert.Empty(result.Problems);
        Assert.Equal(naughty.Select(Cell), result.Rows.Select(r => r.Supplier));
        Assert.Equal(naughty.Select(Cell), result.Rows.Select(r => r.Note));
        Assert.Equal(naughty.Select(Cell), result.Rows.Select(r => r.Category));
        Assert.Equal(naughty.Select(Whole), (await SheetAsync(items)).Select(row => row["Supplier"] as string ?? ""));
    }

    [Fact]
    public async Task A_file_holds_what_was_chosen_of_what_the_person_may_see_and_is_theirs_alone()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(3, (item, n) => item.OwnerId = quarter.Town.PersonId(n == 0 ? Who.Admin : Who.Standard));
        var brooks = await quarter.NewItemsAsync(quarter.Town.Brook, 1);
        var exports = quarter.Get<ItemExports>();

        var answer = await exports.AskAsync(quarter.Town.Claim(Who.Standard), new BulkChoice.Ticked([.. codes, .. brooks]), ExportFormat.Csv, archiveAfterwards: false);

        Assert.Null(await exports.OpenAsync(quarter.Town.Claim(Who.Admin), answer.Id!.Value, id => id.ToString()));
        var file = await exports.OpenAsync(quarter.Town.Claim(Who.Standard), answer.Id.Value, id => id.ToString());
        Assert.Matches(@"^marsh Ltd items \d{4}-\d{2}-\d{2}\.csv$", file!.FileName);
        var rows = (await DextExport.ReadAsync(new MemoryStream(await BytesAsync(file)))).Rows;
        Assert.Equal(codes[1..], rows.Select(r => r.ReceiptId));
        Assert.All(rows, row => Assert.Equal(("Standard of marsh", 120m, 20m), (row.Owner, row.Total, row.TaxPercentage)));
    }

    [Fact]
    public async Task Files_lie_in_the_ZIP_by_their_Receipt_ID()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (town, exports) = (quarter.Town, quarter.Get<ItemExports>());
        var answer = await exports.AskAsync(town.Claim(Who.Admin), new BulkChoice.Ticked([town.Marsh.AdminsItem.Code, town.Marsh.StandardsItem.Code]), ExportFormat.Zip, archiveAfterwards: false);

        var file = await exports.OpenAsync(town.Claim(Who.Admin), answer.Id!.Value, id => id.ToString());

        using var zip = new ZipArchive(new MemoryStream(await BytesAsync(file!)));
        Assert.Equal(["items.csv", "MARSHADMN.pdf", "MARSHSTND.pdf"], zip.Entries.Select(e => e.FullName));
        using var reader = new StreamReader(await zip.Entries[1].OpenAsync());
        Assert.Equal("%PDF-1.4 Almacanary of marsh, ADMN", await reader.ReadToEndAsync());
        await using var csv = await zip.Entries[0].OpenAsync();
        Assert.Equal(2, (await DextExport.ReadAsync(csv)).Rows.Count);
    }

    [Fact]
    public async Task What_was_handed_over_goes_to_the_archive_once_where_that_was_wished()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (caller, exports, codes) = (quarter.Town.Claim(Who.Bookkeeper), quarter.Get<ItemExports>(), await quarter.NewItemsAsync(2));
        var id = (await exports.AskAsync(caller, new BulkChoice.Ticked(codes), ExportFormat.Xlsx, archiveAfterwards: true)).Id!.Value;
        await quarter.WorkAsync();
        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Equal(Place.Inbox, item.Place));

        for (var time = 0; time < 2; time++)
        {
            await BytesAsync((await exports.OpenAsync(caller, id, d => d.ToString()))!);
            await quarter.WorkAsync();
        }

        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Equal((Place.Archive, 1), (item.Place, item.Version)));
        Assert.NotNull(await exports.FetchedAtAsync(caller, id));
        Assert.Single(await quarter.Get<BulkRuns>().LatestAsync(caller, 10), r => r.Action is BulkAction.Archive);
    }

    private static ExportItem Plain(string id) => new(
        Guid.NewGuid(), id, null, ItemType.Invoice, ItemStatus.Ready, new DateOnly(2026, 8, 20), null, null, null, null, null, null, null, 2m, null, null, 12m, "GBP", null, Guid.Empty, null, null, null, null, null);

    /// <summary>A cell as the import gives it: empty or blank is nothing, and no cell holds a NUL or half a character.</summary>
    private static string? Cell(string? text) => string.IsNullOrWhiteSpace(text) && FormulaGuard.Neutralise(text ?? "") == (text ?? "") ? null : Whole(text).Replace('\0', '\uFFFD');

    private static string Whole(string? text) => string.Concat((text ?? "").EnumerateRunes());

    private static async Task<byte[]> CsvAsync(params ExportItem[] items)
    {
        using var to = new MemoryStream();
        await CsvExport.WriteAsync(to, Columns(), Stretches(items), CancellationToken.None);
        return to.ToArray();
    }

    /// <summary>Rows of the sheet by their headings: text as text, numbers as numbers.</summary>
    private static async Task<List<Dictionary<string, object?>>> SheetAsync(params ExportItem[] items)
    {
        using var to = new MemoryStream();
        await XlsxExport.WriteAsync(to, Columns(), Stretches(items), CancellationToken.None);
        using var book = new ZipArchive(to);
        foreach (var part in book.Entries)
        {
            await using var xml = await part.OpenAsync();
            var document = await XDocument.LoadAsync(xml, LoadOptions.PreserveWhitespace, CancellationToken.None);
            Assert.DoesNotContain(document.Descendants(), e => e.Name.LocalName is "f");
            if (part.FullName != "xl/worksheets/sheet1.xml") continue;
            var rows = document.Descendants().Where(e => e.Name.LocalName is "row").Select(row => row.Elements().Select(Value).ToList()).ToList();
            return rows[1..].ConvertAll(row => rows[0].Zip(row).ToDictionary(pair => (string)pair.First!, pair => pair.Second, StringComparer.Ordinal));
        }

        throw new InvalidOperationException("There is no sheet.");
    }

    private static object? Value(XElement cell) => (string?)cell.Attribute("t") switch
    {
        "inlineStr" => Escaped.Replace(cell.Value, found => ((char)int.Parse(found.Groups["code"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()),
        _ => cell.Value.Length == 0 ? null : decimal.Parse(cell.Value, CultureInfo.InvariantCulture),
    };

    private static async IAsyncEnumerable<IReadOnlyList<ExportItem>> Stretches(IReadOnlyList<ExportItem> items)
    {
        foreach (var some in items.Chunk(3))
        {
            await Task.Yield();
            yield return some;
        }
    }

    private static async Task<byte[]> BytesAsync(ExportFile file)
    {
        using var to = new MemoryStream();
        await file.WriteAsync(to, CancellationToken.None);
        return to.ToArray();
    }

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escaped { get; }
}
