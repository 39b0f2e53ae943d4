using System.Globalization;

namespace DextSage.Integration.Csv;

/// <summary>
/// Text that a spreadsheet would take for a formula gets an apostrophe before it, and loses it again where it is read. Text that has one already gets another, so that
/// whatever was written is read back exactly. See docs/decisions/exports.md.
/// </summary>
public static class FormulaGuard
{
    // The full-width forms too, which some spreadsheets take for the plain ones.
    private const string Beginnings = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private const char Guard = '\'';

    public static string Neutralise(string text) => IsAtRisk(text) ? Guard + text : text;

    public static string Restore(string cell) => cell.StartsWith(Guard) && IsAtRisk(cell) ? cell[1..] : cell;

    /// <summary>Whether the first character that counts begins a formula: apostrophes, spaces and what cannot be seen do not count.</summary>
    private static bool IsAtRisk(string text)
    {
        foreach (var letter in text)
        {
            if (Beginnings.Contains(letter)) return true;
            if (letter != Guard && !char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Format or UnicodeCategory.Control)) return false;
        }

        return false;
    }
}
