using System.Globalization;

namespace DextSage.App.Items.Inboxes;

/// <summary>The first place in a text where what is looked for stands, whatever its case and accents.</summary>
internal static class Marked
{
    public static (int Begin, int Length)? Place(string? text, string? search)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(search)) return null;
        if (text.IndexOf(search, StringComparison.OrdinalIgnoreCase) is >= 0 and var plain) return (plain, search.Length);
        var alike = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, search, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace, out var length);
        return alike >= 0 && length > 0 ? (alike, length) : null;
    }
}
