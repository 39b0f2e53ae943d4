using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Importing;

/// <summary>Brings Dext exports in, a stretch of rows per transaction, each with what became of it and how far the import has come.</summary>
public sealed class ImportWork(BusinessStore store, ImportFolder folder, Arrivals arrivals, ExportArrivals exports, JobQueue jobs, BusinessSignal signal, TimeProvider time) : IBusinessWork
{
    internal const int RowsAtATime = 50;
    private const int LongestSentence = 500;

    /// <summary>What nobody goes on with is discarded, and its files with it.</summary>
    internal static readonly TimeSpan Forgotten = TimeSpan.FromDays(7);

    public IQueryable<Guid> Pending(DextSageDb db)
    {
        var forgotten = time.GetUtcNow() - Forgotten;
        return db.ExportImports.IgnoreQueryFilters().Where(i => i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running || (i.EndedAt == null && i.AskedAt < forgotten)
            || (i.EndedAt != null && db.ImportFiles.IgnoreQueryFilters().Any(f => f.ImportId == i.Id))).Select(i => i.BusinessId);
    }

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await DiscardForgottenAsync(businessId, cancellationToken);
        await SweepAsync(businessId, cancellationToken);
        while (await NextAsync(businessId, cancellationToken) is { } import)
        {
            try
            {
                await ImportAsync(import, cancellationToken);
            }
            catch (AccessDeniedException)
            {
                await EndAsync(import, ImportStatus.Failed, "The person who asked for this may not do it any more. What was added stays; the rest was not touched.", cancellationToken);
            }
            await SweepAsync(businessId, cancellationToken);
            await jobs.EnqueueAsync<TextWork>(businessId);
            await jobs.EnqueueAsync<ShrinkWork>(businessId);
            signal.Raise(businessId);
        }
        return null;
    }

    private async Task<ExportImport?> NextAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        return await db.ExportImports.AsNoTracking().Where(i => i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running).OrderBy(i => i.AskedAt).FirstOrDefaultAsync(cancellationToken);
    }

    private async Task ImportAsync(ExportImport import, CancellationToken cancellationToken)
    {
        await using var reading = store.OpenForJob(import.BusinessId);
        using var contents = await ImportContents.OpenAsync(reading, folder, import, import.Columns, cancellationToken);
        if (contents is null || contents.Table.Refusal is not null)
        {
            await EndAsync(import, ImportStatus.Failed, contents?.Table.Refusal?.Sentence ?? "The files of this import are gone. Import the export again: what is here already is not added twice.", cancellationToken);
            return;
        }
        while (await StretchAsync(import, contents, cancellationToken)) signal.Raise(import.BusinessId);
    }

    /// <summary>The next rows. False where the import has ended.</summary>
    private async Task<bool> StretchAsync(ExportImport asked, ImportContents contents, CancellationToken cancellationToken)
    {
        var caller = new Caller(asked.PersonId, asked.BusinessId);
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        var import = await db.ExportImports.AsTracking().SingleAsync(i => i.Id == asked.Id, cancellationToken);
        if (import.EndedAt is not null) return false;
        var table = contents.Table;
        if (import.Status is ImportStatus.Queued)
        {
            (import.Status, import.StartedAt, import.Total) = (ImportStatus.Running, time.GetUtcNow(), table.Rows.Count);
            TellRefused(db, import, table);
        }
        var rows = table.Rows.Skip(import.Position).Take(RowsAtATime).ToList();
        if (import.CancelRequested || rows.Count == 0)
        {
            (import.Status, import.EndedAt) = (import.CancelRequested ? ImportStatus.Cancelled : ImportStatus.Completed, time.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            return false;
        }

        var ids = rows.ConvertAll(r => r.ReceiptId).ToArray();
        var here = await db.Items.Where(i => EF.Parameter(ids).Contains(i.DextReceiptId!)).ToDictionaryAsync(i => i.DextReceiptId!, i => i.Code, StringComparer.Ordinal, cancellationToken);
        var items = new List<Item>();
        foreach (var row in rows)
        {
            if (here.TryGetValue(row.ReceiptId, out var code)) db.Add(Told(import, row, RowOutcome.AlreadyHere, code, sentence: null, hasFile: false));
            else
            {
                var (document, problem) = await DocumentOfAsync(caller, contents, row, cancellationToken);
                var item = exports.NewItem(caller, row, import.Workspace, ArrivalTerms.Dropped, document);
                items.Add(item);
                db.Add(Told(import, row, RowOutcome.Added, item.Code, Sentence([.. contents.Notes[row.Line], problem]), document is not null));
                if (document is null) import.WithoutFile++;
            }
        }
        import.Position += rows.Count;
        (import.Added, import.AlreadyHere) = (import.Added + items.Count, import.AlreadyHere + here.Count);
        // What became of the rows is written with the items, or not at all.
        if (items.Count == 0) await db.SaveChangesAsync(cancellationToken);
        else await exports.SaveAsync(db, caller, import.FileName ?? "Dext export", rows, items, cancellationToken);
        return true;
    }

    private async Task<(Document? Document, string? Problem)> DocumentOfAsync(Caller caller, ImportContents contents, DextExportRow row, CancellationToken cancellationToken)
    {
        if (!contents.FileOf.TryGetValue(row.ReceiptId, out var place)) return (null, null);
        var (file, problem) = await contents.OpenAsync(place, cancellationToken);
        if (file is null) return (null, problem);
        var (document, refusal) = await arrivals.TakeInAsync(caller, file, cancellationToken);
        return (document, refusal?.Sentence);
    }

    private static void TellRefused(DextSageDb db, ExportImport import, DextExportResult table)
    {
        foreach (var line in table.Problems.Where(p => p is { DropsRow: true, Line: > 1 }).GroupBy(p => p.Line!.Value))
        {
            db.Add(new ImportRow { BusinessId = import.BusinessId, ImportId = import.Id, Line = line.Key, Outcome = RowOutcome.Refused, Sentence = Sentence([.. line.Select(p => p.Sentence)]) });
            import.Refused++;
        }
        import.Total += import.Refused;
    }

    private static ImportRow Told(ExportImport import, DextExportRow row, RowOutcome outcome, string code, string? sentence, bool hasFile) => new()
    {
        BusinessId = import.BusinessId, ImportId = import.Id, Line = row.Line, ReceiptId = row.ReceiptId, Outcome = outcome, Code = code, Sentence = sentence, HasFile = hasFile,
        ImageLink = outcome is RowOutcome.Added && !hasFile ? row.ImageLink : null,
    };

    private static string? Sentence(params string?[] sentences)
    {
        var all = string.Join(' ', sentences.OfType<string>());
        return all.Length == 0 ? null : all.Length > LongestSentence ? all[..LongestSentence] + "…" : all;
    }

    private async Task EndAsync(ExportImport asked, ImportStatus status, string problem, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(asked.BusinessId);
        var import = await db.ExportImports.AsTracking().SingleAsync(i => i.Id == asked.Id, cancellationToken);
        (import.Status, import.EndedAt, import.Problem) = (status, time.GetUtcNow(), problem);
        await db.SaveChangesAsync(cancellationToken);
    }

    // The files first: as long as their rows are there, somebody comes back for them.
    private async Task SweepAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        foreach (var import in await db.ExportImports.Where(i => i.EndedAt != null && db.ImportFiles.Any(f => f.ImportId == i.Id)).Select(i => i.Id).ToListAsync(cancellationToken))
        {
            folder.Delete(import);
            await db.ImportFiles.Where(f => f.ImportId == import).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task DiscardForgottenAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var forgotten = time.GetUtcNow() - Forgotten;
        foreach (var import in await db.ExportImports.AsTracking().Where(i => i.EndedAt == null && (i.Status == ImportStatus.Arriving || i.Status == ImportStatus.Preview) && i.AskedAt < forgotten).ToListAsync(cancellationToken))
        {
            (import.Status, import.EndedAt, import.Problem) = (ImportStatus.Cancelled, time.GetUtcNow(), "Nobody went on with it for a week, so it was discarded.");
            folder.Delete(import.Id);
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
