using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;

namespace DextSage.Integration.Items;

/// <summary>Makes smaller, before anybody can publish it, what is too large for Sage: once for each document, wherever it came from.</summary>
/// <param name="lifetime">Null outside a host.</param>
public sealed class ShrinkWork(BusinessStore store, IDocumentShrinker shrinker, BusinessSignal signal, TimeProvider time, IHostApplicationLifetime? lifetime = null) : IBusinessWork
{
    private const int MostTries = 3;

    public IQueryable<Guid> Pending(DextSageDb db) => Waiting(db.Documents.IgnoreQueryFilters(), db).Select(d => d.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        // It takes long, and whoever stops the program is not to wait for it.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime?.ApplicationStopping ?? CancellationToken.None);
        try
        {
            await ShrinkAllAsync(businessId, stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The rows say what is left to do.
        }

        return null;
    }

    private async Task ShrinkAllAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            // The business is named: filters that are ignored anywhere in a query are ignored in all of it.
            if (await Waiting(db.Documents.Where(d => d.BusinessId == businessId), db).AsTracking().OrderBy(d => d.Id).FirstOrDefaultAsync(cancellationToken) is not { } document) return;

            // Counted before it is begun: a document that takes the process down with it is left as it is in the end.
            document.ShrinkTries++;
            await db.SaveChangesAsync(cancellationToken);
            var (outcome, copy) = document.ShrinkTries <= MostTries ? await ShrinkAsync(db, document, cancellationToken) : (ShrinkOutcome.TookTooLong, null);
            await SettleAsync(db, document.Id, outcome, copy, cancellationToken);
            signal.Raise(businessId);
        }
    }

    // An item that is still being read is its reader's; both would change it in the same moment.
    private static IQueryable<Document> Waiting(IQueryable<Document> all, DextSageDb db) =>
        all.ToBeMadeSmaller().Where(d => !db.Items.IgnoreQueryFilters().Any(i => i.DocumentId == d.Id && i.Status == ItemStatus.Processing));

    private async Task<(ShrinkOutcome, SentCopy?)> ShrinkAsync(DextSageDb db, Document document, CancellationToken cancellationToken)
    {
        try
        {
            return await shrinker.ShrinkAsync(document, cancellationToken);
        }
        catch
        {
            // Whatever it was, a stop of the program or a machine without room for a worker, it was not the document's doing.
            document.ShrinkTries--;
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task SettleAsync(DextSageDb db, Guid documentId, ShrinkOutcome outcome, SentCopy? copy, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.ChangeTracker.Clear();
        if (await db.Documents.AsTracking().SingleOrDefaultAsync(d => d.Id == documentId, cancellationToken) is not { } document) return;
        (document.Shrinking, document.Copy) = (outcome, copy);
        var items = await db.Items.WithEntries().AsTracking().Where(i => i.DocumentId == documentId && (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready)).ToListAsync(cancellationToken);
        foreach (var item in items)
        {
            (item.Version, item.UpdatedAt) = (item.Version + 1, time.GetUtcNow());
            ItemHistory.WriteShrinking(db, item, ShrinkWords.Told(document));
        }

        await TwinUpkeep.SaveAsync(db, await ReviewContext.ReadAsync(db, cancellationToken), time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
