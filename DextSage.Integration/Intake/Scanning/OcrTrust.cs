using DextSage.Integration.Intake.Reading;

namespace DextSage.Integration.Intake.Scanning;

/// <summary>
/// What of a reading is believed where the words themselves were read from a picture: a 3 that looks like an 8 makes another amount, and nothing about it looks wrong.
/// </summary>
internal static class OcrTrust
{
    /// <summary>A reader's confidence times that of the words; less is left empty.</summary>
    private const decimal Enough = 0.7m;

    /// <summary>Letters that are as like digits as digits are like them.</summary>
    private const string Ambiguous = "OQDIlSZB";

    public static PaperReading Interpret(Paper paper, ReadingContext context)
    {
        var reading = PaperReader.Interpret(paper, context);
        var total = Believed(reading.Total, paper);
        // Proven by a sum, or there twice: beside "Total", and again beside "Cash" or in a table of taxes.
        if (total is not null && reading.Total!.Confidence < 1 && Times(paper, total.Value) < 2) total = null;
        return reading with
        {
            Supplier = Believed(reading.Supplier, paper),
            Date = Believed(reading.Date ?? OnlyDate(paper, context.Today), paper),
            DueDate = Believed(reading.DueDate, paper),
            Reference = reading.Reference is { } reference && reference.Value.Any(Ambiguous.Contains) ? null : Believed(reading.Reference, paper),
            Total = total,
            Tax = total is null ? null : Believed(reading.Tax, paper),
            Net = total is null ? null : Believed(reading.Net, paper),
            Currency = Believed(reading.Currency, paper),
        };
    }

    private static ReadValue<T>? Believed<T>(ReadValue<T>? value, Paper paper)
    {
        if (value is null) return null;
        var confidence = decimal.Round(value.Confidence * Least(value.Evidence, value.Page, paper), 2);
        return confidence >= Enough ? value with { Confidence = confidence } : null;
    }

    /// <summary>Of the words that it was read from, the one that is least sure. A label is one of those that are known, and proves itself; where there are digits, these count.</summary>
    private static decimal Least(string evidence, int page, Paper paper)
    {
        var words = evidence.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        if (words.Any(HasDigit)) words.RemoveWhere(w => !HasDigit(w));
        var seen = paper.Cells.Where(c => c.Page == page).SelectMany(c => c.Words).Where(w => words.Contains(w.Text)).GroupBy(w => w.Text, StringComparer.Ordinal);
        // The same word twice is as sure as the surer of the two.
        return seen.Select(w => w.Max(copy => copy.Confidence)).DefaultIfEmpty(0).Min();
    }

    private static bool HasDigit(string word) => word.Any(char.IsAsciiDigit);

    /// <summary>A receipt's date has no label; it is the only one on it.</summary>
    private static ReadValue<DateOnly>? OnlyDate(Paper paper, DateOnly today)
    {
        var dates = paper.Cells.SelectMany(c => DateWords.In(c.Words).Select(d => (Cell: c, Date: d, Day: Day(d)))).ToList();
        if (dates.Count == 0 || dates.Select(d => d.Day).Distinct().Count() > 1 || dates[0].Day is not { } day || day > today) return null;
        var (cell, date, _) = dates[0];
        return new ReadValue<DateOnly>(day, 0.8m, date.Text, cell.Page, cell.Box());
    }

    private static DateOnly? Day(PaperDate date) => date.IsCertain || date.ProvesDayFirst ? date.DayFirst : date.ProvesMonthFirst ? date.MonthFirst : null;

    private static int Times(Paper paper, decimal amount) => paper.Cells.SelectMany(c => AmountWords.In(c, c.Words)).Count(a => a.Value == amount);
}
