using DextSage.Integration.Csv;
using DextSage.Integration.Intake.Exports;

namespace DextSage.Integration.Intake;

/// <summary>
/// Reads the CSV that Dext exports: columns are matched by their headings, in any order, since people may choose their own set.
/// What cannot be read is a problem with its line and column; the file itself never makes it throw.
/// </summary>
public static class DextExport
{
    /// <summary>The largest export taken, in bytes.</summary>
    public const int MaxBytes = 20 * 1024 * 1024;

    /// <summary>The most rows of an export.</summary>
    public const int MaxRows = 50_000;

    /// <summary>Reads a whole export.</summary>
    /// <param name="csv">UTF-8 (or UTF-16 with its mark), at most <see cref="MaxBytes"/>.</param>
    /// <param name="cancellation">Stops the reading of the stream, and of the rows.</param>
    public static async Task<DextExportResult> ReadAsync(Stream csv, CancellationToken cancellation = default)
    {
        if (await ReadBoundedAsync(csv, cancellation) is not { } bytes) return Refused(ExportProblems.TooLarge());
        return CsvText.Decode(bytes) is { } text
            ? ExportTable.Read(text, cancellation)
            : Refused(ExportProblems.NotText());
    }

    /// <summary>Whether a file that starts like this is a Dext export: its first line names columns that Dext names.</summary>
    /// <param name="head">The first few kilobytes.</param>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        CsvText.FirstLine(head) is { } line && ExportTable.Recognises(line);

    /// <summary>
    /// The file of a row among those dropped beside the export: Dext puts the Receipt ID in their names. Nothing when none
    /// carries it, or more than one does.
    /// </summary>
    public static string? FileFor(DextExportRow row, IEnumerable<string> fileNames)
    {
        var matching = fileNames.Where(name => Carries(name, row.ReceiptId)).Take(2).ToList();
        return matching.Count == 1 ? matching[0] : null;
    }

    /// <summary>The id must stand alone: 1234 is not found in 12345.pdf.</summary>
    private static bool Carries(string name, string id)
    {
        for (var at = name.IndexOf(id, StringComparison.OrdinalIgnoreCase); at >= 0; at = name.IndexOf(id, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            var end = at + id.Length;
            if ((at == 0 || !char.IsLetterOrDigit(name[at - 1])) && (end == name.Length || !char.IsLetterOrDigit(name[end]))) return true;
        }

        return false;
    }

    private static async Task<ReadOnlyMemory<byte>?> ReadBoundedAsync(Stream csv, CancellationToken cancellation)
    {
        using var whole = new MemoryStream();
        var block = new byte[64 * 1024];
        for (int read; (read = await csv.ReadAsync(block, cancellation)) > 0;)
        {
            if (whole.Length + read > MaxBytes) return null;
            whole.Write(block, 0, read);
        }

        return whole.ToArray();
    }

    private static DextExportResult Refused(DextExportProblem problem) => new([], [problem]);
}
