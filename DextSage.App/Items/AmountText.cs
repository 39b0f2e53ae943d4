using System.Globalization;

namespace DextSage.App.Items;

/// <summary>Amounts as people type them: "1,234.50", "1234.5", "£20". Never rounded, never guessed.</summary>
public static class AmountText
{
    private const decimal Largest = 999_999_999.99m;

    public static string Show(decimal? amount) => amount?.ToString("#,##0.00", CultureInfo.InvariantCulture) ?? "";

    /// <summary>With decimals between the fewest and the most.</summary>
    public static string Show(decimal? amount, int fewest, int most) =>
        amount?.ToString("#,##0." + new string('0', fewest) + new string('#', most - fewest), CultureInfo.InvariantCulture) ?? "";

    /// <summary>The amount, nothing for an empty field, or why it is none.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="decimals">At most.</param>
    public static Typed<decimal?> Read(string? text, int decimals = 2)
    {
        var bare = (text ?? "").Trim().TrimStart('£', '€', '$').Replace('\u2212', '-').Replace("\u00a0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (bare.Length == 0) return new(null);
        if (LooksContinental(bare)) return new(null, $"‘{text!.Trim()}’ could be read in two ways. Type it with a point before the pence, such as 1,234.50.");
        if (!HasGroupsOfThree(bare) || !decimal.TryParse(bare, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount))
            return new(null, $"‘{text!.Trim()}’ is not an amount. Type it such as 1,234.50.");
        if (decimal.Round(amount, decimals) != amount) return new(null, decimals switch { 2 => "An amount has two decimals at most.", 4 => "This has four decimals at most.", _ => $"This has {decimals} decimals at most." });
        if (Math.Abs(amount) > Largest) return new(null, "That amount is larger than Sage can hold.");
        return new(decimal.Round(amount, decimals) + 0.00m);
    }

    // "1.234,50", "12,5", "12,50": a comma before the pence.
    private static bool LooksContinental(string bare)
    {
        var comma = bare.LastIndexOf(',');
        return comma >= 0 && (bare.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point && point < comma || bare.Length - comma - 1 is 1 or 2);
    }

    private static bool HasGroupsOfThree(string bare)
    {
        var groups = bare.TrimStart('-', '+').Split('.')[0].Split(',');
        return groups.Length == 1 || groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(g => g.Length == 3);
    }
}

/// <summary>What a typed text means, or why it means nothing.</summary>
/// <param name="Problem">A sentence; null where <paramref name="Value"/> counts.</param>
public readonly record struct Typed<T>(T Value, string? Problem = null);
