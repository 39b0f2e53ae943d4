using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace DextSage.App.Items.Inboxes;

/// <summary>A text with the first place marked where what is looked for stands, whatever its case and accents.</summary>
public sealed class Marked : ComponentBase
{
    [Parameter, EditorRequired] public string? Text { get; set; }
    [Parameter] public string? Search { get; set; }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (Place(Text, Search) is not var (begin, length))
        {
            builder.AddContent(0, Text);
            return;
        }
        builder.AddContent(1, Text![..begin]);
        builder.OpenElement(2, "mark");
        builder.AddContent(3, Text.Substring(begin, length));
        builder.CloseElement();
        builder.AddContent(4, Text[(begin + length)..]);
    }

    internal static (int Begin, int Length)? Place(string? text, string? search)
    {
        if (string.IsNullOrEmpty(text) || string.IsNullOrEmpty(search)) return null;
        if (text.IndexOf(search, StringComparison.OrdinalIgnoreCase) is >= 0 and var plain) return (plain, search.Length);
        var alike = CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, search, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace, out var length);
        return alike >= 0 && length > 0 ? (alike, length) : null;
    }
}
