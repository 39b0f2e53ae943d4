using System.IO.Compression;

namespace DextSage.Integration.Items.Exports;

/// <summary>The CSV with the documents beside it, each named by its Receipt ID, so that row and file can be matched.</summary>
internal static class ZipExport
{
    public static async Task WriteAsync(Stream to, DocumentOpener open, ExportColumns columns, Func<IAsyncEnumerable<IReadOnlyList<ExportItem>>> stretches, CancellationToken cancellationToken)
    {
        await using var zip = await ZipArchive.CreateAsync(to, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellationToken);
        await using (var csv = await zip.CreateEntry("items.csv", CompressionLevel.Fastest).OpenAsync(cancellationToken))
            await CsvExport.WriteAsync(csv, columns, stretches(), cancellationToken);

        await foreach (var items in stretches().WithCancellation(cancellationToken))
        foreach (var item in items)
        {
            if (item.Sha256 is not { } sha256 || open(sha256) is not { } content) continue;
            await using var from = content;
            // Documents are compressed already.
            await using var entry = await zip.CreateEntry($"{item.ReceiptId}{Extension(item.FileName)}", CompressionLevel.NoCompression).OpenAsync(cancellationToken);
            await from.CopyToAsync(entry, cancellationToken);
        }
    }

    private static string Extension(string? fileName)
    {
        var extension = Path.GetExtension(fileName ?? "").ToLowerInvariant();
        return extension.Length is > 1 and <= 6 && extension[1..].All(char.IsAsciiLetterOrDigit) ? extension : "";
    }
}

/// <summary>The bytes of a document by its SHA-256; null where they are not there.</summary>
internal delegate Stream? DocumentOpener(string sha256);
