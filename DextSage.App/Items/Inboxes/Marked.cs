using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

/// <summary>A text with the first place marked where what is looked for stands, whatever its case and accents.</summary>
internal static class Marked
{
    public static RenderFragment Of(string? text, string? search) => builder =>
    {
        if (Place(text, search) is not var (begin, length))
        {
            builder.AddContent(0, text);
            return;
        }
        builder.AddContent(1, text![..begin]);
        builder.OpenElement(2, "mark");
        builder.AddContent(3, text.Substring(begin, length));
        builder.CloseElement();
        builder.AddContent(4, text[(begin + length)..]);
    };

    private static (int Begin, int Length)? Place(string? text, string? search)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(search)) return null;
        if (text.IndexOf(search, StringComparison.OrdinalIgnoreCase) is >= 0 and var plain) return (plain, search.Length);
        var alike = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, search, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace, out var length);
        return alike >= 0 && length > 0 ? (alike, length) : null;
    }
}
