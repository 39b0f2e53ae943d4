namespace DextSage.Integration.Intake.Reading;

internal enum LabelField { Date, DueDate, Reference, Net, Tax, Gross, Payable, Currency, From, BillTo, Registration, Other }

/// <summary>
/// A label found on the paper, and how many words of its cell it takes. Its weight is 2 for words that can mean nothing else
/// ("invoice date"), 1 for words that can ("date"). A foreign label's language writes the day before the month.
/// </summary>
internal sealed record PaperLabel(LabelField Field, int Weight, bool Foreign, PaperCell Cell, int Start, int Length)
{
    public int End => Start + Length;

    /// <summary>The words behind it in its cell, up to the next label.</summary>
    public IReadOnlyList<PaperWord> Rest { get; init; } = [];
}

/// <summary>Finds labels in a cell: the longest that fits wins, so that "VAT number" is not taken for "VAT".</summary>
internal static class LabelFinder
{
    private static readonly Dictionary<string, (LabelField Field, int Weight, bool Foreign)> Known = LabelWords.All();
    private static readonly int Longest = Known.Keys.Max(label => label.Count(letter => letter == ' ') + 1);

    public static IEnumerable<PaperLabel> In(PaperCell cell)
    {
        var found = new List<PaperLabel>();
        for (var start = 0; start < cell.Words.Count; start++)
        {
            if (At(cell, start) is not { } label) continue;
            found.Add(label);
            start = label.End - 1;
        }

        for (var number = 0; number < found.Count; number++)
        {
            var until = number + 1 < found.Count ? found[number + 1].Start : cell.Words.Count;
            found[number] = found[number] with { Rest = [.. cell.Words.Take(until).Skip(found[number].End)] };
        }

        return found;
    }

    private static PaperLabel? At(PaperCell cell, int start)
    {
        if (!CanBeginAt(cell, start)) return null;
        for (var length = Math.Min(Longest, cell.Words.Count - start); length > 0; length--)
        {
            var words = string.Join(' ', cell.Words.Skip(start).Take(length).Select(word => word.Folded).Where(word => word.Length > 0));
            if (Known.TryGetValue(words, out var known))
                return new PaperLabel(known.Field, known.Weight, known.Foreign, cell, start, length);
        }

        return null;
    }

    /// <summary>At the start of a cell, or behind something that ended: a number, or punctuation. "Your invoice date" is not "invoice date".</summary>
    private static bool CanBeginAt(PaperCell cell, int start)
    {
        if (cell.Words[start].Folded.Length == 0) return false;
        if (start == 0) return true;
        var before = cell.Words[start - 1].Text;
        return before.Any(char.IsDigit) || before[^1] is ':' or ',' or ';' or '|' or '·' or '•' or '-' or '–' or '/';
    }
}
