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

    /// <summary>A document that took too long to open may have met a busy machine: it is tried again when all others are in, and for so long.</summary>
    internal static readonly TimeSpan TriesAgainAfter = TimeSpan.FromSeconds(30), TriesFor = TimeSpan.FromMinutes(3);

    /// <summary>What was arriving before is not: whoever took it in is dead.</summary>
    private readonly DateTimeOffset born = time.GetUtcNow();

    public IQueryable<Guid> Pending(DextSageDb db)
    {
        var (forgotten, held) = (time.GetUtcNow() - Forgotten, folder.Held().ToArray());
        return db.ExportImports.IgnoreQueryFilters().Where(i => i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running
            || (i.EndedAt == null && i.AskedAt < forgotten) || (i.Status == ImportStatus.Arriving && i.AskedAt < born)
            || (i.EndedAt != null && (EF.Parameter(held).Contains(i.Id) || db.ImportFiles.IgnoreQueryFilters().Any(f => f.ImportId == i.Id)))).Select(i => i.BusinessId);
    }

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await DiscardForgottenAsync(businessId, cancellationToken);
        await SweepAsync(businessId, cancellationToken);
        HashSet<Guid> waiting = [];
        while (await NextAsync(businessId, waiting, cancellationToken) is { } import)
        {
            try
            {
                if (!await ImportAsync(import, cancellationToken)) waiting.Add(import.Id);
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
        return waiting.Count > 0 ? time.GetUtcNow() + TriesAgainAfter : null;
    }

    private async Task<ExportImport?> NextAsync(Guid businessId, HashSet<Guid> waiting, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        return (await db.ExportImports.AsNoTracking().Where(i => i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running).OrderBy(i => i.AskedAt).ToListAsync(cancellationToken))
            .Find(i => !waiting.Contains(i.Id));
    }

    /// <summary>Goes through the rows, and through those again whose documents took too long.</summary>
    /// <returns>Whether it has ended; otherwise some are to be tried once more.</returns>
    private async Task<bool> ImportAsync(ExportImport import, CancellationToken cancellationToken)
    {
        await using var reading = store.OpenForJob(import.BusinessId);
        using var contents = await ImportContents.OpenAsync(reading, folder, import, cancellationToken);
        if (contents is null || contents.Table.Refusal is not null)
        {
            await EndAsync(import, ImportStatus.Failed, contents?.Table.Refusal?.Sentence ?? "The files of this import are gone. Import the export again: what is here already is not added twice.", cancellationToken);
            return true;
        }
        foreach (var rows in contents.Table.Rows.Skip(import.Position).Chunk(RowsAtATime))
        {
            if (!await StretchAsync(import, contents, rows, isAgain: false, cancellationToken)) return true;
            signal.Raise(import.BusinessId);
        }
        foreach (var rows in (await LateAsync(reading, import, contents, cancellationToken)).Chunk(RowsAtATime))
        {
            if (!await StretchAsync(import, contents, rows, isAgain: true, cancellationToken)) return true;
            signal.Raise(import.BusinessId);
        }
        return await CloseAsync(import, contents, cancellationToken);
    }

    /// <summary>Takes in the rows, or those of them whose documents can be opened now.</summary>
    /// <returns>False where the import has ended.</returns>
    private async Task<bool> StretchAsync(ExportImport asked, ImportContents contents, DextExportRow[] rows, bool isAgain, CancellationToken cancellationToken)
    {
        var caller = new Caller(asked.PersonId, asked.BusinessId);
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (await BeginAsync(db, asked, contents.Table, cancellationToken) is not { } import) return false;
        var isLastWord = import.WaitsSince is { } since && time.GetUtcNow() - since >= TriesFor;
        var ids = rows.Select(r => r.ReceiptId).ToArray();
        var here = await db.Items.Where(i => EF.Parameter(ids).Contains(i.DextReceiptId!)).ToDictionaryAsync(i => i.DextReceiptId!, i => i.Code, StringComparer.Ordinal, cancellationToken);
        var items = new List<Item>();
        foreach (var row in rows)
        {
            if (here.TryGetValue(row.ReceiptId, out var code))
            {
                db.Add(Told(import, row, RowOutcome.AlreadyHere, code, sentence: null, hasFile: false));
                import.AlreadyHere++;
                continue;
            }

            var (document, problem, isForNow) = await DocumentOfAsync(caller, contents, row, cancellationToken);
            // Nothing is told of it yet: so it is known for one of those that are left.
            if (isForNow && !isLastWord) continue;
            var item = exports.NewItem(caller, row, import.Workspace, ArrivalTerms.Dropped, document);
            items.Add(item);
            db.Add(Told(import, row, RowOutcome.Added, item.Code, Sentence([.. contents.Notes[row.Line], problem]), document is not null));
            import.Added++;
            if (document is null && !row.IsExpenseClaim) import.WithoutFile++;
        }
        if (!isAgain) import.Position += rows.Length;
        // What became of the rows is written with the items, or not at all.
        if (items.Count == 0) await db.SaveChangesAsync(cancellationToken);
        else await exports.SaveAsync(db, caller, import.FileName ?? "Dext export", rows, items, cancellationToken);
        return true;
    }

    /// <summary>The import, begun; null where it has ended, or ends because somebody wants it.</summary>
    private async Task<ExportImport?> BeginAsync(DextSageDb db, ExportImport asked, DextExportResult table, CancellationToken cancellationToken)
    {
        var import = await db.ExportImports.AsTracking().SingleAsync(i => i.Id == asked.Id, cancellationToken);
        if (import.EndedAt is not null) return null;
        if (import.Status is ImportStatus.Queued)
        {
            (import.Status, import.StartedAt, import.Total) = (ImportStatus.Running, time.GetUtcNow(), table.Rows.Count);
            TellRefused(db, import, table);
        }
        if (!import.CancelRequested) return import;
        (import.Status, import.EndedAt) = (ImportStatus.Cancelled, time.GetUtcNow());
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>Ends it, or lets it wait for documents that took too long.</summary>
    /// <returns>Whether it has ended.</returns>
    private async Task<bool> CloseAsync(ExportImport asked, ImportContents contents, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(asked.BusinessId);
        if (await BeginAsync(db, asked, contents.Table, cancellationToken) is not { } import) return true;
        var waits = (await LateAsync(db, import, contents, cancellationToken)).Count > 0;
        if (waits) import.WaitsSince ??= time.GetUtcNow();
        // What could not be opened stays said when its files are gone.
        else (import.Status, import.EndedAt, import.WaitsSince, import.Problem) = (ImportStatus.Completed, time.GetUtcNow(), null, ImportSentences.NotOpened(contents.Problems));
        await db.SaveChangesAsync(cancellationToken);
        return !waits;
    }

    /// <summary>Rows that were gone through, and of which nothing could be told.</summary>
    private static async Task<List<DextExportRow>> LateAsync(DextSageDb db, ExportImport import, ImportContents contents, CancellationToken cancellationToken)
    {
        var told = await db.ImportRows.Where(r => r.ImportId == import.Id && r.Outcome != RowOutcome.Refused).Select(r => r.Line).ToHashSetAsync(cancellationToken);
        return [.. contents.Table.Rows.Where(r => !told.Contains(r.Line))];
    }

    private async Task<(Document? Document, string? Problem, bool IsForNow)> DocumentOfAsync(Caller caller, ImportContents contents, DextExportRow row, CancellationToken cancellationToken)
    {
        if (!contents.FileOf.TryGetValue(row.ReceiptId, out var place)) return (null, null, false);
        var (file, problem) = await contents.OpenAsync(place, cancellationToken);
        if (file is null) return (null, problem, false);
        var (document, refusal) = await arrivals.TakeInAsync(caller, file, cancellationToken);
        return refusal is { Kind: PaperRefusalKind.TookTooLong } ? (null, ImportSentences.TookTooLong(refusal), true) : (document, refusal?.Sentence, false);
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
        BusinessId = import.BusinessId, ImportId = import.Id, Line = row.Line, ReceiptId = row.ReceiptId, Outcome = outcome, Code = code, Sentence = sentence, HasFile = hasFile, IsExpenseClaim = row.IsExpenseClaim,
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

    // The files first: as long as their rows are there, somebody comes back for them. A file that a killed process was about to keep has no row, and lies in a folder that has one.
    private async Task SweepAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var held = folder.Held().ToArray();
        foreach (var import in await db.ExportImports.Where(i => i.EndedAt != null && (EF.Parameter(held).Contains(i.Id) || db.ImportFiles.Any(f => f.ImportId == i.Id))).Select(i => i.Id).ToListAsync(cancellationToken))
        {
            folder.Delete(import);
            await db.ImportFiles.Where(f => f.ImportId == import).ExecuteDeleteAsync(cancellationToken);
        }
    }

    private async Task DiscardForgottenAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var forgotten = time.GetUtcNow() - Forgotten;
        foreach (var import in await db.ExportImports.AsTracking().Where(i => (i.Status == ImportStatus.Arriving && i.AskedAt < born) || ((i.Status == ImportStatus.Arriving || i.Status == ImportStatus.Preview) && i.AskedAt < forgotten)).ToListAsync(cancellationToken))
        {
            (import.Status, import.EndedAt) = (ImportStatus.Cancelled, time.GetUtcNow());
            import.Problem = import.AskedAt < forgotten ? "Nobody went on with it for a week, so it was discarded." : "DextSage was stopped while its files were arriving, so it was discarded. Choose them again.";
            await db.SaveChangesAsync(cancellationToken);
        }
    }
}
