using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Browser;

/// <summary>A look at a screen as every visitor may have it: light and dark, wide and on a phone.</summary>
internal static class Screens
{
    private static readonly (string Name, int Width, ColorScheme Scheme)[] Looks =
    [
        ("light", 1280, ColorScheme.Light), ("phone-light", 390, ColorScheme.Light), ("phone-dark", 390, ColorScheme.Dark), ("dark", 1280, ColorScheme.Dark),
    ];

    /// <summary>Between them both widths and both colours, so that axe has seen each; the other two are for the eye.</summary>
    private static readonly string[] Judged = ["light", "phone-dark"];

    /// <summary>Where pictures are wanted; null for none.</summary>
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("DEXTSAGE_SCREENSHOTS") is { Length: > 0 } folder ? Directory.CreateDirectory(folder).FullName : null;

    /// <summary>Each look has no fault that axe finds, and fits its width. Kept as a picture where pictures are wanted.</summary>
    public static async Task LookAsync(this Visitor visitor, string name)
    {
        var page = visitor.Page;
        foreach (var (look, width, scheme) in Looks.Where(l => Folder is not null || Judged.Contains(l.Name)))
        {
            await page.SetViewportSizeAsync(width, 800);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            await page.WaitForFunctionAsync(IsPainted, scheme is ColorScheme.Dark);
            if (Folder is not null)
                await page.ScreenshotAsync(new() { Path = Path.Combine(Folder, $"{name}-{look}.png"), FullPage = true });
            var violations = Judged.Contains(look) ? (await page.RunAxe()).Violations : [];
            Assert.True(violations.Length == 0, $"{name}, {look}: {string.Join("\n", violations.Select(Told))}");
            Assert.True(await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), $"{name}, {look} is wider than the screen.");
        }
        await page.SetViewportSizeAsync(1280, 800);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.WaitForFunctionAsync(IsPainted, false);
    }

    // MudBlazor's own variables follow the system by way of the server, and colours may still be on their way.
    private const string IsPainted = """
        dark => {
          const root = document.documentElement;
          const channels = getComputedStyle(root).getPropertyValue('--mud-palette-surface').match(/rgba?\((\d+)/);
          return (!root.dataset.theme || (root.dataset.theme === 'dark') === dark)
            && (!channels || (Number(channels[1]) < 128) === dark)
            && !document.getAnimations().some(one => one instanceof CSSTransition && one.playState === 'running');
        }
        """;

    private static string Told(AxeResultItem violation) =>
        $"{violation.Id} ({violation.Help}): {string.Join(" | ", violation.Nodes.Select(node => $"{node.Html} {string.Join(' ', node.Any.Select(a => a.Message))}"))}";
}
