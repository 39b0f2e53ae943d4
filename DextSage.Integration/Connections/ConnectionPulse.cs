using System.Collections.Concurrent;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>
/// Writes down when Sage last answered, and since when it does not. A good answer is written at most every few minutes, a change at once.
/// </summary>
public sealed class ConnectionPulse(BusinessStore store, JobQueue jobs, BusinessSignal signal, TimeProvider time) : ISageListener
{
    private static readonly TimeSpan AtMostEvery = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<Guid, Written> written = new();

    public async ValueTask HeardAsync(Guid connectionId, SageFailure? failure)
    {
        var (now, last) = (time.GetUtcNow(), written.GetValueOrDefault(connectionId));
        var trouble = TroubleIn(failure);
        if (last is not null && last.Trouble == trouble && (trouble is not null || now - last.At < AtMostEvery)) return;
        written[connectionId] = new Written(now, trouble);

        await using var everyone = await store.OpenForEveryoneAsync();
        var connection = await everyone.Connections.IgnoreQueryFilters().AsNoTracking().Where(c => c.GrantId == connectionId)
            .Select(c => new { c.Id, c.BusinessId, c.Trouble }).SingleOrDefaultAsync();
        if (connection is null) return;
        await using var db = store.OpenForJob(connection.BusinessId);
        await WriteAsync(db.Connections.Where(c => c.Id == connection.Id), trouble, failure, now);
        if (connection.Trouble == trouble) return;
        signal.Raise(connection.BusinessId);
        if (trouble is not null) await jobs.EnqueueAtAsync<ConnectionUpkeep>(connection.BusinessId, now + LookAgainAfter);
    }

    // The row's version stays: who is at work on the connection is not disturbed by its pulse.
    private static Task<int> WriteAsync(IQueryable<Connection> row, SageFailureKind? trouble, SageFailure? failure, DateTimeOffset? now)
    {
        if (trouble is not null)
            return row.ExecuteUpdateAsync(set => set.SetProperty(c => c.Trouble, trouble).SetProperty(c => c.TroubleSince, c => c.TroubleSince ?? now));
        return failure is null
            ? row.ExecuteUpdateAsync(set => set.SetProperty(c => c.Trouble, trouble).SetProperty(c => c.TroubleSince, (DateTimeOffset?)null).SetProperty(c => c.LastCallAt, now))
            : row.ExecuteUpdateAsync(set => set.SetProperty(c => c.Trouble, trouble).SetProperty(c => c.TroubleSince, (DateTimeOffset?)null));
    }

    // A 429 is Sage at work, a refusal is an answer: neither keeps anybody waiting for Sage.
    private static SageFailureKind? TroubleIn(SageFailure? failure) =>
        failure?.Kind is SageFailureKind.NoAnswer or SageFailureKind.Busy or SageFailureKind.Garbled or SageFailureKind.AppNotAccepted ? failure.Kind : null;

    private sealed record Written(DateTimeOffset At, SageFailureKind? Trouble);
}
