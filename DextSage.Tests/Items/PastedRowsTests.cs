using System.Globalization;
using CsCheck;
using DextSage.Integration.Items;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class PastedRowsTests
{
    private static readonly Gen<string> Words = Gen.String[Gen.Char["abcÄ ,;\t\"'\n=+-@"], 0, 12];
    private static readonly Gen<(string Text, decimal Quantity, decimal Price)> Lines =
        Gen.Select(Words, Gen.Long[1, 9_999_999].Select(n => n / 10_000m), Gen.Long[-99_999_999, 99_999_999].Select(n => n / 10_000m));

    [Fact]
    public void What_a_spreadsheet_copies_comes_back_as_it_was_with_headings_or_without_by_tabs_or_commas() =>
        Gen.Select(Lines.Array[1, 20], Gen.Bool, Gen.Bool).Sample((lines, hasHeadings, isCsv) =>
        {
            var delimiter = isCsv ? "," : "\t";
            var text = string.Concat(lines.Select(l => string.Join(delimiter, Quoted("x" + l.Text), l.Quantity.ToString(CultureInfo.InvariantCulture), l.Price.ToString(CultureInfo.InvariantCulture)) + "\r\n"));
            if (hasHeadings) text = string.Join(delimiter, "Description", "Qty", "Unit price") + "\r\n" + text;

            var read = PastedRows.Read(text);

            Assert.Empty(read.Problems);
            Assert.Equal(lines.Select(l => (("x" + l.Text).Trim(), l.Quantity, l.Price)), read.Rows.Select(r => (r.Description!, r.Quantity!.Value, r.UnitPrice!.Value)));
        });

    [Fact]
    public void No_text_at_all_makes_it_throw_and_what_cannot_be_read_is_said() => Gen.String[Gen.Char["aQ\"\t,;\r\n0123.,-()£%"], 0, 60].Sample(text =>
    {
        var read = PastedRows.Read(text);
        return read.Rows.Count > 0 != read.Problems.Count > 0 && read.Problems.All(p => p.EndsWith('.'));
    });

    [Theory]
    [InlineData("Description\tQty\tPrice\nPaper\tabc\t5", "Row 2, column B (Quantity): ‘abc’ is not a number.")]
    [InlineData("Paper\t1\t5\nInk\t0\t5", "Row 2, column B (Quantity): a quantity is more than zero.")]
    [InlineData("Description\tNet\nPaper\t12,50", "Row 2, column B (Net): ‘12,50’ could be read in two ways. Use a point before the pence.")]
    [InlineData("Description\tNet\nPaper\t1.005", "Row 2, column B (Net): ‘1.005’ has more than 2 decimals.")]
    [InlineData("Description\tQuantity\nPaper\t1", "Row 2 has no price and no amount.")]
    [InlineData("Description\tQty\tPrice\tAmount\nPaper\t2\t10\t25", "Row 2, column D (Amount): 2 × 10.00 is not 25.00.")]
    [InlineData("Description\tDetails\tNet\nPaper\tx\t1", "Two columns are called Description. Leave one of them out.")]
    [InlineData("a\tb\tc\td\te\tf", "What these 6 columns hold cannot be told. Copy them with their headings, such as Description, Quantity, Unit price, Category and Tax rate.")]
    [InlineData("Description\tNet", "There are headings, and no lines below them.")]
    [InlineData("  ", "There is nothing to paste yet.")]
    public void A_mistake_is_named_by_row_and_column(string text, string problem) => Assert.Equal([problem], PastedRows.Read(text).Problems);

    [Fact]
    public void A_column_that_means_nothing_is_said_and_left_out() =>
        Assert.Equal(["Column B, ‘Colour’, is not used."], PastedRows.Read("Description\tColour\tNet\nPaper\twhite\t5").Notes);

    [Theory]
    [InlineData("1,234.50", 1234.50)]
    [InlineData("£20", 20)]
    [InlineData("(5.00)", -5)]
    [InlineData("5.00-", -5)]
    [InlineData("\u22127", -7)]
    [InlineData("1,234", 1234)]
    public void Numbers_are_read_as_spreadsheets_show_them(string text, decimal value) => Assert.Equal((value, null), PastedRows.Number(text));

    [Fact]
    public void Whatever_prices_were_pasted_the_line_comes_to_them() =>
        Gen.Select(Gen.Long[1, 99_999_999].Select(n => n / 100m), Gen.Int[1, 40], Gen.OneOf(Gen.Const(0m), Gen.Const(5m), Gen.Const(20m)), Gen.Bool, Gen.Bool).Sample((amount, quantity, rate, isGross, wantsGross) =>
        {
            var row = isGross ? new PastedRow(1) { Gross = amount, Quantity = quantity } : new PastedRow(1) { Net = amount, Quantity = quantity };
            var mode = wantsGross ? LineAmounts.Gross : LineAmounts.Net;
            var (many, each, typed) = PastedPrice.Of(row, mode, rate, usesTax: true);
            var (net, tax) = LineMath.Amounts(many, each, mode, rate, typed);
            return (isGross ? net + tax : net) == amount;
        });

    private static string Quoted(string text) => "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
