using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <param name="IsRevoked">False where Sage could not be told: then its own page still names us until somebody removes us there.</param>
public sealed record DisconnectOutcome(bool IsRevoked);

/// <summary>Ends a connection. Items, settings and the organisation's name stay, so that connecting again goes on where it was.</summary>
public sealed class Disconnection(BusinessStore store, TokenVault vault, SageOAuth oauth, IEnumerable<IWhenLeft> followers, BusinessSignal signal, TimeProvider time)
{
    private static readonly TimeSpan RevokeWithin = TimeSpan.FromSeconds(15);

    /// <summary>Null where there was no connection to end.</summary>
    /// <param name="keepLists">Whether the entries of the lists stay on offer while nothing is connected.</param>
    public async Task<DisconnectOutcome?> DisconnectAsync(Caller caller, bool keepLists, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        var db = scope.Db;
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (connection is not { Status: ConnectionStatus.Connected or ConnectionStatus.ReconnectNeeded }) return null;
        var grant = await db.Grants.AsNoTracking().SingleOrDefaultAsync(g => g.Id == connection.GrantId, cancellationToken);

        await ForgetAsync(db, connection.Id, grant?.Id);
        signal.Raise(caller.BusinessId);
        foreach (var follower in followers)
            await follower.LeftAsync(new Leaving(caller.BusinessId, connection.OrganisationName ?? "Sage", keepLists, IsForAnother: false, caller.PersonId));
        signal.Raise(caller.BusinessId);
        return new DisconnectOutcome(grant is not null && await RevokeAsync(grant));
    }

    private static async Task ForgetAsync(DextSageDb db, Guid connectionId, Guid? grantId)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.Connections.Where(c => c.Id == connectionId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.Status, ConnectionStatus.Disconnected)
            .SetProperty(c => c.Reason, (ReconnectReason?)null)
            .SetProperty(c => c.GrantId, (Guid?)null)
            .SetProperty(c => c.Trouble, (SageFailureKind?)null)
            .SetProperty(c => c.TroubleSince, (DateTimeOffset?)null)
            .SetProperty(c => c.Version, c => c.Version + 1), CancellationToken.None);
        await db.Grants.Where(g => g.Id == grantId).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.Status, GrantStatus.Lost)
            .SetProperty(g => g.Sealed, "")
            .SetProperty(g => g.Version, g => g.Version + 1), CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
    }

    // Last, and as a courtesy: what is forgotten here is of no use to anybody, whether Sage hears of it or not (Sage API 2.3).
    private async Task<bool> RevokeAsync(Grant grant)
    {
        if (grant.Status is GrantStatus.Lost || vault.Open(grant.BusinessId, grant.Sealed) is not { } tokens) return false;
        using var patience = new CancellationTokenSource(RevokeWithin, time);
        try
        {
            return (await oauth.RevokeAsync(tokens.Refresh, patience.Token)).Failure is null;
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return false;
        }
    }
}
