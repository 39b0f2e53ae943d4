using System.Globalization;
using System.Text.RegularExpressions;
using DextSage.App.Layout;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.Layout;

/// <summary>The design system's colours: one set of values in two places, and readable in both themes.</summary>
public sealed partial class ThemeTests
{
    private static readonly Dictionary<string, string[]> Colours = Read();

    public static TheoryData<string, string> Texts => new()
    {
        { "text", "background" }, { "text", "surface" }, { "text", "surface-hover" }, { "text", "surface-raised" },
        { "muted", "background" }, { "muted", "surface" }, { "muted", "surface-hover" },
        { "primary", "background" }, { "primary", "surface" }, { "primary", "primary-surface" }, { "primary-text", "primary" }, { "primary-text", "primary-strong" },
        { "success", "success-surface" }, { "warning", "warning-surface" }, { "danger", "danger-surface" }, { "info", "info-surface" }, { "neutral", "neutral-surface" },
        { "success", "surface" }, { "warning", "surface" }, { "danger", "surface" },
        { "text", "success-surface" }, { "text", "warning-surface" }, { "text", "danger-surface" }, { "text", "info-surface" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_text_can_be_read_on_what_it_lies_on(string text, string surface)
    {
        for (var theme = 0; theme < 2; theme++)
            Assert.True(Contrast(Colours[text][theme], Colours[surface][theme]) >= 4.5, $"{text} on {surface} in theme {theme}: {Contrast(Colours[text][theme], Colours[surface][theme]):F2}");
    }

    [Theory]
    [InlineData("border-strong")]
    [InlineData("focus")]
    public void What_shows_where_to_type_stands_out(string line)
    {
        for (var theme = 0; theme < 2; theme++) Assert.True(Contrast(Colours[line][theme], Colours["surface"][theme]) >= 3);
    }

    [Fact]
    public void MudBlazor_is_told_the_same()
    {
        Palette[] palettes = [Theme.DextSage.PaletteLight, Theme.DextSage.PaletteDark];
        for (var theme = 0; theme < 2; theme++)
        {
            var palette = palettes[theme];
            Same("background", palette.Background);
            Same("surface", palette.Surface);
            Same("text", palette.TextPrimary);
            Same("muted", palette.TextSecondary);
            Same("border", palette.Divider);
            Same("border", palette.TableLines);
            Same("border-strong", palette.LinesInputs);
            Same("primary", palette.Primary);
            Same("primary-text", palette.PrimaryContrastText);
            Same("success", palette.Success);
            Same("warning", palette.Warning);
            Same("danger", palette.Error);
            Same("info", palette.Info);

            void Same(string name, MudBlazor.Utilities.MudColor colour) =>
                Assert.Equal(Colours[name][theme], colour.Value[..7], ignoreCase: true);
        }
    }

    private static Dictionary<string, string[]> Read() =>
        Pair().Matches(File.ReadAllText(StyleSheet())).ToDictionary(m => m.Groups["name"].Value, m => new[] { m.Groups["light"].Value, m.Groups["dark"].Value }, StringComparer.Ordinal);

    private static string StyleSheet()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "DextSage.App", "wwwroot", "app.css");
            if (File.Exists(file)) return file;
        }
        throw new FileNotFoundException("app.css was not found above the tests.");
    }

    // WCAG 2.2, relative luminance.
    private static double Contrast(string one, string other)
    {
        double[] both = [Luminance(one), Luminance(other)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Part(int at)
        {
            var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255d;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return (0.2126 * Part(1)) + (0.7152 * Part(3)) + (0.0722 * Part(5));
    }

    [GeneratedRegex(@"--ds-(?<name>[a-z-]+): light-dark\((?<light>#[0-9a-f]{6}), (?<dark>#[0-9a-f]{6})\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Pair();
}
