using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Goes through the kinds of documents that were published. Sage is asked what has changed and what was deleted since the last check, two hundred to a page
/// (Sage API 4.3); only of those that are ours the whole document is read. What it does not name is as it was.
/// </summary>
public sealed class BooksCheckPass(BusinessStore store, ISageClient sage, ItemLinks links, TimeProvider time)
{
    /// <returns>What it came to a stop at; null where it has come to its end.</returns>
    internal async Task<SageFailure?> GoAsync(BooksCheck check, Connection connection, CancellationToken cancellationToken)
    {
        var target = new SageTarget(connection.GrantId!.Value, connection.OrganisationId);
        await using var db = store.OpenForJob(check.BusinessId);
        db.Attach(check);
        var ours = await OursAsync(db, cancellationToken);
        var slug = await db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.Slug).SingleAsync(cancellationToken);
        var means = new Means(target, await ReviewContext.ReadAsync(db, cancellationToken), item => links.To(slug, item.Workspace, item.Code));
        check.Documents = ours.Sum(k => k.Value.Count);
        foreach (var (kind, items) in ours.Where(k => !check.DoneKinds.Split(',').Contains(k.Key.Name)))
        {
            var (failure, changed, deleted) = await AskAsync(target, kind, items, check, cancellationToken);
            if (failure is null) failure = await CompareAsync(means, kind, items, changed.Except(deleted), check, cancellationToken);
            if (failure is not null) return failure;
            foreach (var item in deleted.SelectMany(id => items[id]))
                await NoteAsync(check.BusinessId, item, () => Task.FromResult<IReadOnlyList<Found>>([Found.Deleted]), cancellationToken);
            check.DoneKinds = check.DoneKinds.Length == 0 ? kind.Name : $"{check.DoneKinds},{kind.Name}";
            (check.Tries, check.WaitingBecause) = (0, null);
            await db.SaveChangesAsync(cancellationToken);
        }

        await ForgetAsync(db, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return null;
    }

    /// <summary>What was published, by its kind and Sage's id of it.</summary>
    private async Task<Dictionary<SageDocumentKind, ILookup<string, Guid>>> OursAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var items = await BooksCheckWork.Published(db, time.GetUtcNow()).AsNoTracking()
            .Select(i => new { i.Id, DocumentId = i.SageDocumentId!, i.PublishTo, i.Workspace, i.Type }).ToListAsync(cancellationToken);
        return items.GroupBy(i => DocumentMapping.KindOf(Destinations.Of(i.PublishTo ?? default, i.Workspace, i.Type)))
            .OrderBy(g => g.Key.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToLookup(i => i.DocumentId, i => i.Id, StringComparer.Ordinal));
    }

    private async Task<(SageFailure? Failure, HashSet<string> Changed, HashSet<string> Deleted)> AskAsync(
        SageTarget target, SageDocumentKind kind, ILookup<string, Guid> items, BooksCheck check, CancellationToken cancellationToken)
    {
        HashSet<string> changed = new(StringComparer.Ordinal), deleted = new(StringComparer.Ordinal);
        var failure = await ReadAsync(target, kind, page => page with { ChangedSince = check.Since }, document =>
        {
            if (items.Contains(document.Id!)) (document.IsGone ? deleted : changed).Add(document.Id!);
        }, check, cancellationToken);
        failure ??= await ReadAsync(target, kind, page => page with { DeletedSince = check.Since }, document =>
        {
            if (items.Contains(document.Id!)) deleted.Add(document.Id!);
        }, check, cancellationToken);
        return (failure, changed, deleted);
    }

    private async Task<SageFailure?> ReadAsync(
        SageTarget target, SageDocumentKind kind, Func<SagePageRequest, SagePageRequest> since, Action<SageDocument> take, BooksCheck check, CancellationToken cancellationToken)
    {
        var reading = new SageReading();
        while (reading.Next() is { } page)
        {
            var answer = await sage.FindDocumentsAsync(target, kind, new SageDocumentQuery(), since(page), cancellationToken);
            if (answer.Failure is { } failure) return failure;
            check.SageAt ??= answer.Value!.At ?? time.GetUtcNow();
            var documents = answer.Value!.Items.Where(d => d.Id is not null).ToList();
            reading.Accept(answer.Value.Total, documents.ConvertAll(d => d.Id!));
            documents.ForEach(take);
        }

        return null;
    }

    private async Task<SageFailure?> CompareAsync(
        Means means, SageDocumentKind kind, ILookup<string, Guid> items, IEnumerable<string> changed, BooksCheck check, CancellationToken cancellationToken)
    {
        foreach (var id in changed)
        {
            var answer = await sage.DocumentAsync(means.Target, kind, id, cancellationToken);
            // Deleted in this moment: that is among the deletions of the next check.
            if (answer.Failure is { Kind: SageFailureKind.NotFound }) continue;
            if (answer.Failure is { } failure) return failure;
            check.Read++;
            foreach (var item in items[id])
                await NoteAsync(check.BusinessId, item, () => ComparedAsync(check.BusinessId, means, item, answer.Value!, cancellationToken), cancellationToken);
        }

        return null;
    }

    private async Task<IReadOnlyList<Found>> ComparedAsync(Guid businessId, Means means, Guid itemId, SageDocument document, CancellationToken cancellationToken)
    {
        if (document.IsGone) return [Found.Deleted];
        // Nothing is saved here: what is open for a correction is held against Sage as it was published.
        await using var db = store.OpenForJob(businessId);
        var item = await db.Items.WithEntries().AsTracking().SingleAsync(i => i.Id == itemId, cancellationToken);
        if (item.AsPublished is { } published)
        {
            ItemCopy.Read(published).GiveBack(db, item);
            await db.LoadEntriesAsync(item, cancellationToken);
        }

        var publication = await db.Publications.AsNoTracking().Include(p => p.Steps).Where(p => p.ItemId == itemId && p.Steps.Any(s => s.Kind == StepKind.CreateDocument)).OrderByDescending(p => p.Generation).FirstAsync(cancellationToken);
        var work = new StepWork(db, means.Target, means.Context, publication, item, means.LinkTo(item));
        return [.. ChangedSince.Publishing(work, document).Select(d => new Found(DifferenceKind.Changed, d.Field, d.Meant, d.InSage))];
    }

    /// <summary>Writes what was found of an item beside what was known of it: what is no longer so is resolved, and what somebody has accepted counts as long as it stays the same.</summary>
    private async Task NoteAsync(Guid businessId, Guid itemId, Func<Task<IReadOnlyList<Found>>> find, CancellationToken cancellationToken)
    {
        var found = await find();
        await using var db = store.OpenForJob(businessId);
        var documentId = await db.Items.Where(i => i.Id == itemId).Select(i => i.SageDocumentId).SingleAsync(cancellationToken);
        if (documentId is null) return;
        var now = time.GetUtcNow();
        var known = await db.PublicationDifferences.AsTracking().Where(d => d.ItemId == itemId && d.ResolvedAt == null).ToListAsync(cancellationToken);
        foreach (var difference in known)
        {
            var still = found.FirstOrDefault(f => f.Kind == difference.Kind && f.Field == difference.Field);
            if (still is null || (difference.AcceptedAt is not null && still.InSage != difference.InSage)) difference.ResolvedAt = now;
            else (difference.InSage, difference.LastSeenAt) = (still.InSage, now);
        }

        foreach (var one in found.Where(f => !known.Exists(d => d.ResolvedAt is null && d.Kind == f.Kind && d.Field == f.Field)))
            db.Add(new PublicationDifference
            {
                BusinessId = businessId, ItemId = itemId, DocumentId = documentId, Kind = one.Kind, Field = one.Field, Meant = one.Meant, InSage = one.InSage, FirstSeenAt = now, LastSeenAt = now,
            });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What is no longer published, or stands in Sage as another document by now, has no differences.</summary>
    private async Task ForgetAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await db.PublicationDifferences
            .Where(d => d.ResolvedAt == null && !db.Items.Any(i => i.Id == d.ItemId && i.Status == ItemStatus.Published && i.SageDocumentId == d.DocumentId))
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.ResolvedAt, now), cancellationToken);
    }

    /// <summary>What every comparison of a pass goes by.</summary>
    private sealed record Means(SageTarget Target, ReviewContext Context, Func<Item, Uri> LinkTo);

    private sealed record Found(DifferenceKind Kind, string Field, string? Meant, string? InSage)
    {
        public static readonly Found Deleted = new(DifferenceKind.Deleted, PublicationDifference.WholeDocument, Meant: null, InSage: null);
    }
}
