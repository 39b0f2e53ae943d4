using MudBlazor;

namespace DextSage.App.Layout;

/// <summary>What app.css says in CSS variables, said to MudBlazor.</summary>
public static class Theme
{
    private static readonly string[] Fonts = ["Inter Variable", "system-ui", "sans-serif"];

    public static MudTheme DextSage { get; } = new()
    {
        PaletteLight = Light(),
        PaletteDark = Dark(),
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", AppbarHeight = "52px" },
        Typography = Sizes(),
    };

    private static PaletteLight Light() => new()
    {
        Background = "#f6f7f9",
        BackgroundGray = "#eef1f5",
        Surface = "#ffffff",
        DrawerBackground = "#ffffff",
        DrawerText = "#1b2430",
        AppbarBackground = "#ffffff",
        AppbarText = "#1b2430",
        TextPrimary = "#1b2430",
        TextSecondary = "#556070",
        ActionDefault = "#556070",
        LinesDefault = "#d8dde4",
        LinesInputs = "#848e9c",
        TableLines = "#d8dde4",
        TableHover = "#eef1f5",
        Divider = "#d8dde4",
        Primary = "#1d5a9e",
        PrimaryDarken = "#164a84",
        PrimaryContrastText = "#ffffff",
        Secondary = "#4a5564",
        Success = "#1b663c",
        Warning = "#774a00",
        Error = "#a02329",
        Info = "#1d5a9e",
    };

    private static PaletteDark Dark() => new()
    {
        Background = "#12161c",
        BackgroundGray = "#262f3b",
        Surface = "#1a2029",
        DrawerBackground = "#1a2029",
        DrawerText = "#e6eaf0",
        AppbarBackground = "#1a2029",
        AppbarText = "#e6eaf0",
        TextPrimary = "#e6eaf0",
        TextSecondary = "#a6b0bd",
        ActionDefault = "#a6b0bd",
        LinesDefault = "#333d4a",
        LinesInputs = "#788493",
        TableLines = "#333d4a",
        TableHover = "#262f3b",
        Divider = "#333d4a",
        Primary = "#8fbcf2",
        PrimaryDarken = "#add0f8",
        PrimaryContrastText = "#0e1a29",
        Secondary = "#b4bdc9",
        SecondaryContrastText = "#0e1a29",
        Success = "#82d3a6",
        SuccessContrastText = "#0e1a29",
        Warning = "#f1c56f",
        WarningContrastText = "#0e1a29",
        Error = "#f5a0a0",
        ErrorContrastText = "#0e1a29",
        Info = "#8fbcf2",
        InfoContrastText = "#0e1a29",
    };

    private static Typography Sizes() => new()
    {
        Default = new DefaultTypography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
        H1 = new H1Typography { FontFamily = Fonts, FontSize = "1.5rem", FontWeight = "600", LineHeight = "1.25", LetterSpacing = "-0.01em" },
        H6 = new H6Typography { FontFamily = Fonts, FontSize = "1.125rem", FontWeight = "600", LineHeight = "1.25", LetterSpacing = "-0.01em" },
        Body1 = new Body1Typography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
        Body2 = new Body2Typography { FontFamily = Fonts, FontSize = "0.875rem", LineHeight = "1.5", LetterSpacing = "normal" },
        Button = new ButtonTypography { FontFamily = Fonts, FontSize = "0.875rem", FontWeight = "500", LetterSpacing = "normal", TextTransform = "none" },
        Caption = new CaptionTypography { FontFamily = Fonts, FontSize = "0.8125rem", LetterSpacing = "normal" },
    };
}
