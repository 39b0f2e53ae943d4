using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Reading;

/// <summary>The supplier's number: one word with a digit in it, beside or under a label, the same wherever it is labelled.</summary>
internal static partial class ReferenceReader
{
    public static ReadValue<string>? Read(Paper paper)
    {
        foreach (var sameWeight in paper.Labels.Where(label => label.Field == LabelField.Reference).GroupBy(label => label.Weight).OrderByDescending(group => group.Key))
        {
            var found = sameWeight.Select(label => (Label: label, Number: NumberOf(paper, label))).Where(candidate => candidate.Number is not null).ToList();
            if (found.Count == 0) continue;
            if (found.Any(candidate => candidate.Number != found[0].Number)) return null;
            var (label, number) = found[0];
            var words = string.Join(' ', label.Cell.Words.Skip(label.Start).Take(label.Length).Select(word => word.Text));
            return new ReadValue<string>(number!, label.Weight == 2 ? 0.9m : 0.8m, $"{words} {number}", label.Cell.Page, label.Cell.Box());
        }

        return null;
    }

    private static string? NumberOf(Paper paper, PaperLabel label)
    {
        if (label.Rest.Count > 0) return Number(label.Rest);
        if (paper.RightOf(label.Cell) is { } right && !StartsWithLabel(paper, right) && Number(right.Words) is { } beside) return beside;
        // "Invoice" alone is a heading: what stands under it is not its number.
        return label.Weight == 2 && paper.Below(label.Cell) is { } below && !StartsWithLabel(paper, below) ? Number(below.Words) : null;
    }

    private static bool StartsWithLabel(Paper paper, PaperCell cell) => paper.Labels.Any(label => ReferenceEquals(label.Cell, cell) && label.Start == 0);

    /// <summary>A second word might belong to it ("2026 0012") or not; then nothing is certain.</summary>
    private static string? Number(IReadOnlyList<PaperWord> words)
    {
        var rest = words.SkipWhile(word => word.Text is ":" or "#" or "-" || word.Folded is "" or "no" or "nr" or "number" or "n").ToList();
        if (rest.Count == 0 || DateWords.At(rest, 0) is not null) return null;
        if (rest.Count > 1 && !MayFollow(rest[1].Text)) return null;
        var number = NumberSign.Replace(rest[0].Text, "").TrimStart('#', ':').TrimEnd(',', ';', ':', '.', ')');
        return Reference.IsMatch(number) && !Amount.IsMatch(number) ? number : null;
    }

    /// <summary>Punctuation, or a word without digits that does not look like part of a number.</summary>
    private static bool MayFollow(string text) => text is "-" or "–" or "|" or "·" or "/" || (text.Length > 2 && text.All(char.IsLetter) && text.Any(char.IsLower));

    /// <summary>Written without a space: Nr.471102.</summary>
    [GeneratedRegex(@"^(?:nr|no|n)[.:°]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex NumberSign { get; }

    [GeneratedRegex(@"^(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9/._-]{1,29}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Reference { get; }

    [GeneratedRegex(@"^\d{1,3}(?:[.,]\d{3})*[.,]\d{2}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Amount { get; }
}
