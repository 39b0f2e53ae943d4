using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace DextSage.App.Shared;

/// <summary>
/// An icon as ready-made markup, as <see cref="MudIcon"/> draws it, for what is drawn very often or stands on every page: all screens have one and the same
/// text, where each would keep a component.
/// </summary>
internal static class Glyph
{
    private static readonly ConcurrentDictionary<(string Drawing, string? Css, Size Size), MarkupString> Known = new();

    /// <param name="drawing">One of <see cref="Icons"/>: nothing that came from outside.</param>
    /// <param name="css">A class of our own.</param>
    /// <param name="size">As MudBlazor has them.</param>
    public static MarkupString Of(string drawing, string? css = null, Size size = Size.Medium) => Known.GetOrAdd((drawing, css, size), key => new MarkupString(
        $"<svg class=\"mud-icon-root mud-svg-icon mud-icon-size-{key.Size.ToString().ToLowerInvariant()}{(key.Css is null ? "" : $" {key.Css}")}\" focusable=\"false\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{key.Drawing}</svg>"));
}
