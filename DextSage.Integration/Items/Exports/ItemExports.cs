using System.Globalization;
using System.Runtime.CompilerServices;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Exports;

/// <summary>Items as a file, in Dext's own columns.</summary>
public sealed class ItemExports(BusinessStore store, DocumentStore documents, BulkDesk bulk, BusinessSignal signal, TimeProvider time)
{
    private const int ItemsAtATime = 500;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Fixes which items are exported. The file is made when it is fetched.</summary>
    public async Task<ExportAnswer> AskAsync(Caller caller, BulkChoice choice, ExportFormat format, bool archiveAfterwards, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, archiveAfterwards ? Permission.EditItems : Permission.View, cancellationToken);
        var (items, refusal) = await Choosing.OfAsync(scope, choice, cancellationToken);
        if (refusal is not null) return new ExportAnswer(Id: null, refusal);
        var now = time.GetUtcNow();
        await scope.Db.ItemExports.Where(e => e.AskedAt < now - Kept).ExecuteDeleteAsync(cancellationToken);
        var export = new ItemExport
        {
            BusinessId = caller.BusinessId, PersonId = caller.PersonId, Format = format, Count = items.Count, Items = BulkSelection.Pack(items), ArchiveAfterwards = archiveAfterwards, AskedAt = now,
        };
        scope.Db.Add(export);
        await scope.Db.SaveChangesAsync(cancellationToken);
        return new ExportAnswer(export.Id, Refusal: null);
    }

    /// <summary>Null where this person has asked for no such export, or too long ago.</summary>
    /// <param name="imageLink">The address of a document, for the column Image.</param>
    public async Task<ExportFile?> OpenAsync(Caller caller, Guid exportId, Func<Guid, string> imageLink, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Db.ItemExports.AsNoTracking().SingleOrDefaultAsync(e => e.Id == exportId && e.PersonId == caller.PersonId, cancellationToken) is not { } export) return null;
        var business = await scope.Db.Businesses.Where(b => b.Id == caller.BusinessId).Select(b => b.Name).SingleAsync(cancellationToken);
        var day = time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var (extension, type) = export.Format switch
        {
            ExportFormat.Csv => ("csv", "text/csv; charset=utf-8"),
            ExportFormat.Xlsx => ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            _ => ("zip", "application/zip"),
        };
        return new ExportFile($"{business} items {day}.{extension}", type, (to, gone) => WriteAsync(caller, export, imageLink, to, gone));
    }

    /// <summary>When it was fetched; null while it has not been.</summary>
    public async Task<DateTimeOffset?> FetchedAtAsync(Caller caller, Guid exportId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Db.ItemExports.Where(e => e.Id == exportId && e.PersonId == caller.PersonId).Select(e => e.FetchedAt).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task WriteAsync(Caller caller, ItemExport export, Func<Guid, string> imageLink, Stream to, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var columns = new ExportColumns(await SettingAsync(scope.Db, imageLink, cancellationToken));
        var ids = BulkSelection.Unpack(export.Items);
        await (export.Format switch
        {
            ExportFormat.Csv => CsvExport.WriteAsync(to, columns, StretchesAsync(scope, ids, cancellationToken), cancellationToken),
            ExportFormat.Xlsx => XlsxExport.WriteAsync(to, columns, StretchesAsync(scope, ids, cancellationToken), cancellationToken),
            _ => ZipExport.WriteAsync(to, documents.OpenRead, columns, () => StretchesAsync(scope, ids, cancellationToken), cancellationToken),
        });
        await FetchedAsync(scope, caller, export, ids, cancellationToken);
    }

    // Once: whoever fetches the same file again archives nothing again.
    private async Task FetchedAsync(BusinessScope scope, Caller caller, ItemExport export, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var isFirst = await scope.Db.ItemExports.Where(e => e.Id == export.Id && e.FetchedAt == null).ExecuteUpdateAsync(set => set.SetProperty(e => e.FetchedAt, now), cancellationToken) > 0;
        if (isFirst && export.ArchiveAfterwards) await bulk.AskAsync(caller, new BulkOrder(BulkAction.Archive, new BulkChoice.Known(ids)), cancellationToken);
        signal.Raise(caller.BusinessId, News.Progress);
    }

    private static async Task<ExportSetting> SettingAsync(DextSageDb db, Func<Guid, string> imageLink, CancellationToken cancellationToken)
    {
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var owners = await db.Users.Where(p => db.Items.Any(i => i.OwnerId == p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        return new ExportSetting(context.BaseCurrency, context is { UsesTax: true, UsesTaxList: true }, context.Location is not null, owners, imageLink);
    }

    private static async IAsyncEnumerable<IReadOnlyList<ExportItem>> StretchesAsync(BusinessScope scope, IReadOnlyList<Guid> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var some in ids.Chunk(ItemsAtATime))
        {
            var found = await scope.Items.AsNoTracking().Where(i => EF.Parameter(some).Contains(i.Id)).Select(i => new ExportItem(
                i.Id, i.Code, i.DextReceiptId, i.Type, i.Status, i.Date, i.DueDate, i.Reference, i.SupplierName, i.Category != null ? i.Category.DisplayName : i.CategoryName, i.CustomerName,
                i.Class!.DisplayName, i.Location!.DisplayName, i.Tax, i.TaxRate!.DisplayName, i.TaxRate == null ? null : i.TaxRate.Percentage, i.Total, i.Currency, i.ExchangeRate,
                i.OwnerId, i.Note, i.Description, i.DocumentId, i.Document!.Sha256, i.Document!.FileName)).ToDictionaryAsync(i => i.Id, cancellationToken);
            yield return [.. some.Where(found.ContainsKey).Select(id => found[id])];
        }
    }
}
