using System.Globalization;
using System.Text;
using DextSage.Integration.Csv;
using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Importing;

/// <summary>What is shown of imports: what an export holds, how it goes, and what became of each row.</summary>
public sealed class ImportPages(BusinessStore store, ImportFolder folder)
{
    private const int Shown = 50;
    private const int MostRows = 200;

    /// <summary>Latest first: those of the business, or one's own for those who see only their own items.</summary>
    public async Task<IReadOnlyList<ImportView>> LatestAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await ViewsAsync(scope, InSight(scope).OrderByDescending(i => i.AskedAt).Take(Shown), cancellationToken);
    }

    /// <summary>Null where there is no such import for this person.</summary>
    public async Task<ImportView?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return (await ViewsAsync(scope, InSight(scope).Where(i => i.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>Reads the whole export. Null where there is nothing to look at: no such import, or its files are gone.</summary>
    public async Task<ImportPreview?> PreviewAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await InSight(scope).SingleOrDefaultAsync(i => i.Id == id && i.Status == ImportStatus.Preview, cancellationToken) is not { } import) return null;
        using var contents = await ImportContents.OpenAsync(scope.Db, folder, import, cancellationToken);
        if (contents is null) return null;
        var table = contents.Table;
        var here = await HereAsync(scope.Db, table, cancellationToken);
        var missing = WithoutPaper(contents, here).ToList();
        var taken = contents.FileOf.Values.ToHashSet();
        var unmatched = contents.Papers.Where((_, place) => !taken.Contains(place)).ToList();
        return new ImportPreview(
            table.Refusal?.Sentence, table.Headings, table.Columns, Layout(table.Columns), table.Rows.Count == 0 ? null : table.Rows[0].BaseCurrency,
            table.Rows.Count, table.Rows.Count - here.Count, here.Count, table.Problems.Where(p => p.DropsRow && p.Line > 1).Select(p => p.Line).Distinct().Count(),
            table.Rows.Count(r => r.IsExpenseClaim), table.Rows.Count(r => r.IsClaimed), [.. table.Rows.Select(r => r.Currency).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(20)],
            [.. table.Problems.Take(Shown)], table.Problems.Count,
            [.. table.Rows.Take(10).Select(r => new ImportSample(r, contents.FileOf.TryGetValue(r.ReceiptId, out var place) ? contents.Papers[place] : null, here.Contains(r.ReceiptId)))],
            contents.FileOf.Count, [.. missing.Take(Shown).Select(Missing)], missing.Count, [.. unmatched.Take(Shown)], unmatched.Count, contents.Problems);
    }

    /// <summary>A page of what became of the rows.</summary>
    /// <param name="outcome">Of those alone; null for all.</param>
    public async Task<IReadOnlyList<ImportRowView>> RowsAsync(Caller caller, Guid id, RowOutcome? outcome, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (!await InSight(scope).AnyAsync(i => i.Id == id, cancellationToken)) return [];
        var rows = scope.Db.ImportRows.AsNoTracking().Where(r => r.ImportId == id);
        if (outcome is { } only) rows = rows.Where(r => r.Outcome == only);
        var page = await rows.OrderBy(r => r.Line).Skip(skip).Take(Math.Clamp(take, 1, MostRows)).ToListAsync(cancellationToken);
        var codes = page.Select(r => r.Code).OfType<string>().ToArray();
        var open = await scope.Items.Where(i => EF.Parameter(codes).Contains(i.Code)).Select(i => i.Code).ToHashSetAsync(cancellationToken);
        return page.ConvertAll(r => new ImportRowView(r.Line, r.ReceiptId, r.Outcome, r.Code, r.Sentence, r.HasFile, r.IsExpenseClaim, r.Code is { } code && open.Contains(code)));
    }

    /// <summary>What became of every row, as CSV; null where there is no such import for this person.</summary>
    public async Task<string?> ReportAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (!await InSight(scope).AnyAsync(i => i.Id == id, cancellationToken)) return null;
        var csv = new StringBuilder();
        Line(csv, "Line", "Receipt ID", "Outcome", "Item ID", "What", "Document", "Image");
        await foreach (var row in scope.Db.ImportRows.AsNoTracking().Where(r => r.ImportId == id).OrderBy(r => r.Line).AsAsyncEnumerable().WithCancellation(cancellationToken))
            Line(csv, Number(row.Line), row.ReceiptId, Words(row.Outcome), row.Code, row.Sentence, row.HasFile ? "yes" : row.IsExpenseClaim ? "none in Dext" : "no", row.ImageLink);
        return csv.ToString();
    }

    /// <summary>Rows without a paper and where Dext shows it, as CSV: of what would come in, and of what came in. Null where there is no such import for this person.</summary>
    public async Task<string?> MissingAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await InSight(scope).SingleOrDefaultAsync(i => i.Id == id, cancellationToken) is not { } import) return null;
        var csv = new StringBuilder();
        Line(csv, "Receipt ID", "Image");
        if (import.Status is ImportStatus.Preview && await ImportContents.OpenAsync(scope.Db, folder, import, cancellationToken) is { } contents)
        {
            using (contents)
                foreach (var row in WithoutPaper(contents, await HereAsync(scope.Db, contents.Table, cancellationToken)))
                    Line(csv, row.ReceiptId, row.ImageLink);
        }
        await foreach (var row in scope.Db.ImportRows.AsNoTracking().Where(r => r.ImportId == id && r.Outcome == RowOutcome.Added && !r.HasFile && !r.IsExpenseClaim).OrderBy(r => r.Line).AsAsyncEnumerable().WithCancellation(cancellationToken))
            Line(csv, row.ReceiptId, row.ImageLink);
        return csv.ToString();
    }

    private static Task<HashSet<string>> HereAsync(DextSageDb db, DextExportResult table, CancellationToken cancellationToken)
    {
        var ids = table.Rows.Select(r => r.ReceiptId).ToArray();
        return db.Items.Where(i => EF.Parameter(ids).Contains(i.DextReceiptId!)).Select(i => i.DextReceiptId!).ToHashSetAsync(StringComparer.Ordinal, cancellationToken);
    }

    /// <summary>Rows that would come in without one. An expense claim has none in Dext either.</summary>
    private static IEnumerable<DextExportRow> WithoutPaper(ImportContents contents, HashSet<string> here) =>
        contents.Table.Rows.Where(r => !here.Contains(r.ReceiptId) && !r.IsExpenseClaim && !contents.FileOf.ContainsKey(r.ReceiptId));

    private static IQueryable<ExportImport> InSight(BusinessScope scope) =>
        scope.Member.SeesAllItems() ? scope.Db.ExportImports.AsNoTracking() : scope.Db.ExportImports.AsNoTracking().Where(i => i.PersonId == scope.Member.PersonId);

    private static async Task<IReadOnlyList<ImportView>> ViewsAsync(BusinessScope scope, IQueryable<ExportImport> imports, CancellationToken cancellationToken)
    {
        var found = await imports.ToListAsync(cancellationToken);
        var ids = found.ConvertAll(i => i.PersonId);
        var names = await scope.Db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        return found.ConvertAll(i => new ImportView(
            i.Id, i.Status, i.FileName, i.Workspace, names.GetValueOrDefault(i.PersonId, "Somebody who left"), i.PersonId == scope.Member.PersonId || scope.Member.Role is Role.Admin,
            i.AskedAt, i.EndedAt, i.CancelRequested, i.Total, i.Position, i.Added, i.AlreadyHere, i.Refused, i.WithoutFile, i.WaitsSince is not null, i.Problem));
    }

    private static MissingFile Missing(DextExportRow row) => new(row.ReceiptId, row.Supplier ?? row.Customer, row.Date, row.Total, row.Currency, row.ImageLink);

    // dext.md 3.11: the layouts that Dext is known to write.
    private static string Layout(IReadOnlyDictionary<ExportColumn, int> columns) => columns switch
    {
        _ when columns.ContainsKey(ExportColumn.TaxName) || columns.ContainsKey(ExportColumn.TaxPercentage) => "Dext's items, with a tax list",
        _ when columns.ContainsKey(ExportColumn.Category) || columns.ContainsKey(ExportColumn.PaymentMethod) => "Dext's items",
        _ when columns.ContainsKey(ExportColumn.Status) && columns.ContainsKey(ExportColumn.Owner) => "Dext's submission history",
        _ => "Columns of your own",
    };

    private static string Words(RowOutcome outcome) => outcome switch { RowOutcome.AlreadyHere => "already here", RowOutcome.Added => "added", _ => "refused" };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static void Line(StringBuilder csv, params ReadOnlySpan<string?> cells)
    {
        for (var at = 0; at < cells.Length; at++) CsvCells.Append(csv, FormulaGuard.Neutralise(cells[at] ?? ""), isFirst: at == 0);
        CsvCells.End(csv);
    }
}
