namespace DextSage.Integration.Intake.Reading;

/// <summary>Symbols and codes beside amounts. "$" stays "$": whose dollar it is, the paper has to say elsewhere.</summary>
internal static class CurrencyMarks
{
    public const string Dollar = "$";

    public static readonly IReadOnlySet<string> DollarCodes =
        new HashSet<string>(StringComparer.Ordinal) { "USD", "CAD", "AUD", "NZD", "SGD", "HKD" };

    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal)
    {
        "GBP", "EUR", "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "HUF", "RON", "BGN", "ISK",
        "ZAR", "INR", "AED", "SAR", "ILS", "TRY", "CNY", "THB", "MYR", "PHP", "MXN", "BRL",
    };

    /// <summary>The code or "$" that a word is, and nothing else.</summary>
    public static string? Of(string word)
    {
        var bare = word.Trim('(', ')', ':', ',', '.', '[', ']', '*');
        return bare switch
        {
            "£" => "GBP",
            "€" => "EUR",
            "$" => Dollar,
            "US$" => "USD",
            "CA$" or "C$" => "CAD",
            "AU$" or "A$" => "AUD",
            "NZ$" => "NZD",
            "S$" => "SGD",
            "HK$" => "HKD",
            _ => Codes.Contains(bare) ? bare : bare is "Euro" or "EURO" or "euro" ? "EUR" : null,
        };
    }

    /// <summary>The symbol that a word begins with.</summary>
    public static string? Leading(string word) => word.Length > 0 ? Of(word.TrimStart('-', '(')[..Math.Min(1, word.TrimStart('-', '(').Length)]) : null;
}
