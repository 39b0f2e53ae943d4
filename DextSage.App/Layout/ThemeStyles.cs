using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components.Rendering;
using MudBlazor;

namespace DextSage.App.Layout;

/// <summary>MudBlazor's own provider keeps twelve thousand letters of styles for every screen, twice: here all screens have the same text, one for light and one for dark.</summary>
public sealed class ThemeStyles : MudThemeProvider
{
    private static readonly ConcurrentDictionary<string, string> Known = new(StringComparer.Ordinal);

    protected override void BuildRenderTree(RenderTreeBuilder __builder) => __builder.AddMarkupContent(0, Known.GetOrAdd(BuildMudBlazorScrollbar() + BuildTheme(), styles => styles));
}
