using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>How a business's connection stands.</summary>
public sealed class ConnectionDesk(BusinessStore store, JobQueue jobs, TimeProvider time)
{
    private static readonly TimeSpan WarnBefore = TimeSpan.FromDays(7);
    private static readonly TimeSpan HalfWayCounts = TimeSpan.FromHours(1);

    /// <summary>Everything about the connection. Admins only.</summary>
    public async Task<ConnectionView> ViewAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeConnections, cancellationToken);
        var db = scope.Db;
        var view = await db.Connections.AsNoTracking().Select(c => new ConnectionView(
            c.Status, c.Reason, c.OrganisationName, c.Country, c.Plan, c.BaseCurrency, c.VatRegistered, c.AccountsStartDate,
            db.Users.Where(p => p.Id == c.AuthorisedById).Select(p => p.DisplayName).FirstOrDefault(),
            c.AuthorisedAt,
            db.Grants.Where(g => g.Id == c.GrantId).Select(g => (DateTimeOffset?)g.RefreshExpiresAt).FirstOrDefault(),
            c.LastRefreshedAt, null)
        {
            Scope = db.Grants.Where(g => g.Id == c.GrantId).Select(g => g.Scope).FirstOrDefault(),
            LastCallAt = c.LastCallAt,
            Trouble = c.Trouble,
            TroubleSince = c.TroubleSince,
        }).SingleOrDefaultAsync(cancellationToken);
        return (view ?? NotConnected) with { HalfWay = await HalfWayAsync(db, caller, cancellationToken) };
    }

    private static readonly ConnectionView NotConnected = new(ConnectionStatus.NotConnected, null, null, null, null, null, null, null, null, null, null, null, null);

    // The tab was closed, or the Back button was used, between Sage's page and the choice: it can still be made.
    private async Task<Guid?> HalfWayAsync(DextSageDb db, Caller caller, CancellationToken cancellationToken)
    {
        var since = time.GetUtcNow() - HalfWayCounts;
        var last = await db.AuthorisationRequests.AsNoTracking().Where(r => r.PersonId == caller.PersonId && r.CreatedAt > since && r.GrantId != null)
            .OrderByDescending(r => r.CreatedAt).Select(r => new { r.Id, r.FinishedAt }).FirstOrDefaultAsync(cancellationToken);
        return last is { FinishedAt: null } ? last.Id : null;
    }

    /// <summary>What every member must know: connected or not, and why not.</summary>
    public async Task<ConnectionNotice> NoticeAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var (db, now) = (scope.Db, time.GetUtcNow());
        return await db.Connections.AsNoTracking().Select(c => new ConnectionNotice(
            c.Status, c.Reason, c.OrganisationName,
            db.Users.Where(p => p.Id == c.AuthorisedById).Select(p => p.DisplayName).FirstOrDefault(), c.Trouble, c.TroubleSince,
            db.Grants.Where(g => g.Id == c.GrantId && g.RenewalFailsSince != null && g.RefreshExpiresAt < now + WarnBefore).Select(g => (DateTimeOffset?)g.RefreshExpiresAt).FirstOrDefault(),
            c.CheckedAt, c.Plan)).SingleOrDefaultAsync(cancellationToken)
            ?? new ConnectionNotice(ConnectionStatus.NotConnected, null, null);
    }

    /// <summary>Looks at the connection now instead of at its daily time; what is found shows on every page.</summary>
    public async Task CheckAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        await scope.Db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.CheckedAt, (DateTimeOffset?)null), cancellationToken);
        await jobs.EnqueueAsync<ConnectionUpkeep>(caller.BusinessId);
    }
}
