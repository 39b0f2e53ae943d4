using System.Globalization;

namespace DextSage.App.Shared;

/// <summary>Amounts of money in words: two decimals, the minus before the sign of the currency.</summary>
public static class Amounts
{
    private static readonly CultureInfo Digits = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"£1,234.50", "−€10.00", "1,234.50 SEK"; other currencies than GBP, EUR and USD are named, since "$" and "kr" are many.</summary>
    public static string Format(decimal amount, string? currency)
    {
        var number = Math.Abs(amount).ToString("N2", Digits);
        var sign = amount < 0 ? "−" : "";
        return currency switch
        {
            null or "" => sign + number,
            "GBP" => $"{sign}£{number}",
            "EUR" => $"{sign}€{number}",
            "USD" => $"{sign}US${number}",
            _ => $"{sign}{number} {currency}",
        };
    }
}
