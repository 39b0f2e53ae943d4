using System.Globalization;

namespace DextSage.App.Shared;

/// <summary>Counts of things as people read them: 4,812.</summary>
public static class Numbers
{
    private static readonly CultureInfo Digits = CultureInfo.GetCultureInfo("en-GB");

    public static string Text(int count) => count.ToString("N0", Digits);
}
