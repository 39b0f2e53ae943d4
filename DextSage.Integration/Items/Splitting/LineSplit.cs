namespace DextSage.Integration.Items;

/// <summary>What the shares of a split are: per cent of the total, or amounts with tax.</summary>
public enum SplitBasis { Percentages, Amounts }

/// <summary>One line that a total is split into.</summary>
/// <param name="Share">Per cent or an amount, as the <see cref="SplitBasis"/> says.</param>
public sealed record SplitPart(string? Description, Guid? CategoryId, Guid? TaxRateId, decimal Share);

/// <summary>Splits a total into lines, to the penny.</summary>
public static class LineSplit
{
    public const int MostParts = 50;

    /// <summary>Why a total cannot be split so, as a sentence; null where it can.</summary>
    public static string? Problem(decimal? total, SplitBasis basis, IReadOnlyList<SplitPart> parts) => (parts.Count, basis) switch
    {
        _ when !Enum.IsDefined(basis) => "A split is by percentages or by amounts.",
        (0, _) => "A split has at least one line.",
        ( > MostParts, _) => $"A split has at most {MostParts} lines.",
        _ when total is not > 0 => "Enter the total amount first: there is nothing to split yet.",
        (_, SplitBasis.Percentages) when parts.Any(p => p.Share <= 0) => "Each line's percentage is more than zero.",
        (_, SplitBasis.Percentages) when parts.Sum(p => p.Share) != 100 => $"The percentages come to {parts.Sum(p => p.Share):0.####}, not to 100.",
        (_, SplitBasis.Amounts) when parts.Any(p => p.Share == 0 || decimal.Round(p.Share, 2) != p.Share) => "Each line's amount is more or less than zero, with at most two decimals.",
        _ => null,
    };

    /// <summary>What each line comes to, with tax. By percentages they come to the total; by amounts, to what was typed.</summary>
    public static IReadOnlyList<decimal> Gross(decimal total, SplitBasis basis, IReadOnlyList<SplitPart> parts) =>
        basis is SplitBasis.Percentages ? LineMath.Shares(total, [.. parts.Select(p => p.Share)]) : [.. parts.Select(p => p.Share)];

    /// <summary>A line that comes to <paramref name="gross"/>, whichever way the item's prices are meant.</summary>
    /// <param name="percentage">Of its tax rate.</param>
    public static LineDraft Draft(SplitPart part, decimal gross, LineAmounts amounts, decimal percentage)
    {
        var tax = amounts is LineAmounts.Net ? TaxMath.TaxWithin(gross, percentage) : 0;
        return new LineDraft(part.Description, gross - tax) { CategoryId = part.CategoryId, TaxRateId = part.TaxRateId, Tax = tax == 0 ? null : tax };
    }
}
