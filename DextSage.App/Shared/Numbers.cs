using System.Globalization;

namespace DextSage.App.Shared;

/// <summary>Counts of things as people read them: 4,812.</summary>
public static class Numbers
{
    private static readonly CultureInfo Digits = CultureInfo.GetCultureInfo("en-GB");

    public static string Text(int count) => count.ToString("N0", Digits);

    /// <summary>"1 row", "4,812 rows".</summary>
    /// <param name="many">Where an s is not enough: "categories".</param>
    public static string Count(int count, string one, string? many = null) => count == 1 ? $"1 {one}" : $"{Text(count)} {many ?? one + "s"}";
}
