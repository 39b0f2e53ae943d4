using System.Globalization;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Reading;
using DextSage.Integration.Intake.Scanning;
using Xunit;

namespace DextSage.Tests.Intake.Scanning;

/// <summary>What is believed of words that were read from a picture, without a picture.</summary>
public sealed class OcrTrustTests
{
    [Fact]
    public void A_total_that_stands_there_once_is_not_believed_and_one_that_is_confirmed_is()
    {
        Assert.Null(Read("Total 12.50").Total);
        var confirmed = Read("Total 12.50", "Cash 12.50").Total!;
        Assert.Equal((12.50m, 0.76m), (confirmed.Value, confirmed.Confidence));
    }

    [Fact]
    public void A_sum_proves_its_parts()
    {
        var reading = Read("Net 10.00", "VAT 2.00", "Total 12.00");

        Assert.Equal((10m, 2m, 12m), (reading.Net?.Value, reading.Tax?.Value, reading.Total?.Value));
        Assert.Equal(0.95m, reading.Total!.Confidence);
    }

    [Fact]
    public void A_word_that_is_unsure_leaves_its_value_empty()
    {
        Assert.Equal(new DateOnly(2026, 3, 3), Read("Date 3 March 2026").Date?.Value);
        Assert.Null(Read(60, "Date 3 March 2026").Date);
        Assert.Null(Read(60, "Net 10.00", "VAT 2.00", "Total 12.00").Total);
    }

    [Fact]
    public void The_only_date_of_a_receipt_needs_no_label_and_one_of_several_does()
    {
        Assert.Equal(new DateOnly(2025, 10, 19), Read("19/10/2025 20:49:59").Date?.Value);
        Assert.Null(Read("19/10/2025 20:49:59", "20/10/2025").Date);
        Assert.Null(Read("03/04/2025 20:49:59").Date);
        Assert.Null(Read("19/10/2031").Date);
    }

    [Fact]
    public void A_number_with_letters_that_look_like_digits_is_left_empty()
    {
        Assert.Equal("4711", Read("Invoice number 4711").Reference?.Value);
        Assert.Null(Read("Invoice number TDO1167104").Reference);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no table at all")]
    [InlineData("5\t1\t1\t1\t1\t1\t99999999999\t0\t0\t0\t90\tx")]
    [InlineData("5\t1\t1\t1\t1\t1\t1\t1\t1\t1\tNaN\tx")]
    [InlineData("5\t1\t1\t1\t1\t1\t-5\t1\t1\t1\t90\tx")]
    public void What_is_no_row_of_the_table_is_no_word(string table) => Assert.Empty(TesseractTable.Words(table, new PageSize(100, 100)));

    private static PaperReading Read(params string[] lines) => Read(95, lines);

    private static PaperReading Read(int confidence, params string[] lines)
    {
        var rows = new List<string>();
        foreach (var (line, at) in lines.Select((l, n) => (l, n)))
        {
            rows.Add(Row(4, 0, at * 60, 500, 30, -1, ""));
            var left = 10;
            foreach (var word in line.Split(' '))
            {
                rows.Add(Row(5, left, at * 60, word.Length * 15, 30, confidence, word));
                left += (word.Length * 15) + 12;
            }
        }

        var size = new PageSize(1000, 1400);
        return OcrTrust.Interpret(Paper.From([(1, size, TesseractTable.Words(string.Join('\n', rows), size))]), new ReadingContext(null, new DateOnly(2026, 3, 9), "GBP"));
    }

    private static string Row(int level, int left, int top, int width, int height, int confidence, string text) =>
        string.Join('\t', new object[] { level, 1, 1, 1, 1, 1, left, top, width, height, confidence, text }.Select(c => Convert.ToString(c, CultureInfo.InvariantCulture)));
}
