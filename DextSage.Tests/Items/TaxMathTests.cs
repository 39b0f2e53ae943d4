using CsCheck;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class TaxMathTests
{
    /// <summary>Amounts of a document, in pence; rates of Sage's, in hundredths of a per cent.</summary>
    private static readonly Gen<decimal> Totals = Gen.Long[1, 9_999_999_999].Select(pence => pence / 100m);
    private static readonly Gen<decimal> Rates = Gen.Int[0, 10_000].Select(r => r / 100m);

    [Fact]
    public void The_tax_within_a_total_is_whole_pence_and_never_more_than_the_total() => Gen.Select(Totals, Rates).Sample((total, rate) =>
    {
        var tax = TaxMath.TaxWithin(total, rate);
        return tax >= 0 && tax <= total && decimal.Round(tax, 2) == tax;
    });

    [Fact]
    public void What_the_formula_gives_always_fits() =>
        Gen.Select(Totals, Rates).Sample((total, rate) => TaxMath.Fits(total, TaxMath.TaxWithin(total, rate), rate));

    [Fact]
    public void Net_and_tax_make_a_total_whose_tax_is_found_again() => Gen.Select(Gen.Long[1, 9_999_999_999], Rates).Sample((pence, rate) =>
    {
        var net = pence / 100m;
        var tax = decimal.Round(net * rate / 100, 2, MidpointRounding.AwayFromZero);
        return TaxMath.Fits(net + tax, tax, rate) && Math.Abs(TaxMath.TaxWithin(net + tax, rate) - tax) <= 0.01m;
    });

    [Fact]
    public void Further_off_than_the_tolerance_does_not_fit() => Gen.Select(Totals, Gen.Int[1, 10_000].Select(r => r / 100m), Gen.Int[6, 500]).Sample((total, rate, off) =>
    {
        var tax = TaxMath.TaxWithin(total, rate);
        return !TaxMath.Fits(total, tax + (off / 100m), rate) && !TaxMath.Fits(total, tax - (off / 100m), rate) && TaxMath.Fits(total, tax + TaxMath.Tolerance, rate);
    });

    [Theory]
    [InlineData("120.00", "20", "20.00")]
    [InlineData("0.03", "20", "0.01")]
    [InlineData("100.00", "0", "0.00")]
    [InlineData("113.50", "13.5", "13.50")]
    [InlineData("0.01", "100", "0.01")]
    public void Half_a_penny_goes_up(string total, string rate, string tax) => Assert.Equal(
        decimal.Parse(tax, System.Globalization.CultureInfo.InvariantCulture),
        TaxMath.TaxWithin(decimal.Parse(total, System.Globalization.CultureInfo.InvariantCulture), decimal.Parse(rate, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void No_tax_but_none_fits_a_rate_of_nothing() => Totals.Sample(total => TaxMath.Fits(total, 0, 0) && !TaxMath.Fits(total, 0.01m, 0));

    [Fact]
    public void Money_comes_back_from_the_database_as_it_went_in()
    {
        var converter = new MoneyConverter();
        Gen.Long[-999_999_999_999, 999_999_999_999].Sample(tenthousandths =>
        {
            var amount = tenthousandths / 10_000m;
            var stored = Assert.IsType<long>(converter.ConvertToProvider(amount));
            return (decimal)converter.ConvertFromProvider(stored)! == amount;
        });
        Assert.Equal(ItemLimits.Amount, converter.ConvertFromProvider(converter.ConvertToProvider(ItemLimits.Amount)));
    }

    [Fact]
    public void Money_keeps_its_order_in_the_database()
    {
        var converter = new MoneyConverter();
        Gen.Select(Totals, Totals).Sample((a, b) => a.CompareTo(b) == ((long)converter.ConvertToProvider(a)!).CompareTo((long)converter.ConvertToProvider(b)!));
    }

    [Fact]
    public void Nothing_of_ours_counts_in_floats()
    {
        var floats =
            from assembly in new[] { typeof(TaxMath).Assembly }
            from type in assembly.GetTypes()
            where type.Namespace is "DextSage.Integration.Items" or "DextSage.Integration.Lists" or "DextSage.Integration.Storage" or "DextSage.Integration.Publishing"
            from member in Guard.References.Of(type)
            from used in Guard.References.Types(member)
            where used == typeof(double) || used == typeof(float)
            where type.FullName is not { } name || !(name.Contains("Waiting", StringComparison.Ordinal) || name.Contains("Patience", StringComparison.Ordinal)) // The length of a pause.
            select type.FullName;
        Assert.Empty(floats.Distinct(StringComparer.Ordinal));
    }
}
