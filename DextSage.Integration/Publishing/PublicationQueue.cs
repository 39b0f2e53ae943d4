using DextSage.Integration.Jobs;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>How an intent is written, whatever it is for: its rows and the item's change in one transaction, and its job behind it.</summary>
public sealed class PublicationQueue(JobQueue jobs, BusinessSignal signal)
{
    /// <summary>One more than the item's publications so far.</summary>
    internal static async Task<int> GenerationAsync(DextSageDb db, Guid itemId, CancellationToken cancellationToken) =>
        1 + await db.Publications.CountAsync(p => p.ItemId == itemId, cancellationToken);

    internal async Task AddAsync(DextSageDb db, IDbContextTransaction transaction, Publication publication, CancellationToken cancellationToken)
    {
        db.Add(publication);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAsync<PublishWork>(publication.BusinessId);
        signal.Raise(publication.BusinessId);
    }
}
