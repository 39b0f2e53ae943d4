using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Deletes an item for ever, and tells of those that were.</summary>
public sealed class DeletionDesk(BusinessStore store, IItemPublisher publisher, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Null where it is gone, or why not, as a sentence.</summary>
    public async Task<string?> DeleteAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.DeleteForEver, cancellationToken);
        await using var transaction = await scope.Db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } id) return "This item does not exist any more.";
        var refusals = await new ItemDeletion(scope, publisher, time.GetUtcNow()).DeleteAsync([id], cancellationToken);
        if (refusals.GetValueOrDefault(id) is { } refusal) return refusal;
        await transaction.CommitAsync(cancellationToken);
        await jobs.EnqueueAsync<LeavingDocuments>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>What is remembered of a deleted item; null where there was none of this code, or none that this person saw.</summary>
    public async Task<DeletedItemView?> FindAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await db.DeletedItems.AsNoTracking().SingleOrDefaultAsync(d => d.Code == code, cancellationToken) is not { } item || !scope.Sees(item.OwnerId)) return null;
        var person = await db.Users.Where(p => p.Id == item.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken) ?? "Somebody who left";
        return new(item.Code, item.Workspace, item.Type, item.Party, item.Reference, item.Date, item.Total, item.Currency, item.CreatedAt, item.With, person, item.At);
    }
}
