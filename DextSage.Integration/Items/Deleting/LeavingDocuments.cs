using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Removes documents that no item uses any more, and a file where no other document has the same.</summary>
public sealed class LeavingDocuments(BusinessStore store, DocumentStore files, TimeProvider time) : IBusinessWork
{
    /// <summary>A file is stored before the row that uses it is written. What was stored so lately may be about to be used.</summary>
    internal static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    private const int AtATime = 100;

    public IQueryable<Guid> Pending(DextSageDb db) => db.Documents.IgnoreQueryFilters().Where(d => d.LeftAt != null).Select(d => d.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var leaving = await db.Documents.Where(d => d.LeftAt != null).OrderBy(d => d.Id).Select(d => d.Id).ToListAsync(cancellationToken);
        var isAllGone = true;
        foreach (var some in leaving.Chunk(AtATime)) isAllGone &= await RemoveAsync(db, some, cancellationToken);
        return isAllGone ? null : time.GetUtcNow() + Settled;
    }

    private async Task<bool> RemoveAsync(DextSageDb db, Guid[] ids, CancellationToken cancellationToken)
    {
        // With the write lock no row that uses one of the files comes between looking and deleting; and the file of a row that is yet to come was stored lately.
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Documents.Where(d => EF.Parameter(ids).Contains(d.Id)).InUse(db).ExecuteUpdateAsync(set => set.SetProperty(d => d.LeftAt, (DateTimeOffset?)null), cancellationToken);
        var documents = await db.Documents.AsNoTracking().Where(d => EF.Parameter(ids).Contains(d.Id) && d.LeftAt != null).ToListAsync(cancellationToken);
        var (unused, hashes) = (documents.ConvertAll(d => d.Id).ToArray(), documents.SelectMany(Files).Distinct().ToArray());
        var others = db.Documents.IgnoreQueryFilters().Where(d => !EF.Parameter(unused).Contains(d.Id));
        var shared = await others.Where(d => EF.Parameter(hashes).Contains(d.Sha256)).Select(d => d.Sha256)
            .Concat(others.Where(d => EF.Parameter(hashes).Contains(d.Copy!.Sha256)).Select(d => d.Copy!.Sha256))
            .Concat(others.Where(d => EF.Parameter(hashes).Contains(d.Original!.Sha256)).Select(d => d.Original!.Sha256)).ToHashSetAsync(cancellationToken);
        var settled = time.GetUtcNow() - Settled;
        // Each of its files is tried, whatever became of the one before.
        var gone = documents.FindAll(d => Files(d).FindAll(f => !shared.Contains(f) && !files.DeleteUnlessStoredSince(f, settled)).Count == 0);
        var removed = gone.ConvertAll(d => d.Id).ToArray();
        await db.Documents.Where(d => EF.Parameter(removed).Contains(d.Id)).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return gone.Count == documents.Count;
    }

    private static List<string> Files(Document document) => [.. new[] { document.Sha256, document.Copy?.Sha256, document.Original?.Sha256 }.OfType<string>()];
}

internal static class DocumentUse
{
    /// <summary>Marks those of them that nothing uses any more, so that they are removed.</summary>
    public static Task LetGoAsync(this DextSageDb db, IReadOnlyCollection<Guid> documents, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = documents.ToArray();
        var used = db.Documents.Where(d => EF.Parameter(ids).Contains(d.Id)).InUse(db).Select(d => d.Id);
        return db.Documents.Where(d => EF.Parameter(ids).Contains(d.Id) && !used.Contains(d.Id)).ExecuteUpdateAsync(set => set.SetProperty(d => d.LeftAt, now), cancellationToken);
    }

    public static IQueryable<Document> InUse(this IQueryable<Document> documents, DextSageDb db) =>
        documents.Where(d => db.Items.Any(i => i.DocumentId == d.Id) || db.PageSplits.Any(s => s.WholeId == d.Id));
}
