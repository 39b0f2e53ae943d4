using System.Runtime.CompilerServices;
using DextSage.Integration.Intake.Unpacking;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake;

/// <param name="Open">Opens the content for one reading.</param>
public sealed record DroppedFile(string FileName, long Length, Func<Stream> Open)
{
    /// <summary>The ZIP that it was unpacked from.</summary>
    internal ZipOrigin? Zip { get; init; }
}

/// <summary>The door for files: what is dropped on Costs or Sales becomes items there.</summary>
public sealed class Arrivals(
    BusinessStore store, DocumentStore documents, PaperInspector inspector, PaperReader reader, ExportArrivals exports, IItemRules rules, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Bytes that one file of a drop may have; more is refused before it is read.</summary>
    public const long LargestFile = 20 * 1024 * 1024;

    /// <summary>Bytes that a ZIP may have (Dext's own limit).</summary>
    public const long LargestZip = 100 * 1024 * 1024;

    private const int HeadBytes = 8 * 1024;

    /// <summary>Each is in memory as long as it is looked at.</summary>
    private const int MostAhead = 3;

    /// <summary>
    /// Takes the files of one drop together: papers become an item each; a Dext export (CSV) becomes an item a row, with the
    /// papers beside it that carry its Receipt IDs; a ZIP becomes its files. A bad file is refused by name and the others go on.
    /// </summary>
    /// <param name="arrived">Told of each file as soon as it is known what became of it.</param>
    /// <param name="terms">How they came, where nobody dropped them.</param>
    public async Task<IReadOnlyList<ArrivalReport>> AddAsync(
        Caller caller, IReadOnlyList<DroppedFile> files, Workspace workspace = Workspace.Costs, IProgress<ArrivalReport>? arrived = null, ArrivalTerms? terms = null, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        terms ??= ArrivalTerms.Dropped;
        if (terms.OwnerId is { } owner && !(scope.Sees(owner) && await scope.Db.Memberships.AnyAsync(m => m.PersonId == owner, cancellationToken)))
            throw new AccessDeniedException(Permission.EditItems, isMember: true);
        var reports = new List<ArrivalReport>();
        var papers = new List<DroppedFile>();
        var exportFiles = new List<DroppedFile>();
        var zips = new List<ArrivalReport>();
        using var unpacked = new ZipDrop();
        foreach (var file in files)
        {
            if (await ZipDrop.IsZipAsync(file, cancellationToken)) zips.Add(await UnpackAsync(file));
            else await SortAsync(file);
        }

        foreach (var export in exportFiles)
            Say(await exports.AddAsync(scope.Db, caller, export, workspace, terms, papers, TakeInAsync, cancellationToken), export);
        if (exportFiles.Count > 0)
        {
            await jobs.EnqueueAsync<TextWork>(caller.BusinessId);
            await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        }
        await foreach (var (paper, taken) in TakeInAheadAsync(caller, papers, cancellationToken))
            Say(await AddPaperAsync(scope.Db, caller, paper, taken, terms, workspace, cancellationToken), paper);
        foreach (var zip in zips) Say(zip);
        signal.Raise(caller.BusinessId);
        return reports;

        async Task SortAsync(DroppedFile file) => (file.Length <= LargestFile && await IsExportAsync(file, cancellationToken) ? exportFiles : papers).Add(file);

        async Task<ArrivalReport> UnpackAsync(DroppedFile zip)
        {
            var (within, refused, whole) = await unpacked.UnpackAsync(zip, cancellationToken);
            foreach (var report in refused) Say(report);
            foreach (var file in within) await SortAsync(file);
            return whole;
        }

        void Say(ArrivalReport report, DroppedFile? of = null)
        {
            if (of?.Zip is { } zip) report = report with { Within = zip.FileName };
            reports.Add(report);
            arrived?.Report(report);
        }
    }

    /// <summary>The sample documents, for a business without an invoice at hand.</summary>
    public async Task<IReadOnlyList<ArrivalReport>> AddSamplesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var reports = new List<ArrivalReport>();
        foreach (var sample in SampleDocuments.Draw(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)))
        {
            var file = new DroppedFile(sample.FileName, sample.Content.Length, () => new MemoryStream(sample.Content, writable: false));
            reports.Add(await AddPaperAsync(scope.Db, caller, file, await TakeInAsync(caller, file, cancellationToken), ArrivalTerms.Sample, Workspace.Costs, cancellationToken));
        }
        signal.Raise(caller.BusinessId);
        return reports;
    }

    /// <summary>In their order: while the rows of one are written, the next are looked at and kept.</summary>
    private async IAsyncEnumerable<(DroppedFile Paper, (Document? Document, PaperRefusal? Refusal) Taken)> TakeInAheadAsync(Caller caller, IEnumerable<DroppedFile> papers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var ahead = new Queue<(DroppedFile Paper, Task<(Document?, PaperRefusal?)> Taking)>();
        try
        {
            foreach (var paper in papers)
            {
                if (ahead.Count == MostAhead && ahead.Dequeue() is var first) yield return (first.Paper, await first.Taking);
                ahead.Enqueue((paper, Task.Run(() => TakeInAsync(caller, paper, cancellationToken), cancellationToken)));
            }

            while (ahead.TryDequeue(out var next)) yield return (next.Paper, await next.Taking);
        }
        finally
        {
            // Whoever breaks off takes the files away from under them only once nobody reads them.
            foreach (var (_, taking) in ahead) await ((Task)taking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<ArrivalReport> AddPaperAsync(
        DextSageDb db, Caller caller, DroppedFile file, (Document? Document, PaperRefusal? Refusal) taken, ArrivalTerms terms, Workspace workspace, CancellationToken cancellationToken)
    {
        var (document, refusal) = taken;
        if (document is null) return new ArrivalReport(file.FileName, [], refusal!.Sentence, refusal.Action, []) { IsForNow = refusal.Kind is PaperRefusalKind.TookTooLong };

        var came = document.Original?.Sha256;
        if (terms.DeliveryId is { } delivery && await db.Items.Where(i => i.DeliveryId == delivery && (i.Document!.Sha256 == document.Sha256 || (came != null && i.Document.Original!.Sha256 == came))).Select(i => i.Code).FirstOrDefaultAsync(cancellationToken) is { } done)
            return new ArrivalReport(file.FileName, [done], Refusal: null, Action: null, []);
        var id = file.Zip?.ItemId(caller.BusinessId, document.Original?.Sha256 ?? document.Sha256);
        if (id is { } repeated && await db.Items.Where(i => i.Id == repeated).Select(i => i.Code).FirstOrDefaultAsync(cancellationToken) is { } added)
            return new ArrivalReport(file.FileName, [], Refusal: null, Action: null, [$"It came in with this ZIP before, as item {added}."]);
        var known = await db.Items.Where(i => i.Document!.Sha256 == document.Sha256).Select(i => i.Code).FirstOrDefaultAsync(cancellationToken);
        if (known is null && document.Original is { } cameAs)
            known = await db.Items.Where(i => i.Document!.Original!.Sha256 == cameAs.Sha256).Select(i => i.Code).FirstOrDefaultAsync(cancellationToken);
        var isReadable = reader.Reads(document.ContentType);
        var item = new Item
        {
            Id = id ?? Guid.CreateVersion7(), BusinessId = caller.BusinessId, Code = ItemCode.New(), OwnerId = terms.OwnerId ?? caller.PersonId, Source = terms.Source, DeliveryId = terms.DeliveryId, Note = terms.Note,
            CreatedAt = time.GetUtcNow(), UpdatedAt = time.GetUtcNow(), Document = document,
            Status = isReadable ? ItemStatus.Processing : ItemStatus.ToReview,
            Workspace = workspace, Type = workspace is Workspace.Sales ? ItemType.SalesInvoice : ItemType.Invoice,
        };
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        // The hundredth file is not looked through together with the ninety-nine before it.
        db.ChangeTracker.Clear();
        db.Add(item);
        ItemHistory.WriteArrival(db, item, document.Original?.FileName ?? document.FileName, terms.Cause, caller.PersonId, terms.Through);
        if (document.Original is not null) ItemHistory.WriteConversion(db, item, ConversionWords.Of(document));
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
    internal async Task<(Document? Document, PaperRefusal? Refusal)> TakeInAsync(Caller caller, DroppedFile file, CancellationToken cancellationToken)
    {
        if (await ReadAsync(file, cancellationToken) is not { } content) return (null, PaperInspector.TooLarge(file.FileName));
        var inspection = await inspector.InspectAsync(content, file.FileName, cancellationToken);
        if (!inspection.IsAccepted) return (null, inspection.Refusal);
        var cameAs = await KeepAsync(content, cancellationToken);
        var shown = inspection.Converted is { } converted ? await KeepAsync(converted.Content, cancellationToken) : cameAs;
        return (new Document
        {
            BusinessId = caller.BusinessId, Sha256 = shown.Sha256, FileName = FileNames.Safe(file.FileName, inspection.Facts.Extension),
            ContentType = inspection.Facts.ContentType, Length = shown.Length, Pages = inspection.Facts.Pages,
            CarriesInvoice = inspection.Facts.Kind is PaperKind.Invoice,
            Original = inspection.Converted is not { From: var format } ? null : new OriginalFile
            {
                Sha256 = cameAs.Sha256, FileName = FileNames.Safe(file.FileName, format.Extension()), ContentType = format.ContentType(), Length = cameAs.Length,
            },
        }, null);
    }

    private async Task<StoredDocument> KeepAsync(byte[] content, CancellationToken cancellationToken) =>
        (await documents.SaveAsync(new MemoryStream(content, writable: false), PaperInspector.MaxBytes, cancellationToken))!;

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
