using System.Globalization;

namespace DextSage.App.Items;

/// <summary>Document dates as people in Britain and Ireland type them: the day first. A date is a date: no time, no zone.</summary>
public static class DateText
{
    public const string Format = "dd/MM/yyyy";

    private static readonly string[] Formats =
    [
        "d/M/yyyy", "d/M/yy", "d-M-yyyy", "d-M-yy", "d.M.yyyy", "d.M.yy", "yyyy-M-d", "ddMMyyyy",
        "d MMM yyyy", "d MMM yy", "d MMMM yyyy", "d-MMM-yyyy", "d-MMM-yy",
    ];

    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static string Show(DateOnly? date) => date?.ToString(Format, CultureInfo.InvariantCulture) ?? "";

    /// <summary>The date, nothing for an empty field, or why it is none.</summary>
    public static Typed<DateOnly?> Read(string? text)
    {
        var bare = (text ?? "").Trim();
        if (bare.Length == 0) return new(null);
        if (!DateOnly.TryParseExact(bare, Formats, English, DateTimeStyles.AllowInnerWhite, out var date))
            return new(null, $"‘{bare}’ is not a date. Type it such as 31/01/2026.");
        return date.Year is < 1990 or > 2100 ? new(null, $"The year {date.Year} cannot be right.") : new(date);
    }
}
