using System.Globalization;
using System.Text;

namespace DextSage.Integration.Intake.Reading;

/// <summary>Words made comparable: "Échéance:" is "echeance", "N°" and "Nº" are "no", "Nr." is "nr".</summary>
internal static class Folding
{
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Decomposed(text).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark) continue;
            folded.Append(rune.Value == '°' ? "o" : rune.Value == 'ß' ? "ss" : Rune.ToLowerInvariant(rune).ToString());
        }

        return folded.ToString().Trim(':', '.', ',', ';', '#', '*', '(', ')', '[', ']', '|', '=', '’', '\'', '"', ' ', '\u00A0');
    }

    private static string Decomposed(string text)
    {
        // Broken fonts give half of a surrogate pair, which cannot be normalised.
        try { return text.Normalize(NormalizationForm.FormKD); }
        catch (ArgumentException) { return text; }
    }
}
