using System.Globalization;
using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Reading;

/// <summary>An amount with two decimals, and the currency mark beside it, if any.</summary>
internal sealed record PaperAmount(decimal Value, string? Mark, PaperCell Cell, IReadOnlyList<PaperWord> Words);

/// <summary>Finds amounts of money in words. Only what has exactly two decimals is one; both separator styles are read.</summary>
internal static partial class AmountWords
{
    public static IReadOnlyList<PaperAmount> In(PaperCell cell, IReadOnlyList<PaperWord> words)
    {
        var found = new List<PaperAmount>();
        for (var at = 0; at < words.Count; at++)
        {
            var match = Money.Match(words[at].Text);
            if (!match.Success || (at + 1 < words.Count && words[at + 1].Text == "%")) continue;
            var (number, taken) = (match.Groups["number"].Value, 1);
            // "1 234,56" comes as two words. Whether "2 234,56" is a quantity and a price cannot be told: then there is no amount.
            if (at > 0 && Thousands.IsMatch(words[at - 1].Text) && number.Length == 6 && words[at].Left - words[at - 1].Right < 0.45 * words[at].Size)
                (number, taken) = (words[at - 1].Text.TrimStart('€', '£', '$', '-') + number, 2);
            if (Exact(number) is not { } value) continue;
            var first = at - taken + 1;
            var negative = match.Groups["minus"].Success || words[first].Text.StartsWith('-') || (first > 0 && words[first - 1].Text is "-" or "−");
            var mark = MarkOf(match) ?? (first > 0 ? CurrencyMarks.Of(words[first - 1].Text) : null)
                ?? (at + 1 < words.Count ? CurrencyMarks.Of(words[at + 1].Text) : null) ?? CurrencyMarks.Leading(words[first].Text);
            found.Add(new PaperAmount(negative ? -value : value, mark, cell, [.. words.Skip(first).Take(taken)]));
        }

        return found;
    }

    private static string? MarkOf(Match match) =>
        match.Groups["mark"] is { Success: true } group ? CurrencyMarks.Of(group.Value) : null;

    private static decimal? Exact(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length is > 2 and <= 14 ? decimal.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture) / 100m : null;
    }

    /// <summary>12.34, 1,234.56, 1.234,56, 1'234.50; with a mark and a minus on either side.</summary>
    [GeneratedRegex(
        @"^(?<minus>[-−(])?(?<mark>[A-Z]{0,3}[€£$¥]|[A-Z]{3})?(?<minus>[-−])?(?<number>\d{1,9}[.,]\d{2}|\d{1,3}(?:,\d{3}){1,3}\.\d{2}|\d{1,3}(?:\.\d{3}){1,3},\d{2}|\d{1,3}(?:['’\u00A0\u202F]\d{3}){1,3}[.,]\d{2})(?<minus>[-−])?\)?(?<mark>[€£$¥]|[A-Z]{3})?[*]?$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Money { get; }

    [GeneratedRegex(@"^-?[€£$]?[1-9]\d{0,2}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Thousands { get; }
}
