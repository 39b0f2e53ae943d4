using CsCheck;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class LineMathTests
{
    private static readonly Gen<decimal> Prices = Gen.Long[-99_999_999, 99_999_999].Select(n => n / 10_000m);
    private static readonly Gen<decimal> Quantities = Gen.Long[1, 10_000_000].Select(n => n / 10_000m);
    private static readonly Gen<decimal> Rates = Gen.OneOf(Gen.Const(0m), Gen.Const(5m), Gen.Const(13.5m), Gen.Const(20m), Gen.Const(23m));
    private static readonly Gen<LineAmounts> Modes = Gen.OneOf(Gen.Const(LineAmounts.Net), Gen.Const(LineAmounts.Gross));

    private static readonly Gen<(decimal Quantity, decimal Price, decimal Rate)> OneLine = Gen.Select(Quantities, Prices, Rates);

    [Fact]
    public void What_a_line_comes_to_is_whole_pennies_and_the_typed_side_stays_as_typed() => Gen.Select(OneLine, Modes).Sample((line, mode) =>
    {
        var (net, tax) = LineMath.Amounts(line.Quantity, line.Price, mode, line.Rate, typedTax: null);
        var typed = decimal.Round(line.Quantity * line.Price, 2, MidpointRounding.AwayFromZero);
        return decimal.Round(net, 2) == net && decimal.Round(tax, 2) == tax && (mode is LineAmounts.Net ? net == typed : net + tax == typed);
    });

    [Fact]
    public void Net_and_gross_entry_of_the_same_line_agree_to_the_penny() => OneLine.Sample(line =>
    {
        var (net, tax) = LineMath.Amounts(1, decimal.Round(line.Price, 2), LineAmounts.Net, line.Rate, typedTax: null);
        var (again, _) = LineMath.Amounts(1, net + tax, LineAmounts.Gross, line.Rate, typedTax: null);
        return Math.Abs(net - again) <= 0.01m;
    });

    [Fact]
    public void Lines_come_to_the_total_or_say_by_how_much_they_do_not() => Gen.Select(OneLine.Array[1, 12], Modes, Prices).Sample((lines, mode, total) =>
    {
        var review = Of(lines, mode, decimal.Round(total, 2), tax: null);
        var outBy = LineMath.OutBy(review.Item.Total, review.Item.Lines.Select(l => l.Gross));
        return review.Item.Lines.Sum(l => l.Net) + review.Item.Lines.Sum(l => l.Tax) + outBy == review.Item.Total;
    });

    [Fact]
    public void The_papers_tax_is_kept_where_it_differs_within_the_tolerance_and_nowhere_else() =>
        Gen.Select(OneLine.Where(l => l.Rate > 0).Array[1, 12], Modes, Gen.Int[-9, 9]).Sample((lines, mode, pennies) =>
        {
            var computed = Of(lines, mode, total: 1, tax: null).Item.Lines.Sum(l => l.Tax);
            var onPaper = computed + (pennies / 100m);
            var item = Of(lines, mode, total: 1, onPaper).Item;
            var typed = lines.Sum(l => decimal.Round(l.Quantity * l.Price, 2, MidpointRounding.AwayFromZero));
            return item.Lines.Sum(l => l.Tax) == (Math.Abs(pennies) <= 5 ? onPaper : computed) && item.Tax == onPaper
                && item.Lines.Sum(mode is LineAmounts.Net ? l => l.Net : l => l.Gross) == typed;
        });

    [Fact]
    public void Where_the_rate_decides_the_tax_is_what_the_lines_have() => Gen.Select(OneLine.Array[1, 12], Modes).Sample((lines, mode) =>
    {
        var item = Of(lines, mode, total: 1, tax: 77, Reviews.Plus with { TaxSource = TaxSource.Rate }).Item;
        return item.Tax == item.Lines.Sum(l => l.Tax);
    });

    [Fact]
    public void Adding_the_remaining_balance_makes_the_lines_come_to_the_total() => Gen.Select(OneLine.Array[1, 12], Modes, Prices, Gen.Bool).Sample((lines, mode, total, hasTax) =>
    {
        var review = Of(lines, mode, decimal.Round(total, 2), tax: null, hasTax ? Reviews.Plus : Reviews.Plus with { UsesTax = false });
        var outBy = LineMath.OutBy(review.Item.Total, review.Item.Lines.Select(l => l.Gross));
        var draft = LineReview.Remainder(review, outBy);
        review.Item.Lines.Add(new ItemLine
        {
            BusinessId = Reviews.BusinessId, UnitPrice = draft.UnitPrice, Quantity = draft.Quantity, IsTaxTyped = draft.Tax is not null, Tax = draft.Tax ?? 0, TaxRate = review.Item.Lines[^1].TaxRate,
        });
        LineMath.Settle(review.Item, review.Context);
        return LineMath.OutBy(review.Item.Total, review.Item.Lines.Select(l => l.Gross)) == 0;
    });

    [Fact]
    public void Shares_add_up_to_the_amount_and_none_is_a_penny_off_its_part() =>
        Gen.Select(Gen.Long[-99_999_999, 99_999_999].Select(n => n / 100m), Gen.Int[0, 1000].Select(n => (decimal)n).Array[1, 50].Where(w => w.Any(n => n > 0))).Sample((amount, weights) =>
        {
            var shares = LineMath.Shares(amount, weights);
            return shares.Sum() == amount && shares.Zip(weights).All(s => Math.Abs(s.First - (amount * s.Second / weights.Sum())) <= 0.01m);
        });

    private static ItemUnderReview Of((decimal Quantity, decimal Price, decimal Rate)[] lines, LineAmounts mode, decimal total, decimal? tax, ReviewContext? context = null)
    {
        var review = Reviews.Ready(context);
        (review.Item.Total, review.Item.Tax, review.Item.LineAmounts) = (total, tax, mode);
        foreach (var (quantity, price, rate) in lines)
            review.Item.Lines.Add(new ItemLine { BusinessId = Reviews.BusinessId, Quantity = quantity, UnitPrice = price, TaxRate = Reviews.TaxRate(rate) });
        LineMath.Settle(review.Item, review.Context);
        return review;
    }
}
