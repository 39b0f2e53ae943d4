using System.Globalization;
using CsCheck;
using DextSage.App.Items;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class AmountTextTests
{
    [Theory]
    [InlineData("1,234.50", "1234.50")]
    [InlineData("1234.5", "1234.50")]
    [InlineData("£20", "20.00")]
    [InlineData(" 1 234.50 ", "1234.50")]
    [InlineData("-5.00", "-5.00")]
    [InlineData("0", "0.00")]
    [InlineData(".5", "0.50")]
    public void An_amount_is_read_as_people_write_it(string typed, string amount)
    {
        var read = AmountText.Read(typed);

        Assert.Null(read.Problem);
        Assert.Equal(decimal.Parse(amount, CultureInfo.InvariantCulture), read.Value);
    }

    [Theory]
    [InlineData("12,50")]
    [InlineData("1.234,50")]
    [InlineData("12,34.50")]
    [InlineData("1.2.3")]
    [InlineData("abc")]
    [InlineData("1e5")]
    [InlineData("1.005")]
    [InlineData("9999999999")]
    public void What_is_no_amount_or_could_be_two_is_refused_with_a_sentence(string typed)
    {
        var read = AmountText.Read(typed);

        Assert.Null(read.Value);
        Assert.EndsWith(".", read.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_field_is_no_amount_and_no_mistake() => Assert.Equal(new Typed<decimal?>(null), AmountText.Read("  "));

    [Fact]
    public void Every_amount_that_is_shown_reads_back_as_itself() =>
        Gen.Long[-99_999_999_999, 99_999_999_999].Sample(pence =>
        {
            var amount = pence / 100m;
            var read = AmountText.Read(AmountText.Show(amount));
            return read.Problem is null && read.Value == amount;
        });

    [Fact]
    public void No_text_at_all_makes_it_throw_or_lose_a_penny() =>
        Gen.String[Gen.Char["0123456789.,-+£ abc\u00a0"], 0, 14].Sample(text =>
        {
            var read = AmountText.Read(text);
            return read.Problem is null || read.Value is null;
        });
}
