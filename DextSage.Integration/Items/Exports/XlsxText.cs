using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace DextSage.Integration.Items.Exports;

/// <summary>Characters that XML cannot hold, and carriage returns, which it would turn into something else, written as <c>_x000D_</c>; and text that looks like that, so that it stays text.</summary>
internal static partial class XlsxText
{
    public static string Encode(string text)
    {
        var written = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (char.IsHighSurrogate(letter) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) written.Append(letter).Append(text[++i]);
            else if (letter == '\r' || !XmlConvert.IsXmlChar(letter)) Escape(written, letter);
            else if (letter == '_' && Escaped.IsMatch(text.AsSpan(i, Math.Min(7, text.Length - i)))) Escape(written, letter);
            else written.Append(letter);
        }

        return written.ToString();
    }

    private static void Escape(StringBuilder written, char letter) => written.Append(CultureInfo.InvariantCulture, $"_x{(int)letter:X4}_");

    [GeneratedRegex("^_x[0-9A-Fa-f]{4}_", RegexOptions.None, 1000)]
    private static partial Regex Escaped { get; }
}
