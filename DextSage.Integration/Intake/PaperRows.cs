using System.Linq.Expressions;
using DextSage.Integration.Intake.Unpacking;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using static SQLitePCL.raw;

namespace DextSage.Integration.Intake;

/// <summary>A paper that was looked at: a document whose file is in the store, or why there is none.</summary>
internal sealed record LookedAtPaper(DroppedFile File, Document? Document, PaperRefusal? Refusal);

/// <summary>Writes papers down as items, a handful of a drop together: what is known of the business is read once for them, and they are committed at once.</summary>
public sealed class PaperRows(PaperReader reader, IItemRules rules, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <returns>A report for each, in their order.</returns>
    internal async Task<IReadOnlyList<ArrivalReport>> AddAsync(
        DextSageDb db, Caller caller, IReadOnlyList<LookedAtPaper> papers, ArrivalTerms terms, Workspace workspace, CancellationToken cancellationToken)
    {
        try
        {
            return await WriteAsync(db, caller, papers, terms, workspace, cancellationToken);
        }
        catch (DbUpdateException e) when (e.InnerException is SqliteException { SqliteExtendedErrorCode: SQLITE_CONSTRAINT_PRIMARYKEY })
        {
            // The same ZIP came in twice at one moment, and the other was quicker: now its items are seen.
            db.ChangeTracker.Clear();
            return await WriteAsync(db, caller, papers, terms, workspace, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ArrivalReport>> WriteAsync(
        DextSageDb db, Caller caller, IReadOnlyList<LookedAtPaper> papers, ArrivalTerms terms, Workspace workspace, CancellationToken cancellationToken)
    {
        var owner = terms.OwnerId ?? caller.PersonId;
        var here = await FilesHere.AmongAsync(db, [.. papers.Select(p => p.Document).OfType<Document>()], [.. papers.Select(IdOf).OfType<Guid>()], cancellationToken);
        var (items, reports, now) = (new List<Item>(), new List<ArrivalReport>(), time.GetUtcNow());
        foreach (var paper in papers) reports.Add(Add(paper));
        if (items.Count == 0) return reports;

        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        // The hundredth file is not looked through together with the ninety-nine before it.
        db.ChangeTracker.Clear();
        db.AddRange(items);
        foreach (var (item, document) in items.Select(i => (i, i.Document!)))
        {
            ItemHistory.WriteArrival(db, item, document.Original?.FileName ?? document.FileName, terms.Cause, caller.PersonId, terms.Through);
            if (document.Original is not null) ItemHistory.WriteConversion(db, item, ConversionWords.Of(document));
        }

        var unread = items.FindAll(i => i.Status is not ItemStatus.Processing);
        if (unread.Count > 0) await ComeInAsync(db, unread, context, now, cancellationToken);
        await TwinUpkeep.SaveAsync(db, context, now, cancellationToken);
        if (unread.Count < items.Count) await jobs.EnqueueAsync<ReadWork>(caller.BusinessId);
        if (unread.Count > 0) await rules.ArrivedAsync(caller.BusinessId);
        if (unread.Exists(i => i.Document!.IsTooLarge)) await jobs.EnqueueAsync<ShrinkWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return reports;

        // Of a ZIP's file it follows from the ZIP, so that the same one again is known.
        Guid? IdOf(LookedAtPaper paper) => paper is { Document: { } document, File.Zip: { } zip } ? zip.ItemId(caller.BusinessId, workspace, owner, document) : null;

        ArrivalReport Add(LookedAtPaper paper)
        {
            var name = paper.File.FileName;
            if (paper.Document is not { } document) return new(name, [], paper.Refusal!.Sentence, paper.Refusal.Action, []) { IsForNow = paper.Refusal.Kind is PaperRefusalKind.TookTooLong };
            if (terms.DeliveryId is { } delivery && here.Delivered(document, delivery) is { } done) return new(name, [done], Refusal: null, Action: null, []);
            var id = IdOf(paper);
            if (id is { } ofZip && here.ById(ofZip) is { } added) return new(name, [], Refusal: null, Action: null, [$"It came in with this ZIP before, as item {added}."]);
            var known = here.Same(document);
            var item = new Item
            {
                // A moment each, so that which of two is the first is not left to chance.
                Id = id ?? Guid.CreateVersion7(), BusinessId = caller.BusinessId, Code = ItemCode.New(), CreatedAt = now.AddTicks(items.Count), UpdatedAt = now,
                OwnerId = owner, Source = terms.Source, DeliveryId = terms.DeliveryId, Note = terms.Note, Document = document,
                Status = reader.Reads(document.ContentType) ? ItemStatus.Processing : ItemStatus.ToReview,
                Workspace = workspace, Type = workspace is Workspace.Sales ? ItemType.SalesInvoice : ItemType.Invoice,
            };
            items.Add(item);
            here.Add(item);
            return new(name, [item.Code], Refusal: null, Action: null, known is null ? [] : [$"The same file is here already, as item {known}."]);
        }
    }

    // What there is nothing to read on gets what rules and settings say at once.
    private async Task ComeInAsync(DextSageDb db, IReadOnlyCollection<Item> items, ReviewContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var before = items.ToDictionary(i => i.Id, ItemSnapshot.Of);
        var ruled = await rules.ArriveAsync(db, items, now, cancellationToken);
        foreach (var item in items) await ItemDefaults.ApplyAsync(db, item, context, cancellationToken);
        await db.LoadEntriesAsync(items, cancellationToken);
        foreach (var item in items)
        {
            item.Version++;
            ItemHistory.Write(db, item, before[item.Id], ChangeCause.Consequence, personId: null, rules: ruled.GetValueOrDefault(item.Id));
        }
    }

    /// <summary>The items whose file is that of one of these papers, as it is kept or as it came.</summary>
    private sealed class FilesHere
    {
        private readonly List<Known> all = [];

        private sealed record Known(Guid Id, string Code, Guid? DeliveryId, string Sha256, string? CameAs);

        public static async Task<FilesHere> AmongAsync(DextSageDb db, IReadOnlyCollection<Document> documents, Guid[] ids, CancellationToken cancellationToken)
        {
            var here = new FilesHere();
            string[] files = [.. documents.Select(d => d.Sha256).Distinct(StringComparer.Ordinal)], originals = [.. documents.Select(d => d.Original?.Sha256).OfType<string>().Distinct(StringComparer.Ordinal)];
            // By the indexes of the documents: asked for by their files, all items of the business would be walked through. The few that were converted one by one, for the same reason.
            var known = new List<Guid?>();
            if (files.Length > 0) known.AddRange(await db.Documents.Where(d => EF.Parameter(files).Contains(d.Sha256)).Select(d => (Guid?)d.Id).ToListAsync(cancellationToken));
            foreach (var original in originals) known.AddRange(await db.Documents.Where(d => d.Original!.Sha256 == original).Select(d => (Guid?)d.Id).ToListAsync(cancellationToken));
            if (known.Count > 0) await ReadAsync(i => EF.Parameter(known).Contains(i.DocumentId));
            if (ids.Length > 0) await ReadAsync(i => EF.Parameter(ids).Contains(i.Id));
            return here;

            async Task ReadAsync(Expression<Func<Item, bool>> which) => here.all.AddRange(
                await db.Items.ByOwnIds().Where(which).OrderBy(i => i.CreatedAt).Select(i => new Known(i.Id, i.Code, i.DeliveryId, i.Document!.Sha256, i.Document.Original!.Sha256)).ToListAsync(cancellationToken));
        }

        public void Add(Item item) => all.Add(new(item.Id, item.Code, item.DeliveryId, item.Document!.Sha256, item.Document.Original?.Sha256));

        public string? Delivered(Document document, Guid delivery) => all.Find(k => k.DeliveryId == delivery && IsSame(k, document))?.Code;

        public string? ById(Guid id) => all.Find(k => k.Id == id)?.Code;

        public string? Same(Document document) => all.Find(k => IsSame(k, document))?.Code;

        private static bool IsSame(Known known, Document document) =>
            known.Sha256 == document.Sha256 || (document.Original is { } original && known.CameAs == original.Sha256);
    }
}
