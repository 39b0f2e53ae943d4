using System.Buffers;
using System.Text;

namespace DextSage.Integration.Csv;

/// <summary>Writes lines of CSV (RFC 4180): commas, CRLF, quotation marks only where a cell needs them.</summary>
internal static class CsvCells
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n\t;");

    public static void Append(StringBuilder line, string cell, bool isFirst)
    {
        if (!isFirst) line.Append(',');
        // A reader takes a file with this character in it for no text at all.
        cell = cell.Replace('\0', '\uFFFD');
        if (cell.AsSpan().ContainsAny(NeedsQuotes) || (cell.Length > 0 && (char.IsWhiteSpace(cell[0]) || char.IsWhiteSpace(cell[^1])))) line.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else line.Append(cell);
    }

    public static void End(StringBuilder line) => line.Append("\r\n");
}
