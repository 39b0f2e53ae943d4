namespace DextSage.Integration.Intake.Reading;

/// <summary>The labelled date and due date. 03/04/2026 stays empty until something on the paper says which number is the month.</summary>
internal static class DateReader
{
    private const int DaysAhead = 7;
    private const int LongestTerms = 400;

    public static ReadValue<DateOnly>? ReadDate(Paper paper, DateOnly today) =>
        Read(paper, LabelField.Date, day => day <= today.AddDays(DaysAhead));

    public static ReadValue<DateOnly>? ReadDueDate(Paper paper, DateOnly today)
    {
        var date = ReadDate(paper, today)?.Value;
        return Read(paper, LabelField.DueDate, day => date is null
            ? day <= today.AddDays(LongestTerms)
            : day >= date && day <= date.Value.AddDays(LongestTerms));
    }

    private static ReadValue<DateOnly>? Read(Paper paper, LabelField field, Func<DateOnly, bool> isBelievable)
    {
        var order = new Lazy<bool?>(() => DayComesFirst(paper));
        foreach (var sameWeight in paper.Labels.Where(label => label.Field == field).GroupBy(label => label.Weight).OrderByDescending(group => group.Key))
        {
            var found = sameWeight.Select(label => Dated(paper, label, order)).OfType<DatedLabel>().ToList();
            if (found.Count == 0) continue;
            if (found.Any(dated => dated.Day is null || dated.Day != found[0].Day)) return null;
            var (label, text, day) = (found[0].Label, found[0].Text, found[0].Day!.Value);
            return isBelievable(day)
                ? new ReadValue<DateOnly>(day, 0.9m, $"{Words(label)} {text}", label.Cell.Page, label.Cell.Box())
                : null;
        }

        return null;
    }

    private static DatedLabel? Dated(Paper paper, PaperLabel label, Lazy<bool?> order)
    {
        if (DateOf(paper, label) is not { } date) return null;
        return new DatedLabel(label, date.Text, date.IsCertain ? date.DayFirst : (order.Value ?? (label.Foreign ? true : null)) switch
        {
            true => date.DayFirst,
            false => date.MonthFirst,
            null => date.ProvesDayFirst ? date.DayFirst : date.ProvesMonthFirst ? date.MonthFirst : null,
        });
    }

    private static PaperDate? DateOf(Paper paper, PaperLabel label)
    {
        if (label.Rest.Count > 0 && FirstOf(label.Rest) is { } behind) return behind;
        if (label.Rest.Count > 0 && label.Weight == 1) return null;
        if (paper.RightOf(label.Cell) is { } right && DateWords.At(right.Words, 0) is { } beside) return beside;
        return paper.Below(label.Cell) is { } below ? DateWords.At(below.Words, 0) : null;
    }

    /// <summary>At the beginning, or behind a little word: "Due date: on 3 May 2026".</summary>
    private static PaperDate? FirstOf(IReadOnlyList<PaperWord> words) =>
        DateWords.At(words, 0) ?? (words.Count > 1 && words[0].Text.Length <= 3 && !words[0].Text.Any(char.IsDigit) ? DateWords.At(words, 1) : null);

    /// <summary>What the paper's other dates prove; nothing when they prove nothing, or both.</summary>
    private static bool? DayComesFirst(Paper paper)
    {
        var dates = paper.Cells.SelectMany(cell => DateWords.In(cell.Words)).Where(date => !date.IsCertain).ToList();
        return (dates.Exists(date => date.ProvesDayFirst), dates.Exists(date => date.ProvesMonthFirst)) switch
        {
            (true, false) => true,
            (false, true) => false,
            _ => null,
        };
    }

    private static string Words(PaperLabel label) =>
        string.Join(' ', label.Cell.Words.Skip(label.Start).Take(label.Length).Select(word => word.Text));

    private sealed record DatedLabel(PaperLabel Label, string Text, DateOnly? Day);
}
