using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace DextSage.App.Shared;

/// <summary>
/// An icon as ready-made markup, as <see cref="MudIcon"/> draws it, for what is drawn very often: it is compared as one text, where a component
/// would be drawn anew each time.
/// </summary>
internal static class Glyph
{
    private static readonly ConcurrentDictionary<(string Drawing, string? Css), MarkupString> Known = new();

    /// <param name="drawing">One of <see cref="Icons"/>: nothing that came from outside.</param>
    /// <param name="css">A class of our own.</param>
    public static MarkupString Of(string drawing, string? css = null) => Known.GetOrAdd((drawing, css), key => new MarkupString(
        $"<svg class=\"mud-icon-root mud-svg-icon mud-icon-size-medium{(key.Css is null ? "" : $" {key.Css}")}\" focusable=\"false\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{key.Drawing}</svg>"));
}
