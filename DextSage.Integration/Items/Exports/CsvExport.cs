using System.Text;
using DextSage.Integration.Csv;

namespace DextSage.Integration.Items.Exports;

/// <summary>Items as Dext's CSV, a stretch at a time.</summary>
internal static class CsvExport
{
    // With its mark, without which spreadsheets take £ and é for other letters.
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: true);

    public static async Task WriteAsync(Stream to, ExportColumns columns, IAsyncEnumerable<IReadOnlyList<ExportItem>> stretches, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(to, Utf8, leaveOpen: true);
        var lines = new StringBuilder();
        Line(columns.Headings);
        await FlushAsync();
        await foreach (var items in stretches.WithCancellation(cancellationToken))
        {
            foreach (var item in items) Line(columns.Cells(item).Select(c => c.InCsv));
            await FlushAsync();
        }

        void Line(IEnumerable<string> cells)
        {
            var isFirst = true;
            foreach (var cell in cells)
            {
                CsvCells.Append(lines, cell, isFirst);
                isFirst = false;
            }

            CsvCells.End(lines);
        }

        async Task FlushAsync()
        {
            await writer.WriteAsync(lines, cancellationToken);
            lines.Clear();
            await writer.FlushAsync(cancellationToken);
        }
    }
}
