using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Compares once a night what was published in the last sixty days with what Sage holds. Due is what has come round since the last check, whatever began
/// that one; without a connection it waits for one.
/// </summary>
public sealed class BooksCheckWork(BusinessStore store, BooksCheckPass pass, ConnectionHealth health, JobQueue jobs, BusinessSignal signal, TimeProvider time) : IBusinessWork, IWhenConnected
{
    /// <summary>How long after its publication a document is looked at.</summary>
    internal static readonly TimeSpan Window = TimeSpan.FromDays(60);

    // A clock that was put forward is noticed within so long.
    private static readonly TimeSpan LookAgain = TimeSpan.FromHours(1);

    // Sage's clock is Sage's own, but what it has not written yet when it answers carries an earlier time.
    private static readonly TimeSpan Overlap = TimeSpan.FromMinutes(10);
    private const int NightHour = 3;

    public IQueryable<Guid> Pending(DextSageDb db) => db.Connections.IgnoreQueryFilters().Where(c => c.Status == ConnectionStatus.Connected).Select(c => c.BusinessId);

    public Task ConnectedAsync(ConnectionMade made) => jobs.EnqueueAsync<BooksCheckWork>(made.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var now = time.GetUtcNow();
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Status == ConnectionStatus.Connected && c.GrantId != null, cancellationToken);
        var check = await Live(db.BooksChecks).FirstOrDefaultAsync(cancellationToken);
        if (connection is null)
        {
            if (check is not null) await WaitAsync(db, check, Sentences.Reconnect);
            return null;
        }

        if (check is null && await IsDueAsync(db, now, cancellationToken)) check = await BeginAsync(db, personId: null, now, cancellationToken);
        return check is null ? Next(businessId, now) : await GoAsync(db, check, connection, cancellationToken);
    }

    /// <summary>Writes the row of a new one; its job is the caller's to ask for.</summary>
    internal static async Task<BooksCheck> BeginAsync(DextSageDb db, Guid? personId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await db.BooksChecks.Where(c => c.Status == CheckStatus.Completed && c.SageAt != null).MaxAsync(c => c.SageAt, cancellationToken);
        var check = new BooksCheck { BusinessId = db.BusinessId, RequestedById = personId, QueuedAt = now, Since = last is { } at && at > now - Window ? at - Overlap : now - Window };
        db.Add(check);
        await db.SaveChangesAsync(cancellationToken);
        return check;
    }

    internal static IQueryable<BooksCheck> Live(IQueryable<BooksCheck> checks) => checks.Where(c => c.Status == CheckStatus.Running).OrderBy(c => c.QueuedAt);

    private async Task<DateTimeOffset?> GoAsync(DextSageDb db, BooksCheck check, Connection connection, CancellationToken cancellationToken)
    {
        signal.Raise(check.BusinessId);
        var failure = await pass.GoAsync(check, connection, cancellationToken);
        db.ChangeTracker.Clear();
        db.Attach(check);
        var now = time.GetUtcNow();
        if (failure is not null && Waiting.For(failure, check.Tries, now) is { } wait)
        {
            if (failure.Kind is SageFailureKind.SignInNeeded) await health.NoteAsync(check.BusinessId, connection.GrantId!.Value, failure);
            await WaitAsync(db, check, wait.For is WaitingFor.Reconnect ? Sentences.Reconnect : $"{failure.Kind.Sentence} It goes on by itself.");
            return wait.Until;
        }

        (check.Status, check.Problem) = failure is null ? (CheckStatus.Completed, null) : (CheckStatus.Failed, $"{failure.Kind.Sentence} {failure.Kind.Action}");
        (check.EndedAt, check.WaitingBecause) = (now, null);
        db.Entry(check).State = EntityState.Modified;
        await db.SaveChangesAsync(CancellationToken.None);
        signal.Raise(check.BusinessId);
        return Next(check.BusinessId, now);
    }

    private async Task WaitAsync(DextSageDb db, BooksCheck check, string because)
    {
        check.WaitingBecause = because;
        check.Tries++;
        db.Entry(check).State = EntityState.Modified;
        await db.SaveChangesAsync(CancellationToken.None);
        signal.Raise(check.BusinessId);
    }

    private async Task<bool> IsDueAsync(DextSageDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = DailyHour.Last(Night(db.BusinessId), now, time.LocalTimeZone);
        return await Published(db, now).AnyAsync(cancellationToken) && !await db.BooksChecks.AnyAsync(c => c.QueuedAt >= due && c.QueuedAt <= now, cancellationToken);
    }

    internal static IQueryable<Item> Published(DextSageDb db, DateTimeOffset now)
    {
        var from = now - Window;
        return db.Items.Where(i => i.Status == ItemStatus.Published && i.SageDocumentId != null && i.PublishedAt >= from);
    }

    private DateTimeOffset Next(Guid businessId, DateTimeOffset now)
    {
        var next = DailyHour.Last(Night(businessId), now.AddDays(1), time.LocalTimeZone);
        return next < now + LookAgain ? next : now + LookAgain;
    }

    // Not all businesses in one minute.
    private static TimeOnly Night(Guid businessId) => new(NightHour, businessId.ToByteArray()[15] % 60);

    private static class Sentences
    {
        public const string Reconnect = "It waits for the connection to Sage, and goes on by itself once an Admin has reconnected.";
    }
}
