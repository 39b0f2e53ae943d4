using System.Globalization;
using System.Text.RegularExpressions;

namespace DextSage.Integration.Intake.Exports;

/// <summary>
/// Exact amounts. Dext writes 1234.56; people who opened the file in a spreadsheet send 1,234.56 or 1.234,56 back. 1,234 and
/// 1.234 may be either, so they are not read.
/// </summary>
internal static partial class ExportAmount
{
    public static decimal? Read(string cell)
    {
        var text = cell.Replace("\u00A0", "", StringComparison.Ordinal).Replace('\u2212', '-');
        if (Plain.IsMatch(text)) return Exact(text);
        if (PointDecimals.IsMatch(text)) return Exact(text.Replace(",", "", StringComparison.Ordinal));
        if (CommaDecimals.IsMatch(text)) return Exact(text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.'));
        return null;
    }

    public static decimal? ReadPercentage(string cell)
    {
        var number = cell.TrimEnd('%').TrimEnd();
        return Percentage.IsMatch(number) ? Exact(number.Replace(',', '.')) : null;
    }

    private static decimal? Exact(string text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Whole, or with one, two or four decimals; three only where no thousands could be meant.</summary>
    [GeneratedRegex(@"^-?(?:[0-9]{1,15}(?:\.(?:[0-9]{1,2}|[0-9]{4}))?|0\.[0-9]{3}|[0-9]{4,15}\.[0-9]{3})$", RegexOptions.None, 1000)]
    private static partial Regex Plain { get; }

    [GeneratedRegex(@"^-?(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}\.[0-9]{1,4}|[0-9]{1,3}(?:,[0-9]{3}){2,4})$", RegexOptions.None, 1000)]
    private static partial Regex PointDecimals { get; }

    [GeneratedRegex(@"^-?(?:[0-9]{1,15},[0-9]{1,2}|[0-9]{1,3}(?:\.[0-9]{3}){1,4},[0-9]{1,4}|[0-9]{1,3}(?:\.[0-9]{3}){2,4})$", RegexOptions.None, 1000)]
    private static partial Regex CommaDecimals { get; }

    [GeneratedRegex(@"^-?[0-9]{1,3}(?:[.,][0-9]{1,4})?$", RegexOptions.None, 1000)]
    private static partial Regex Percentage { get; }
}
