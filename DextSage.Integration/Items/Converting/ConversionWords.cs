using System.Globalization;

namespace DextSage.Integration.Items;

/// <summary>What was made of a file that came in a format of its own, in words.</summary>
internal static class ConversionWords
{
    /// <summary>"Made into a PDF of 3 pages: it came as TIFF". As it stands in an item's history, and on the item.</summary>
    public static string Of(Document document) => $"Made into {Shown(document)}: it came as {FormatOf(document.Original!.ContentType)}";

    private static string Shown(Document document) => document switch
    {
        { ContentType: "application/pdf", Pages: > 1 and var pages } => $"a PDF of {pages.ToString(CultureInfo.InvariantCulture)} pages",
        { ContentType: "application/pdf" } => "a PDF",
        { ContentType: "image/jpeg" } => "a JPEG",
        _ => "a PNG",
    };

    private static string FormatOf(string contentType) => contentType[(contentType.IndexOf('/', StringComparison.Ordinal) + 1)..] switch
    {
        "webp" => "WebP",
        var format => format.ToUpperInvariant(),
    };
}
