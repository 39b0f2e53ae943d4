using System.Globalization;
using System.Text;
using System.Text.Json;
using CsCheck;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Exports;
using Xunit;

namespace DextSage.Tests.Intake;

public sealed class DextExportTests
{
    private const string Standard = "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Total,Currency,Tax (SGD),Total (SGD),Status,Owner,Note,Description,Image";
    private const string WithTaxList = "Receipt ID,Type,Date,Due Date,Invoice Number,Supplier,Category,Customer,Project,Payment Method,Bank Account,Tax,Tax Name,Tax Code,Tax Percentage,Total,Currency,Tax (SGD),Total (SGD),Status,Owner,Note,Description,Image";

    [Fact]
    public async Task The_standard_layout_is_read_with_mark_and_quoted_empties()
    {
        var row = Assert.Single((await ReadAsync("\uFEFF" + Standard + "\r\n"
            + "12345678901,Invoice,20-Aug-2026,3-Sep-2026,INV-7,\"Bean, Sons\",Travel (0%),\"\",,Card,,1.50,10.50,usd,2.00,14.00,archived,Ann,\"\",two\r\nlines,https://rbnk.me/i/x\r\n".Replace("two\r\nlines", "\"two\r\nlines\"", StringComparison.Ordinal))).Rows);
        Assert.Equal(
            new DextExportRow(2, "12345678901")
            {
                Type = "Invoice", Date = new DateOnly(2026, 8, 20), DueDate = new DateOnly(2026, 9, 3), Reference = "INV-7", Supplier = "Bean, Sons", Category = "Travel",
                PaymentMethod = "Card", Tax = 1.50m, Total = 10.50m, Currency = "USD", BaseTax = 2m, BaseTotal = 14m, BaseCurrency = "SGD", Status = "archived", Owner = "Ann",
                Description = "two\r\nlines", ImageLink = "https://rbnk.me/i/x",
            },
            row);
    }

    [Fact]
    public async Task The_layout_with_a_tax_list_gives_name_code_and_percentage()
    {
        var row = Assert.Single((await ReadAsync(WithTaxList + "\n1,Receipt,,,,,,,,,,1,Standard,T1,20.0%,6,GBP,,,,,,,")).Rows);
        Assert.Equal(("Standard", "T1", 20.0m), (row.TaxName, row.TaxCode, row.TaxPercentage));
    }

    [Fact]
    public async Task Submission_history_is_read_by_its_own_headings()
    {
        var row = Assert.Single((await ReadAsync("Item ID,Status,Submitted by,Date,Supplier,Total Amount,Permalink\n77,claimed,Ann,20-Aug-2026,Bean,1234.5,https://x")).Rows);
        Assert.Equal(("77", true, "Ann", 1234.5m, "https://x"), (row.ReceiptId, row.IsClaimed, row.Owner, row.Total, row.ImageLink));
    }

    [Fact]
    public async Task Expense_claims_are_told_from_items()
    {
        var rows = (await ReadAsync(Standard + "\n1,Expense claim,,,,Ann,,,,,,,9.00,GBP,,,,Ann,,,\n2,Receipt,,,,Cab,,,,,,,9.00,GBP,,,claimed,Ann,,,")).Rows;
        Assert.Equal([(true, false), (false, true)], rows.Select(row => (row.IsExpenseClaim, row.IsClaimed)));
    }

    [Theory]
    [InlineData("1234.56", 1234.56)]
    [InlineData("1,234.56", 1234.56)]
    [InlineData("\"1.234,56\"", 1234.56)]
    [InlineData("\"12,50\"", 12.5)]
    [InlineData("\"1,234,567\"", 1234567d)]
    [InlineData("-8", -8d)]
    [InlineData("\"1,234\"", null)]
    [InlineData("1.234", null)]
    [InlineData("ten", null)]
    [InlineData("=1+1", null)]
    [InlineData("1e3", null)]
    [InlineData("99999999999999999999999999999999999999", null)]
    public async Task Amounts_are_exact_or_a_problem(string cell, double? expected)
    {
        var result = await ReadAsync("Receipt ID,Date,Supplier,Total\n1,,Bean," + (cell.Contains(',') && cell[0] != '"' ? $"\"{cell}\"" : cell));
        Assert.Equal((decimal?)expected, Assert.Single(result.Rows).Total);
        Assert.Equal(expected is null ? ["Total"] : [], result.Problems.Select(problem => problem.Column));
    }

    [Fact]
    public async Task Problems_name_line_and_column_and_never_stop_the_others()
    {
        var result = await ReadAsync("Receipt ID,Date,Supplier,Total,Currency\n,20-Aug-2026,A,1,GBP\n5,20/08/2026,B,x,pounds\n\n5,,C,1,GBP\n6,a,b\n1.2E+10,,D,1,GBP\n7,,\"E\ne\",2,GBP\n8,,F,\"2");
        Assert.Equal(["5", "7"], result.Rows.Select(row => row.ReceiptId));
        Assert.Equal(
            [
                (2, "Receipt ID", DextExportRule.ReceiptIdMissing), (3, "Date", DextExportRule.DateUnreadable), (3, "Total", DextExportRule.AmountUnreadable),
                (3, "Currency", DextExportRule.CurrencyUnreadable), (5, "Receipt ID", DextExportRule.ReceiptIdTwice), (6, null, DextExportRule.WrongNumberOfCells),
                (7, "Receipt ID", DextExportRule.ReceiptIdUnreadable), (10, null, DextExportRule.BrokenQuoting),
            ],
            result.Problems.Select(problem => (problem.Line!.Value, problem.Column, problem.Rule)));
        Assert.All(result.Problems, problem => Assert.Contains($"Line {problem.Line}", problem.Sentence, StringComparison.Ordinal));
        Assert.Null(result.Refusal);
    }

    [Fact]
    public async Task Another_csv_is_refused_with_the_headings_that_were_expected()
    {
        var refusal = (await ReadAsync("Name,Amount\nx,1")).Refusal;
        Assert.Equal(DextExportRule.NotADextExport, refusal?.Rule);
        Assert.Equal("This is not a CSV that Dext exports: its first line should name Receipt ID (or Item ID) and at least two of Type, Date, Supplier, Total and Status, but it begins with “Name”, “Amount”.", refusal!.Sentence);
        Assert.Equal(DextExportRule.HeadingTwice, (await ReadAsync("Receipt ID,Date,Total,Total\n1,,1,2")).Refusal?.Rule);
    }

    [Fact]
    public async Task Too_large_too_long_and_no_text_are_refused()
    {
        Assert.Equal(DextExportRule.TooLarge, (await DextExport.ReadAsync(new MemoryStream(new byte[DextExport.MaxBytes + 1]), Cancellation)).Refusal?.Rule);
        Assert.Equal(DextExportRule.NotText, (await DextExport.ReadAsync(new MemoryStream([0x50, 0xFF, 0x00]), Cancellation)).Refusal?.Rule);
        var rows = string.Concat(Enumerable.Range(0, DextExport.MaxRows + 1).Select(id => string.Create(CultureInfo.InvariantCulture, $"{id},,x\n")));
        Assert.Equal(DextExportRule.TooManyRows, (await ReadAsync("Receipt ID,Date,Supplier\n" + rows)).Refusal?.Rule);
    }

    [Fact]
    public void An_export_is_told_from_other_text_by_its_first_line()
    {
        Assert.True(DextExport.LooksLikeOne(Encoding.UTF8.GetBytes("\uFEFF" + Standard + "\r\n123")));
        Assert.False(DextExport.LooksLikeOne("Name,Date,Total\n"u8));
        Assert.False(DextExport.LooksLikeOne("%PDF-1.7"u8));
        Assert.False(DextExport.LooksLikeOne([]));
    }

    [Fact]
    public void The_file_of_a_row_carries_its_id_and_no_longer_number()
    {
        Assert.Equal(1, ExportFileIndex.Match(["1234"], ["12345.pdf", "Bean_1234.pdf"])["1234"]);
        Assert.Empty(ExportFileIndex.Match(["1234"], ["12345.pdf"]));
        Assert.Empty(ExportFileIndex.Match(["1234"], ["1234.pdf", "1234.jpg"]));
    }

    [Fact]
    public void Columns_in_any_order_are_the_same_rows()
    {
        var headings = WithTaxList.Split(',');
        var cells = headings.Select((heading, at) => heading.Contains("Date", StringComparison.Ordinal) ? "20-Aug-2026" : heading.StartsWith('T') || heading == "Currency" ? "" : $"a \"{at}\", b").ToArray();
        cells[0] = "9";
        var expected = Read(Csv(headings, cells)).Rows.Single();
        Gen.Shuffle(Enumerable.Range(0, headings.Length).ToArray()).Sample(
            order => Read(Csv([.. order.Select(at => headings[at])], [.. order.Select(at => cells[at])])).Rows.Single() == expected, iter: 500);
    }

    [Fact]
    public void Mutated_exports_never_throw()
    {
        var csv = Encoding.UTF8.GetBytes(Standard + "\r\n1,Invoice,20-Aug-2026,,A,\"B\",C (0%),,,,,1.00,2.00,GBP,1,2,new,O,\"\",\"d\",\r\n2,Receipt,,,,,,,,,,,,,,,,,,,\r\n");
        Gen.Select(Gen.Select(Gen.Int[0, csv.Length - 1], Gen.Byte).Array[0, 10], Gen.Int[0, csv.Length]).Sample(
            (changes, length) =>
            {
                var copy = csv.ToArray();
                foreach (var (at, value) in changes) copy[at] = value;
                DextExport.LooksLikeOne(copy.AsSpan(0, length));
                var result = DextExport.ReadAsync(new MemoryStream(copy, 0, length)).GetAwaiter().GetResult();
                return result.Refusal is null || result.Rows.Count == 0;
            },
            iter: 3000);
    }

    [Fact]
    public void Hostile_text_is_kept_as_typed()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var hostile = Path.Combine(Shared.Folder!, "corpus", "hostile");
        var naughty = JsonSerializer.Deserialize<string[]>(File.ReadAllText(Path.Combine(hostile, "naughty-strings.json")))!;
        var injections = Directory.EnumerateFiles(hostile, "csv-injection-*.txt").SelectMany(File.ReadAllLines);
        var texts = naughty.Concat(injections).Where(text => !string.IsNullOrWhiteSpace(text) && !text.Contains('\0')).ToList();
        Assert.InRange(texts.Count, 500, 5000);
        var csv = "Receipt ID,Date,Supplier,Note\n" + string.Concat(texts.Select((text, id) => Row([id.ToString(CultureInfo.InvariantCulture), "", text, "n"])));
        var result = Read(csv);
        Assert.Empty(result.Problems);
        Assert.Equal(texts, result.Rows.Select(row => row.Supplier));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Csv(string[] headings, string[] cells) => Row(headings) + Row(cells);

    private static string Row(string[] cells) => string.Join(',', cells.Select(cell => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n";

    private static DextExportResult Read(string csv) => DextExport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv))).GetAwaiter().GetResult();

    private static Task<DextExportResult> ReadAsync(string csv) => DextExport.ReadAsync(new MemoryStream(Encoding.UTF8.GetBytes(csv)), Cancellation);
}
