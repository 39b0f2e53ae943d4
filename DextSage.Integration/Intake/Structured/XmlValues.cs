using System.Globalization;

namespace DextSage.Integration.Intake.Structured;

/// <summary>Numbers and days as XML schema writes them; whatever else stands there is not believed.</summary>
internal static class XmlValues
{
    public static decimal? Number(this XmlTag tag, params ReadOnlySpan<string> path) => Number(tag.Text(path));

    /// <summary>An amount in the document's currency. The tax may be stated in another one too (BT-111), under the same name.</summary>
    public static decimal? Money(this XmlTag tag, string name, string? currency)
    {
        string? only = null;
        foreach (var amount in tag.All(name))
        {
            if (amount.Said is not { } text || (amount.Attribute("currencyID") is { Length: > 0 } its && currency is not null && its != currency)) continue;
            if (only is not null && only != text) return null;
            only = text;
        }

        return Number(only);
    }

    /// <summary>2026-03-09, with or without an offset, which does not move the day.</summary>
    public static DateOnly? Day(string? text) =>
        text is { Length: >= 10 } && text[10..] is "" or ['Z' or '+' or '-' or 'T', ..] && DateOnly.TryParseExact(text[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>20260309, as UN/CEFACT's format 102 writes it.</summary>
    public static DateOnly? CompactDay(XmlTag? day) => day?.At("DateTimeString|DateTime") is { } text
        ? text.Attribute("format") is null or "102" && DateOnly.TryParseExact(text.Said, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read) ? read : Day(text.Said)
        : null;

    /// <summary>ISO 4217.</summary>
    public static string? Currency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper) ? code : null;

    /// <summary>No invoice states more, and what is reckoned with these stays within a decimal.</summary>
    private const decimal Most = 1_000_000_000_000m;

    private static decimal? Number(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Most ? number : null;
}
