using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Reading;

/// <summary>A date as printed. With two readings (03/04/2026) it has to be settled before it is one.</summary>
internal sealed record PaperDate(DateOnly? DayFirst, DateOnly? MonthFirst, string Text)
{
    public bool IsCertain => DayFirst is not null && DayFirst == MonthFirst;

    /// <summary>Only the day can be the first number: 23/04/2026.</summary>
    public bool ProvesDayFirst => DayFirst is not null && MonthFirst is null;

    public bool ProvesMonthFirst => MonthFirst is not null && DayFirst is null;
}

/// <summary>Finds the date that words begin with.</summary>
internal static partial class DateWords
{
    /// <summary>Every date in the words, wherever it stands.</summary>
    public static IEnumerable<PaperDate> In(IReadOnlyList<PaperWord> words)
    {
        for (var start = 0; start < words.Count; start++)
        {
            if (At(words, start) is { } date) yield return date;
        }
    }

    public static PaperDate? At(IReadOnlyList<PaperWord> words, int start)
    {
        var text = string.Join(' ', words.Skip(start).Take(5).Select(word => word.Text));
        text = Ordinal.Replace(text, "${d}");
        return IsoDate(text) ?? NumericDate(text) ?? NamedMonthDate(text);
    }

    private static PaperDate? IsoDate(string text) => Iso.Match(text) is { Success: true } match
        ? Certain(Day(match, "m", "d"), match.Value)
        : null;

    private static PaperDate? NumericDate(string text)
    {
        if (Numeric.Match(text) is not { Success: true } match) return null;
        var dayFirst = Day(match, "a", "b");
        var monthFirst = Day(match, "b", "a");
        // Between full stops nobody writes the month first.
        if (match.Groups["s"].Value == ".") return Certain(Day(match, "b", "a"), match.Value);
        return dayFirst is null && monthFirst is null ? null : new PaperDate(monthFirst, dayFirst, match.Value);
    }

    private static PaperDate? NamedMonthDate(string text)
    {
        var match = DayMonth.Match(text) is { Success: true } dayMonth ? dayMonth : MonthDay.Match(text);
        if (!match.Success || MonthNames.Number(Folding.Fold(match.Groups["name"].Value)) is not { } month) return null;
        return Certain(Day(Year(match), month, Number(match, "d")), match.Value);
    }

    private static PaperDate? Certain(DateOnly? day, string text) => day is null ? null : new PaperDate(day, day, text.Trim(' ', ',', '.'));

    private static DateOnly? Day(Match match, string month, string day) => Day(Year(match), Number(match, month), Number(match, day));

    private static DateOnly? Day(int year, int month, int day) =>
        year is >= 2000 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;

    private static int Year(Match match) => match.Groups["y"].Value is { Length: 2 } ? 2000 + Number(match, "y") : Number(match, "y");

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^(?<y>\d{4})[-/.](?<m>\d{2})[-/.](?<d>\d{2})(?![\d/.-]*\d)", Options, 1000)]
    private static partial Regex Iso { get; }

    [GeneratedRegex(@"^(?<a>\d{1,2})(?<s>[-/.])(?<b>\d{1,2})\k<s>(?<y>\d{4}|\d{2})(?![\d/-]|\.\d)", Options, 1000)]
    private static partial Regex Numeric { get; }

    [GeneratedRegex(@"^(?<d>\d{1,2})\.?[ -]?(?:de )?(?<name>\p{L}{3,10})\.?,?[ -]?(?:de )?(?<y>\d{4}|(?<=-)\d{2})(?!\d)", Options, 1000)]
    private static partial Regex DayMonth { get; }

    [GeneratedRegex(@"^(?<name>\p{L}{3,10})\.? (?<d>\d{1,2}),? (?<y>\d{4})(?!\d)", Options, 1000)]
    private static partial Regex MonthDay { get; }

    [GeneratedRegex(@"^(?<d>\d{1,2})(?:st|nd|rd|th|er)\b", Options, 1000)]
    private static partial Regex Ordinal { get; }
}

/// <summary>Months by their folded names, whole or cut short, in the languages of <see cref="LabelWords"/>.</summary>
internal static class MonthNames
{
    private static readonly string[][] Months =
    [
        ["january", "janvier", "januar", "januari", "gennaio", "enero"],
        ["february", "fevrier", "februar", "februari", "febbraio", "febrero"],
        ["march", "mars", "marz", "maerz", "maart", "marzo", "mrt"],
        ["april", "avril", "aprile", "abril"],
        ["may", "mai", "mei", "maggio", "mayo"],
        ["june", "juin", "juni", "giugno", "junio"],
        ["july", "juillet", "juli", "luglio", "julio"],
        ["august", "aout", "augustus", "agosto"],
        ["september", "septembre", "settembre", "septiembre", "sept"],
        ["october", "octobre", "oktober", "ottobre", "octubre"],
        ["november", "novembre", "noviembre"],
        ["december", "decembre", "dezember", "dicembre", "diciembre"],
    ];

    /// <summary>1 to 12; nothing when no month, or more than one, is called so ("ma").</summary>
    public static int? Number(string folded)
    {
        var fitting = Enumerable.Range(1, 12)
            .Where(month => Months[month - 1].Any(name => name == folded || (folded.Length is 3 or 4 && name.StartsWith(folded, StringComparison.Ordinal))))
            .ToList();
        return fitting.Count == 1 ? fitting[0] : null;
    }
}
