using System.Collections.Concurrent;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Connections;

/// <summary>
/// Access tokens of a grant. Renewing is single-flight per grant, in this process and across processes (<see cref="GrantLease"/>), and a new
/// pair is saved before it is used: Sage's refresh token works once (Sage API 2.2).
/// </summary>
public sealed partial class SageTokens(
    BusinessStore store, TokenVault vault, SageOAuth oauth, GrantLease lease, ConnectionHealth health, TimeProvider time, ILogger<SageTokens> logger) : ISageTokens
{
    private static readonly TimeSpan EarlyBy = TimeSpan.FromSeconds(60);

    /// <summary>While another process renews; then after twice as long each time.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(100), LookAgainAtLatestAfter = TimeSpan.FromSeconds(2);

    /// <summary>A sign-in that was read a moment ago is not read again for the next request. What was taken back meanwhile, Sage refuses.</summary>
    internal static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(1);

    private static readonly Func<DextSageDb, Guid, CancellationToken, Task<Grant?>> FindGrantAsync = EF.CompileAsyncQuery(
        (DextSageDb db, Guid id, CancellationToken cancellationToken) => db.Grants.IgnoreQueryFilters().AsNoTracking().SingleOrDefault(g => g.Id == id));

    private readonly ConcurrentDictionary<Guid, SemaphoreSlim> renewing = new();
    private readonly ConcurrentDictionary<Guid, Known> known = new();

    /// <summary>When a renewal last began or ended here: what was read before that is not believed any more.</summary>
    private readonly ConcurrentDictionary<Guid, long> outdated = new();

    public async ValueTask<string> GetAccessTokenAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(connectionId, out var recent) && recent.At > outdated.GetValueOrDefault(connectionId) && time.GetElapsedTime(recent.At) < KnownFor && IsFresh(recent.Grant))
            return recent.AccessToken;
        var at = time.GetTimestamp();
        var (grant, tokens) = await FindAsync(connectionId, cancellationToken);
        if (!IsFresh(grant)) return await RenewAsync(connectionId, refusedAccessToken: "", cancellationToken);
        known[connectionId] = new Known(grant, tokens.Access, at);
        return tokens.Access;
    }

    public async ValueTask<string> RenewAsync(Guid connectionId, string refusedAccessToken, CancellationToken cancellationToken)
    {
        outdated[connectionId] = time.GetTimestamp();
        // In this process people queue; only the first of them asks the database for the lease.
        var turn = renewing.GetOrAdd(connectionId, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            for (var after = LookAgainAfter; ; after = after < LookAgainAtLatestAfter ? 2 * after : after)
            {
                var (grant, tokens) = await FindAsync(connectionId, cancellationToken);
                // Whoever had the turn before may have renewed it already.
                if (IsFresh(grant) && tokens.Access != refusedAccessToken) return tokens.Access;
                if (await lease.TakeAsync(grant) is { } fence && await RenewAsync(grant, fence, tokens) is { } renewed)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    return renewed;
                }
                await Task.Delay(after, time, cancellationToken);
            }
        }
        finally
        {
            outdated[connectionId] = time.GetTimestamp();
            turn.Release();
        }
    }

    /// <summary>Null where the lease went to somebody else meanwhile: what they did counts.</summary>
    private async Task<string?> RenewAsync(Grant grant, int fence, TokenVault.Tokens tokens)
    {
        // From here on nothing may stop us half-way: an answer that is not saved is a grant that is lost.
        var answer = await oauth.RefreshAsync(tokens.Refresh, CancellationToken.None);
        // A lost answer may have cost us the pair. One cautious second try tells: either Sage never saw the first, or the grant is gone.
        if (answer.Failure is { IsOutcomeUnknown: true })
        {
            if (await lease.ExtendAsync(grant, fence) is not { } extended) return null;
            fence = extended;
            answer = await oauth.RefreshAsync(tokens.Refresh, CancellationToken.None);
        }
        if (answer.Failure is { } failure) throw await GiveUpAsync(grant, fence, failure);
        if (!await lease.SaveAsync(grant, fence, answer.Value!))
        {
            Log.TooLate(logger, grant.Id);
            return null;
        }
        Log.Renewed(logger, grant.Id);
        return answer.Value!.AccessToken;
    }

    private async Task<Exception> GiveUpAsync(Grant grant, int fence, SageFailure failure)
    {
        Log.NotRenewed(logger, grant.Id, failure.Kind, failure.RequestId);
        if (failure.SignInProblem is not SignInProblem.Refused)
        {
            await lease.GiveBackAsync(grant, fence);
            // A refusal without an OAuth error is not the token endpoint's, and says nothing of the call that waits for the token.
            var mayPass = failure.Kind is SageFailureKind.AppNotAccepted || failure.Kind.MayPass();
            return new SageTokenDelayedException(mayPass ? failure : failure with { Kind = SageFailureKind.Garbled, SignInProblem = null });
        }
        await health.LoseGrantAsync(grant, fence, time.GetUtcNow() >= grant.RefreshExpiresAt ? ReconnectReason.SignInExpired : ReconnectReason.AccessRemoved);
        return new SageSignInNeededException(SignInProblem.Refused);
    }

    private async Task<(Grant Grant, TokenVault.Tokens Tokens)> FindAsync(Guid grantId, CancellationToken cancellationToken)
    {
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        var grant = await FindGrantAsync(db, grantId, cancellationToken);
        if (grant is null) throw new SageSignInNeededException(SignInProblem.NotConnected);
        if (grant.Status is GrantStatus.Lost) throw new SageSignInNeededException(SignInProblem.Refused);
        if (vault.Open(grant.BusinessId, grant.Sealed) is { } tokens) return (grant, tokens);
        await health.LoseGrantAsync(grant, grant.Version, ReconnectReason.KeysLost);
        throw new SageSignInNeededException(SignInProblem.Refused);
    }

    /// <summary>Good for some time yet: a minute, or a fifth of its life where that is shorter.</summary>
    private bool IsFresh(Grant grant)
    {
        var fifth = (grant.AccessExpiresAt - grant.IssuedAt) / 5;
        return time.GetUtcNow() + (fifth < EarlyBy ? fifth : EarlyBy) < grant.AccessExpiresAt;
    }

    private sealed record Known(Grant Grant, string AccessToken, long At);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Sage grant {GrantId} was renewed")]
        public static partial void Renewed(ILogger logger, Guid grantId);

        [LoggerMessage(2, LogLevel.Warning, "Sage grant {GrantId} could not be renewed: {Kind} (Sage request {RequestId})")]
        public static partial void NotRenewed(ILogger logger, Guid grantId, SageFailureKind kind, string? requestId);

        [LoggerMessage(3, LogLevel.Warning, "A renewed pair of Sage grant {GrantId} came after the lease had ended and was not kept")]
        public static partial void TooLate(ILogger logger, Guid grantId);
    }
}
