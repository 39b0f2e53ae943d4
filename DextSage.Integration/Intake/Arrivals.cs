using System.Buffers;
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

    /// <summary>Its first bytes: enough to know a ZIP and the headings of a CSV.</summary>
    internal async Task<byte[]> HeadAsync(CancellationToken cancellationToken)
    {
        await using var stream = Open();
        var head = new byte[Math.Min(Length, HeadBytes)];
        var length = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return head[..length];
    }

    private const int HeadBytes = 8 * 1024;
}

/// <summary>The door for files: what is dropped on Costs or Sales becomes items there.</summary>
public sealed class Arrivals(
    BusinessStore store, DocumentStore documents, PaperInspector inspector, PaperRows rows, ExportArrivals exports, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Bytes that one file of a drop may have; more is refused before it is read.</summary>
    public const long LargestFile = 20 * 1024 * 1024;

    /// <summary>Bytes that a ZIP may have (Dext's own limit).</summary>
    public const long LargestZip = 100 * 1024 * 1024;

    /// <summary>Each is in memory as long as it is looked at.</summary>
    private const int MostLookedAt = 6;

    /// <summary>Papers whose rows are written together.</summary>
    internal const int MostTogether = 32;

    /// <summary>How long those that are looked at wait for the others of their handful.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMilliseconds(100);

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
        await using var undo = await UndoInMemory.BeginAsync(scope.Db, cancellationToken);
        var reports = new List<ArrivalReport>();
        var papers = new List<DroppedFile>();
        var exportFiles = new List<DroppedFile>();
        var zips = new List<ArrivalReport>();
        using var unpacked = new ZipDrop();
        foreach (var file in files)
        {
            var head = await file.HeadAsync(cancellationToken);
            if (ZipDirectory.Begins(head)) zips.Add(await UnpackAsync(file));
            else Sort(file, head);
        }

        foreach (var export in exportFiles)
            Say(await exports.AddAsync(scope.Db, caller, export, workspace, terms, papers, TakeInAsync, cancellationToken), export);
        if (exportFiles.Count > 0)
        {
            await jobs.EnqueueAsync<TextWork>(caller.BusinessId);
            await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        }
        await foreach (var some in LookedAtAsync(caller, papers, cancellationToken))
            foreach (var (paper, report) in some.Zip(await rows.AddAsync(scope.Db, caller, some, terms, workspace, cancellationToken)))
                Say(report, paper.File);
        foreach (var zip in zips) Say(zip);
        signal.Raise(caller.BusinessId);
        return reports;

        void Sort(DroppedFile file, byte[] head) => (file.Length <= LargestFile && IsExport(file, head) ? exportFiles : papers).Add(file);

        async Task<ArrivalReport> UnpackAsync(DroppedFile zip)
        {
            var (within, refused, whole) = await unpacked.UnpackAsync(zip, cancellationToken);
            foreach (var report in refused) Say(report);
            foreach (var file in within) Sort(file, await file.HeadAsync(cancellationToken));
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
        var papers = SampleDocuments.Draw(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime))
            .Select(s => new DroppedFile(s.FileName, s.Content.Length, () => new MemoryStream(s.Content, writable: false)));
        var reports = new List<ArrivalReport>();
        await foreach (var some in LookedAtAsync(caller, papers, cancellationToken))
            reports.AddRange(await rows.AddAsync(scope.Db, caller, some, ArrivalTerms.Sample, Workspace.Costs, cancellationToken));
        return reports;
    }

    /// <summary>In their order, as many together as there are: while the rows of some are written, the next are looked at and kept.</summary>
    private async IAsyncEnumerable<IReadOnlyList<LookedAtPaper>> LookedAtAsync(Caller caller, IEnumerable<DroppedFile> papers, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var places = new SemaphoreSlim(MostLookedAt);
        var ahead = new Queue<Task<LookedAtPaper>>();
        using var coming = papers.GetEnumerator();
        try
        {
            while (true)
            {
                while (ahead.Count < 2 * MostTogether && coming.MoveNext()) ahead.Enqueue(LookAtAsync(coming.Current));
                if (ahead.Count == 0) yield break;
                var some = new List<LookedAtPaper> { await ahead.Peek() };
                _ = ahead.Dequeue();
                var patience = Task.Delay(LongestWait, time, cancellationToken);
                while (some.Count < MostTogether && ahead.TryPeek(out var next) && (next.IsCompleted || await Task.WhenAny(next, patience) == next)) some.Add(await ahead.Dequeue());
                yield return some;
            }
        }
        finally
        {
            // Whoever breaks off takes the files away from under them only once nobody reads them.
            foreach (var looking in ahead) await ((Task)looking).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task<LookedAtPaper> LookAtAsync(DroppedFile paper)
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                var (document, refusal) = await Task.Run(() => TakeInAsync(caller, paper, cancellationToken), cancellationToken);
                return new(paper, document, refusal);
            }
            finally
            {
                places.Release();
            }
        }
    }

    /// <summary>Looks at a paper and keeps it, byte for byte: its row to be, or why not.</summary>
    internal async Task<(Document? Document, PaperRefusal? Refusal)> TakeInAsync(Caller caller, DroppedFile file, CancellationToken cancellationToken)
    {
        if (file.Length > PaperInspector.MaxBytes) return (null, PaperInspector.TooLarge(file.FileName));
        // Lent: thousands of files in a row would otherwise leave as many large holes in the heap.
        var lent = ArrayPool<byte>.Shared.Rent((int)file.Length);
        try
        {
            var content = lent.AsMemory(0, (int)file.Length);
            await using (var stream = file.Open()) await stream.ReadExactlyAsync(content, cancellationToken);
            return await TakeInAsync(caller, file, content, cancellationToken);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(lent);
        }
    }

    private async Task<(Document? Document, PaperRefusal? Refusal)> TakeInAsync(Caller caller, DroppedFile file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var inspection = await inspector.InspectAsync(content, file.FileName, cancellationToken);
        if (!inspection.IsAccepted) return (null, inspection.Refusal);
        var cameAs = await documents.SaveAsync(content, cancellationToken);
        var shown = inspection.Converted is { } converted ? await documents.SaveAsync(converted.Content, cancellationToken) : cameAs;
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

    private static bool IsExport(DroppedFile file, byte[] head) => DextExport.LooksLikeOne(head) || file.FileName.EndsWith(".csv", StringComparison.OrdinalIgnoreCase);
}
