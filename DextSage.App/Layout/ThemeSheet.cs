using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Net.Http.Headers;
using MudBlazor;

namespace DextSage.App.Layout;

/// <summary>
/// MudBlazor's theme as a stylesheet, written once for light and dark; which of them counts is what js/appearance.js says in <c>data-theme</c>. Its provider on
/// the page would keep both palettes and write their styles anew for every screen.
/// </summary>
internal static partial class ThemeSheet
{
    public const string Address = "theme.css";

    public static void MapThemeSheet(this IEndpointRouteBuilder app)
    {
        var sheet = new Lazy<Task<byte[]>>(() => WriteAsync(app.ServiceProvider));
        app.MapGet($"/{Address}", async () =>
        {
            var bytes = await sheet.Value;
            return Results.Bytes(bytes, "text/css", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 8))}\""));
        }).AllowAnonymous();
    }

    private static async Task<byte[]> WriteAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        await using var renderer = new HtmlRenderer(scope.ServiceProvider, services.GetRequiredService<ILoggerFactory>());
        var light = await StylesAsync(renderer, isDark: false);
        var dark = await StylesAsync(renderer, isDark: true);
        return Encoding.UTF8.GetBytes(light + dark.Replace(":root", ":root[data-theme='dark']", StringComparison.Ordinal));
    }

    private static Task<string> StylesAsync(HtmlRenderer renderer, bool isDark) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        var drawn = await renderer.RenderComponentAsync<MudThemeProvider>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            [nameof(MudThemeProvider.Theme)] = Theme.DextSage, [nameof(MudThemeProvider.IsDarkMode)] = isDark,
        }));
        return StyleTag().Replace(drawn.ToHtmlString(), "");
    });

    [GeneratedRegex("</?style[^>]*>", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StyleTag();
}
