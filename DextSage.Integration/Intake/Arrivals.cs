using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <param name="Open">Opens the content for one reading.</param>
public sealed record DroppedFile(string FileName, long Length, Func<Stream> Open);

/// <summary>The door for files: what is dropped on Costs or Sales becomes items there.</summary>
public sealed class Arrivals(
    BusinessStore store, DocumentStore documents, PaperInspector inspector, ExportArrivals exports, IItemRules rules, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Bytes that one file of a drop may have; more is refused before it is read.</summary>
    public const long LargestFile = 20 * 1024 * 1024;

    private const int HeadBytes = 8 * 1024;

    /// <summary>
    /// Takes the files of one drop together: papers become an item each; a Dext export (CSV) becomes an item a row, with the
    /// papers beside it that carry its Receipt IDs. A bad file is refused by name and the others go on.
    /// </summary>
    public async Task<IReadOnlyList<ArrivalReport>> AddAsync(
        Caller caller, IReadOnlyList<DroppedFile> files, Workspace workspace = Workspace.Costs, IProgress<int>? filesDone = null, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var reports = new List<ArrivalReport>();
        var papers = new List<DroppedFile>();
        var exportFiles = new List<DroppedFile>();
        foreach (var file in files) (await IsExportAsync(file, cancellationToken) ? exportFiles : papers).Add(file);

        foreach (var export in exportFiles)
        {
            reports.Add(await exports.AddAsync(scope.Db, caller, export, workspace, papers, TakeInAsync, cancellationToken));
            filesDone?.Report(reports.Count);
        }
        if (exportFiles.Count > 0)
        {
            await jobs.EnqueueAsync<TextWork>(caller.BusinessId);
            await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        }
        foreach (var paper in papers)
        {
            reports.Add(await AddPaperAsync(scope.Db, caller, paper, ItemSource.Upload, workspace, cancellationToken));
            filesDone?.Report(reports.Count);
        }
        signal.Raise(caller.BusinessId);
        return reports;
    }

    /// <summary>The sample documents, for a business without an invoice at hand.</summary>
    public async Task<IReadOnlyList<ArrivalReport>> AddSamplesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var reports = new List<ArrivalReport>();
        foreach (var sample in SampleDocuments.Draw(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)))
        {
            var file = new DroppedFile(sample.FileName, sample.Content.Length, () => new MemoryStream(sample.Content, writable: false));
            reports.Add(await AddPaperAsync(scope.Db, caller, file, ItemSource.Sample, Workspace.Costs, cancellationToken));
        }
        signal.Raise(caller.BusinessId);
        return reports;
    }

    private async Task<ArrivalReport> AddPaperAsync(DextSageDb db, Caller caller, DroppedFile file, ItemSource source, Workspace workspace, CancellationToken cancellationToken)
    {
        var (document, refusal) = await TakeInAsync(caller, file, cancellationToken);
        if (document is null) return new ArrivalReport(file.FileName, [], refusal!.Sentence, refusal.Action, []);

        var known = await db.Items.Where(i => i.Document!.Sha256 == document.Sha256).Select(i => i.Code).FirstOrDefaultAsync(cancellationToken);
        var isReadable = document.ContentType is "application/pdf" or Document.Xml;
        var item = new Item
        {
            BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = caller.PersonId, Source = source,
            CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(), Document = document,
            Status = isReadable ? ItemStatus.Processing : ItemStatus.ToReview,
            Workspace = workspace, Type = workspace is Workspace.Sales ? ItemType.SalesInvoice : ItemType.Invoice,
        };
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        db.Add(item);
        ItemHistory.WriteArrival(db, item, document.FileName, source is ItemSource.Sample ? ChangeCause.Sample : ChangeCause.Upload, caller.PersonId);
        if (!isReadable) await ComeInAsync(db, item, context, cancellationToken);
        await TwinUpkeep.SaveAsync(db, context, item.UpdatedAt, cancellationToken);
        if (isReadable) await jobs.EnqueueAsync<ReadWork>(caller.BusinessId);
        else await rules.ArrivedAsync(caller.BusinessId);
        if (!isReadable && document.IsTooLarge) await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return new ArrivalReport(file.FileName, [item.Code], Refusal: null, Action: null,
            known is null ? [] : [$"The same file is here already, as item {known}."]);
    }

    // What there is nothing to read on gets what rules and settings say at once.
    private async Task ComeInAsync(DextSageDb db, Item item, ReviewContext context, CancellationToken cancellationToken)
    {
        var before = ItemSnapshot.Of(item);
        var ruled = await rules.ArriveAsync(db, [item], item.UpdatedAt, cancellationToken);
        await ItemDefaults.ApplyAsync(db, item, context, cancellationToken);
        await db.LoadEntriesAsync(item, cancellationToken);
        item.Version++;
        ItemHistory.Write(db, item, before, ChangeCause.Consequence, personId: null, rules: ruled.GetValueOrDefault(item.Id));
    }

    /// <summary>Looks at a paper and keeps it, byte for byte: its row to be, or why not.</summary>
    private async Task<(Document? Document, PaperRefusal? Refusal)> TakeInAsync(Caller caller, DroppedFile file, CancellationToken cancellationToken)
    {
        if (await ReadAsync(file, cancellationToken) is not { } content) return (null, PaperInspector.TooLarge(file.FileName));
        var inspection = await inspector.InspectAsync(content, file.FileName, cancellationToken);
        if (!inspection.IsAccepted) return (null, inspection.Refusal);
        var stored = await documents.SaveAsync(new MemoryStream(content, writable: false), PaperInspector.MaxBytes, cancellationToken);
        return (new Document
        {
            BusinessId = caller.BusinessId, Sha256 = stored!.Sha256, FileName = FileNames.Safe(file.FileName, inspection.Facts.Extension),
            ContentType = inspection.Facts.ContentType, Length = stored.Length, Pages = inspection.Facts.Pages,
            CarriesInvoice = inspection.Facts.Kind is PaperKind.Invoice,
        }, null);
    }

    private static async Task<byte[]?> ReadAsync(DroppedFile file, CancellationToken cancellationToken)
    {
        if (file.Length > PaperInspector.MaxBytes) return null;
        await using var stream = file.Open();
        var content = new byte[file.Length];
        await stream.ReadExactlyAsync(content, cancellationToken);
        return content;
    }

    private static async Task<bool> IsExportAsync(DroppedFile file, CancellationToken cancellationToken)
    {
        await using var stream = file.Open();
        var head = new byte[Math.Min(file.Length, HeadBytes)];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return DextExport.LooksLikeOne(head.AsSpan(0, length)) || file.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
    }
}
