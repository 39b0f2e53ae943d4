using System.Globalization;
using System.Text;

namespace DextSage.Integration.Intake;

/// <summary>A sender's file name made fit to be shown, downloaded and sent on; it is never a path of ours.</summary>
internal static class FileNames
{
    private const int Longest = 120;

    /// <summary>A sender's own name for a file, harmless and no longer than it needs to be.</summary>
    public static string Leaf(string name)
    {
        var last = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var kept = new StringBuilder();
        foreach (var rune in last.EnumerateRunes().Where(r => IsHarmless(r)))
        {
            if (kept.Length + rune.Utf16SequenceLength > Longest) break;
            kept.Append(rune);
        }
        return kept.ToString();
    }

    /// <param name="extension">What the content is, with its dot; the name ends with it whatever the sender called it.</param>
    public static string Safe(string name, string extension)
    {
        var stem = Path.GetFileNameWithoutExtension(Leaf(name)).Trim(' ', '.');
        return (stem.Length == 0 ? "document" : stem) + extension;
    }

    // Control, format (the right-to-left override among them) and unpaired characters change how a name reads; the others break downloads.
    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !(rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal))
        && rune != Rune.ReplacementChar;
}
