using System.Globalization;
using System.Text;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>What somebody typed into a search, made ready for the database. It is looked for as it stands: nothing in it is an operator.</summary>
/// <param name="Amount">The same as an amount is kept, where it is one as amounts are shown: £1,234.50 is 1234.50.</param>
internal sealed record SearchText(string Typed, string? Amount)
{
    private const int Indexed = 3;

    /// <summary>Null where there is nothing to look for.</summary>
    public static SearchText? Of(string? typed)
    {
        // SQLite ends a text at a zero.
        var bare = typed?.Replace("\0", "", StringComparison.Ordinal).Trim();
        return string.IsNullOrEmpty(bare) ? null : new SearchText(bare, AsKept(bare));
    }

    /// <summary>What is looked for, one or the other.</summary>
    public IReadOnlyList<string> Texts => Amount is null ? [Typed] : [Typed, Amount];

    /// <summary>Three letters and more are looked up in an index of every three.</summary>
    public bool IsLongEnough => Letters(Typed) >= Indexed;

    /// <summary>For the index.</summary>
    public string Phrase => string.Join(" OR ", Texts.Where(t => Letters(t) >= Indexed).Select(t => $"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""));

    /// <summary>For LIKE, which takes a and A for the same and ä and Ä not: as typed, and in either case. At most three.</summary>
    public IReadOnlyList<string> Patterns =>
        [.. (Amount is null ? [Typed, Typed.ToLowerInvariant(), Typed.ToUpperInvariant()] : Texts).Distinct(StringComparer.Ordinal).Select(t => $"%{Like.Escape(t)}%")];

    // Accents alone are no letters to the index.
    private static int Letters(string text) => text.EnumerateRunes().Count(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark));

    private static string? AsKept(string typed)
    {
        var number = typed.TrimStart('£', '€', '$').Replace(",", "", StringComparison.Ordinal);
        return number != typed && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) ? number : null;
    }
}
