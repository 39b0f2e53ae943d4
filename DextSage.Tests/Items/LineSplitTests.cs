using CsCheck;
using DextSage.Integration.Items;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class LineSplitTests
{
    private static readonly Gen<decimal> Totals = Gen.Long[1, 99_999_999].Select(n => n / 100m);
    private static readonly Gen<decimal> Rates = Gen.OneOf(Gen.Const(0m), Gen.Const(5m), Gen.Const(13.5m), Gen.Const(20m), Gen.Const(23m));
    private static readonly Gen<LineAmounts> Modes = Gen.OneOf(Gen.Const(LineAmounts.Net), Gen.Const(LineAmounts.Gross));

    // Percentages with up to two decimals that come to 100.
    private static readonly Gen<SplitPart[]> Percentages = Gen.Int[1, 9_000].Array[1, 50].Select(cuts =>
    {
        var shares = new List<decimal>();
        var left = 10_000;
        foreach (var cut in cuts.TakeWhile(c => left > 1))
        {
            var share = Math.Min(cut, left - 1);
            shares.Add(share / 100m);
            left -= share;
        }
        if (shares.Count == LineSplit.MostParts) shares[^1] += left / 100m;
        else shares.Add(left / 100m);
        return shares.Select(s => new SplitPart("Part", null, null, s)).ToArray();
    });

    [Fact]
    public void A_split_by_percentages_comes_to_the_total_with_each_line_exactly_its_share() => Gen.Select(Totals, Percentages, Rates, Modes).Sample((total, parts, rate, mode) =>
    {
        Assert.Null(LineSplit.Problem(total, SplitBasis.Percentages, parts));
        var gross = LineSplit.Gross(total, SplitBasis.Percentages, parts);
        var lines = gross.Zip(parts).Select(g =>
        {
            var draft = LineSplit.Draft(g.Second, g.First, mode, rate);
            var (net, tax) = LineMath.Amounts(draft.Quantity, draft.UnitPrice, mode, rate, draft.Tax);
            return net + tax;
        }).ToList();
        return lines.Sum() == total && lines.SequenceEqual(gross) && parts.Zip(gross).All(p => Math.Abs(p.Second - (total * p.First.Share / 100)) <= 0.01m);
    });

    [Fact]
    public void A_split_by_amounts_has_the_amounts_that_were_typed() => Gen.Select(Totals, Totals.Array[1, 50], Rates, Modes).Sample((total, amounts, rate, mode) =>
    {
        var parts = amounts.Select(a => new SplitPart(null, null, null, a)).ToArray();
        var lines = LineSplit.Gross(total, SplitBasis.Amounts, parts).Zip(parts).Select(g => LineSplit.Draft(g.Second, g.First, mode, rate))
            .Select(d => LineMath.Amounts(d.Quantity, d.UnitPrice, mode, rate, d.Tax)).Select(a => a.Net + a.Tax);
        return LineSplit.Problem(total, SplitBasis.Amounts, parts) is null && lines.SequenceEqual(amounts);
    });

    [Fact]
    public void What_cannot_be_split_is_said()
    {
        SplitPart[] half = [new("a", null, null, 50), new("b", null, null, 50)];
        Assert.NotNull(LineSplit.Problem(0, SplitBasis.Percentages, half));
        Assert.NotNull(LineSplit.Problem(null, SplitBasis.Amounts, half));
        Assert.NotNull(LineSplit.Problem(10, SplitBasis.Percentages, []));
        Assert.Contains("come to 50, not to 100", LineSplit.Problem(10, SplitBasis.Percentages, half[..1]), StringComparison.Ordinal);
        Assert.NotNull(LineSplit.Problem(10, SplitBasis.Percentages, [new("a", null, null, 150), new("b", null, null, -50)]));
        Assert.NotNull(LineSplit.Problem(10, SplitBasis.Amounts, [new("a", null, null, 0)]));
        Assert.NotNull(LineSplit.Problem(10, SplitBasis.Amounts, [new("a", null, null, 0.001m)]));
        Assert.Contains("at most 50", LineSplit.Problem(10, SplitBasis.Amounts, [.. Enumerable.Repeat(half[0], 51)]), StringComparison.Ordinal);
        Assert.NotNull(LineSplit.Problem(10, (SplitBasis)9, half));
    }
}
