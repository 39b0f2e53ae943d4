using CsCheck;
using DextSage.App.Items;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class DateTextTests
{
    [Theory]
    [InlineData("07/11/2026")]
    [InlineData("7/11/26")]
    [InlineData("7.11.2026")]
    [InlineData("2026-11-07")]
    [InlineData("7 Nov 2026")]
    [InlineData("07-Nov-2026")]
    [InlineData("07112026")]
    public void The_day_comes_first(string typed) => Assert.Equal(new DateOnly(2026, 11, 7), DateText.Read(typed).Value);

    [Theory]
    [InlineData("31/02/2026")]
    [InlineData("11/13/2026")]
    [InlineData("tomorrow")]
    [InlineData("7/11")]
    [InlineData("07/11/1026")]
    public void What_is_no_date_is_refused_with_a_sentence(string typed)
    {
        var read = DateText.Read(typed);

        Assert.Null(read.Value);
        Assert.NotNull(read.Problem);
    }

    [Fact]
    public void Every_date_that_is_shown_reads_back_as_itself() =>
        Gen.Int[0, 40_000].Sample(days =>
        {
            var date = new DateOnly(1990, 1, 1).AddDays(days);
            return DateText.Read(DateText.Show(date)).Value == date;
        });
}
