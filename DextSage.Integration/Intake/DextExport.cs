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
    public static Task<DextExportResult> ReadAsync(Stream csv, CancellationToken cancellation = default) => ReadAsync(csv, columns: null, cancellation);

    /// <inheritdoc cref="ReadAsync(Stream, CancellationToken)"/>
    /// <param name="columns">Where each column is, from 0, where a person said so; null where the headings say it.</param>
    public static async Task<DextExportResult> ReadAsync(Stream csv, IReadOnlyDictionary<ExportColumn, int>? columns, CancellationToken cancellation = default)
    {
        if (await ReadBoundedAsync(csv, cancellation) is not { } bytes) return Refused(ExportProblems.TooLarge());
        return CsvText.Decode(bytes) is { } text
            ? ExportTable.Read(text, columns, cancellation)
            : Refused(ExportProblems.NotText());
    }

    /// <summary>Whether a file that starts like this is a Dext export: its first line names columns that Dext names.</summary>
    /// <param name="head">The first few kilobytes.</param>
    public static bool LooksLikeOne(ReadOnlySpan<byte> head) =>
        CsvText.FirstLine(head) is { } line && ExportTable.Recognises(line);

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
