using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>Writes down that a connection stopped working, once Sage has said so, and lets every open page know.</summary>
public sealed class ConnectionHealth(BusinessStore store, BusinessSignal signal)
{
    /// <summary>The grant is gone for good: only a person can sign in anew.</summary>
    /// <param name="fence">The version of the grant's row that this was found out with; one that has moved on is left alone.</param>
    internal async Task LoseGrantAsync(Grant grant, int fence, ReconnectReason reason)
    {
        await using var db = store.OpenForJob(grant.BusinessId);
        var isNews = false;
        // Both or neither: a death in between would leave a connection that is called Connected and has no sign-in.
        await using (var transaction = await db.Database.BeginTransactionAsync())
        {
            var lost = await db.Grants.Where(g => g.Id == grant.Id && g.Version == fence).ExecuteUpdateAsync(set => set
                .SetProperty(g => g.Status, GrantStatus.Lost)
                .SetProperty(g => g.LostBecause, reason)
                .SetProperty(g => g.LeaseUntil, (DateTimeOffset?)null)
                .SetProperty(g => g.Version, g => g.Version + 1));
            if (lost > 0) isNews = await NeedReconnectAsync(db, grant.Id, reason);
            await transaction.CommitAsync();
        }
        if (isNews) signal.Raise(grant.BusinessId);
    }

    /// <summary>Notes a failure of a call that every working connection may make. Failures that may pass say nothing of the connection.</summary>
    internal async Task NoteAsync(Guid businessId, Guid grantId, SageFailure failure)
    {
        ReconnectReason? reason = failure.Kind switch
        {
            SageFailureKind.SignInNeeded => ReconnectReason.AccessRemoved,
            SageFailureKind.NoSubscription => ReconnectReason.SubscriptionLapsed,
            SageFailureKind.AccessDenied => ReconnectReason.RightsRemoved,
            _ => null,
        };
        if (reason is null) return;
        await using var db = store.OpenForJob(businessId);
        if (await NeedReconnectAsync(db, grantId, reason.Value)) signal.Raise(businessId);
    }

    /// <summary>Sage lets the connection work again, without anybody having signed in anew. True where it had not worked before.</summary>
    internal async Task<bool> RecoverAsync(Guid businessId, Guid grantId)
    {
        await using var db = store.OpenForJob(businessId);
        var changed = await db.Connections
            .Where(c => c.GrantId == grantId && c.Status == ConnectionStatus.ReconnectNeeded
                && (c.Reason == ReconnectReason.SubscriptionLapsed || c.Reason == ReconnectReason.RightsRemoved))
            .ExecuteUpdateAsync(set => set
                .SetProperty(c => c.Status, ConnectionStatus.Connected)
                .SetProperty(c => c.Reason, (ReconnectReason?)null)
                .SetProperty(c => c.Version, c => c.Version + 1));
        if (changed > 0) signal.Raise(businessId);
        return changed > 0;
    }

    // Only a connection that still uses this grant: one that was reconnected meanwhile is well.
    private static async Task<bool> NeedReconnectAsync(DextSageDb db, Guid grantId, ReconnectReason reason) =>
        await db.Connections.Where(c => c.GrantId == grantId && c.Status == ConnectionStatus.Connected).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, ConnectionStatus.ReconnectNeeded)
            .SetProperty(c => c.Reason, reason)
            .SetProperty(c => c.Version, c => c.Version + 1)) > 0;
}
