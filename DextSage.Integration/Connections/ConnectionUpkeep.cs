using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>
/// Looks at a connection once a day: that renews the sign-in long before its 31 days are over, and finds out that access, rights or
/// subscription are gone before somebody publishes. What came back by itself is noticed too.
/// </summary>
public sealed class ConnectionUpkeep(
    BusinessStore store, ISageClient sage, ConnectionHealth health, IEnumerable<IWhenConnected> followers, BusinessSignal signal, TimeProvider time) : IBusinessWork
{
    internal static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan WhileSageIsAway = TimeSpan.FromMinutes(5);

    public IQueryable<Guid> Pending(DextSageDb db) => Watched(db.Connections.IgnoreQueryFilters()).Select(c => c.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        if (await Watched(db.Connections.AsNoTracking()).SingleOrDefaultAsync(cancellationToken) is not { } connection) return null;
        var now = time.GetUtcNow();
        if (connection is { Trouble: null, CheckedAt: { } last } && last <= now && now < last + Every) return last + Every;

        var (failure, facts) = await LookAsync(connection, cancellationToken);
        if (failure?.Kind is SageFailureKind.AppNotAccepted || failure?.Kind.MayPass() == true) return now + WhileSageIsAway;
        await db.Connections.Where(c => c.Id == connection.Id).ExecuteUpdateAsync(set => set.SetProperty(c => c.CheckedAt, (DateTimeOffset?)now), CancellationToken.None);
        if (failure is not null) await health.NoteAsync(businessId, connection.GrantId!.Value, failure);
        else await GoWellAsync(connection, facts!);
        signal.Raise(businessId);
        return now + Every;
    }

    // Two small questions: is the subscription alive, and may this person read what every connection needs?
    private async Task<(SageFailure? Failure, SageBusiness? Facts)> LookAsync(Connection connection, CancellationToken cancellationToken)
    {
        var target = new SageTarget(connection.GrantId!.Value, connection.OrganisationId);
        var business = await sage.BusinessAsync(target, connection.OrganisationId!, cancellationToken);
        if (business.Failure is { } failure)
            // An organisation that this person no longer reaches is a right that they lost.
            return (failure.Kind is SageFailureKind.NotFound ? failure with { Kind = SageFailureKind.AccessDenied } : failure, null);
        if (business.Value!.Plan is null) return (new SageFailure { Kind = SageFailureKind.NoSubscription }, null);
        var accounts = await sage.LedgerAccountsAsync(target, new SagePageRequest(1, Size: 1), cancellationToken);
        return (accounts.Failure, business.Value);
    }

    private async Task GoWellAsync(Connection connection, SageBusiness facts)
    {
        var (name, country, plan) = (facts.Name ?? connection.OrganisationName, facts.Country?.Id ?? connection.Country, facts.Plan?.ToString() ?? connection.Plan);
        await using var db = store.OpenForJob(connection.BusinessId);
        await db.Connections.Where(c => c.Id == connection.Id && c.GrantId == connection.GrantId).ExecuteUpdateAsync(set => set
            .SetProperty(c => c.OrganisationName, name).SetProperty(c => c.Country, country).SetProperty(c => c.Plan, plan));
        if (!await health.RecoverAsync(connection.BusinessId, connection.GrantId!.Value)) return;
        foreach (var follower in followers)
            await follower.ConnectedAsync(new ConnectionMade(connection.BusinessId, connection.AuthorisedById ?? Guid.Empty, IsFirst: false));
    }

    /// <summary>Those that work, and those that may work again without anybody signing in.</summary>
    private static IQueryable<Connection> Watched(IQueryable<Connection> connections) => connections.Where(c => c.GrantId != null && c.OrganisationId != null
        && (c.Status == ConnectionStatus.Connected
            || (c.Status == ConnectionStatus.ReconnectNeeded && (c.Reason == ReconnectReason.SubscriptionLapsed || c.Reason == ReconnectReason.RightsRemoved))));
}
