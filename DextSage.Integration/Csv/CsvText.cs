using System.Text;

namespace DextSage.Integration.Csv;

/// <summary>A CSV file from bytes to text, or not: what isn't valid text is refused rather than read with question marks in it.</summary>
internal static class CsvText
{
    private const int LongestHeadingLine = 8 * 1024;

    public static string? Decode(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var text = bytes.Span switch
            {
                [0xFF, 0xFE, ..] => new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes.Span[2..]),
                [0xFE, 0xFF, ..] => new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes.Span[2..]),
                [0xEF, 0xBB, 0xBF, ..] => Utf8.GetString(bytes.Span[3..]),
                _ => Utf8.GetString(bytes.Span),
            };
            return text.Contains('\0') ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The first line of a file of which only the beginning is at hand.</summary>
    public static string? FirstLine(ReadOnlySpan<byte> head)
    {
        var bytes = head[..Math.Min(head.Length, LongestHeadingLine)];
        var line = bytes switch
        {
            [0xFF, 0xFE, ..] => FirstLine(Encoding.Unicode.GetString(bytes[2..])),
            [0xFE, 0xFF, ..] => FirstLine(Encoding.BigEndianUnicode.GetString(bytes[2..])),
            [0xEF, 0xBB, 0xBF, ..] => Utf8Line(bytes[3..]),
            _ => Utf8Line(bytes),
        };
        return line.Contains('\0') ? null : line;
    }

    // A line break is a byte of its own there: of a photo, no more is decoded than what might be a line.
    private static string Utf8Line(ReadOnlySpan<byte> bytes)
    {
        var start = bytes.TrimStart("\r\n"u8);
        var end = start.IndexOfAny("\r\n"u8);
        return Encoding.UTF8.GetString(end < 0 ? start : start[..end]);
    }

    /// <summary>Headings hold no line breaks, so the first line is the first line break's.</summary>
    public static string FirstLine(string text)
    {
        var start = text.AsSpan().TrimStart("\r\n");
        var end = start.IndexOfAny('\r', '\n');
        return (end < 0 ? start : start[..end]).ToString();
    }

    private static UTF8Encoding Utf8 { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
