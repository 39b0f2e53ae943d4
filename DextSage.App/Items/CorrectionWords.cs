using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;

namespace DextSage.App.Items;

/// <summary>What a correction changes, in words.</summary>
internal static class CorrectionWords
{
    public static string Name(CorrectionChange change) => change switch
    {
        { Line: null, Field: ItemField.Lines } => "Prices on the lines",
        { Line: null } => change.Field.Name(),
        { Line: 0, LineField: { } field } => $"{field.Name()} of a line that is gone",
        { Line: 0 } => "A line that is gone",
        { LineField: { } field } => $"{field.Name()} of line {change.Line}",
        _ => $"Line {change.Line}",
    };

    public static string Shown(CorrectionChange change, string? text) => text switch
    {
        null or "" => "nothing",
        _ when change is { Line: null, Field: ItemField.Date or ItemField.DueDate or ItemField.PaidOn } && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) => DateText.Show(date),
        _ => text,
    };
}
