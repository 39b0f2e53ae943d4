using System.Data.Common;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Connections;

/// <summary>
/// The right to renew a grant, held by one process at a time in the grant's own row. Each taking raises the row's version, and whatever
/// the holder writes afterwards must still find that version: a sleeper whose lease ran out writes nothing.
/// </summary>
public sealed partial class GrantLease(BusinessStore store, TokenVault vault, IOptions<SageOptions> options, TimeProvider time, ILogger<GrantLease> logger)
{
    private static readonly TimeSpan InHand = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan SaveAgainAfter = TimeSpan.FromSeconds(1);

    /// <summary>By how much the clocks of two nodes may differ.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(15);

    /// <summary>Longer than one request can take, so that it ends only when its holder is dead.</summary>
    private TimeSpan Length => options.Value.WriteTimeout + InHand;

    /// <summary>The fence to write with; null while another process renews, or has changed the row since it was read.</summary>
    internal async Task<int?> TakeAsync(Grant grant)
    {
        var now = time.GetUtcNow();
        // One that ends later than any can was taken by a clock that has been put back since.
        return grant.LeaseUntil > now && grant.LeaseUntil <= now + Length + Skew ? null : await HoldAsync(grant, grant.Version);
    }

    /// <summary>For another request; null where the lease has gone meanwhile.</summary>
    internal Task<int?> ExtendAsync(Grant grant, int fence) => HoldAsync(grant, fence);

    /// <summary>False where the lease has gone: then the pair is not to be used. Sage has forgotten the old one, so whatever ails our storage, it is tried for as long as a lease lasts.</summary>
    internal async Task<bool> SaveAsync(Grant grant, int fence, SageGrant renewed)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await TrySaveAsync(grant, fence, renewed);
            }
            catch (DbException e) when (time.GetElapsedTime(began) < Length)
            {
                Log.NotSaved(logger, e, grant.Id);
                await Task.Delay(SaveAgainAfter, time);
            }
        }
    }

    private async Task<bool> TrySaveAsync(Grant grant, int fence, SageGrant renewed)
    {
        var (now, sealedPair) = (time.GetUtcNow(), vault.Seal(grant.BusinessId, renewed));
        await using var db = store.OpenForJob(grant.BusinessId);
        return await Row(db, grant, fence).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.Sealed, sealedPair)
            .SetProperty(g => g.IssuedAt, now)
            .SetProperty(g => g.AccessExpiresAt, renewed.AccessTokenExpires)
            .SetProperty(g => g.RefreshExpiresAt, renewed.RefreshTokenExpires)
            .SetProperty(g => g.RenewalFailsSince, (DateTimeOffset?)null)
            .SetProperty(g => g.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(g => g.Version, g => g.Version + 1)) == 1;
    }

    /// <summary>Renewing failed in a way that may pass: the next who needs it may try.</summary>
    internal async Task GiveBackAsync(Grant grant, int fence)
    {
        DateTimeOffset? since = grant.RenewalFailsSince ?? time.GetUtcNow();
        await using var db = store.OpenForJob(grant.BusinessId);
        await Row(db, grant, fence).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.RenewalFailsSince, since)
            .SetProperty(g => g.LeaseUntil, (DateTimeOffset?)null)
            .SetProperty(g => g.Version, g => g.Version + 1));
    }

    private async Task<int?> HoldAsync(Grant grant, int version)
    {
        DateTimeOffset? until = time.GetUtcNow() + Length;
        await using var db = store.OpenForJob(grant.BusinessId);
        var taken = await Row(db, grant, version).ExecuteUpdateAsync(set => set
            .SetProperty(g => g.LeaseUntil, until)
            .SetProperty(g => g.Version, g => g.Version + 1));
        return taken == 1 ? version + 1 : null;
    }

    private static IQueryable<Grant> Row(DextSageDb db, Grant grant, int version) =>
        db.Grants.Where(g => g.Id == grant.Id && g.Version == version && g.Status == GrantStatus.Live);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "A renewed pair of Sage grant {GrantId} could not be saved; it is tried again")]
        public static partial void NotSaved(ILogger logger, Exception exception, Guid grantId);
    }
}
