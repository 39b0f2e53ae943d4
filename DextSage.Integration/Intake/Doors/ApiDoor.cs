using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <summary>Who stands at the API's door: a key, and the member in whose name it acts. The business follows from the key alone.</summary>
public sealed record ApiCaller(Guid KeyId, string KeyName, bool SeesAllItems, Caller Caller);

/// <summary>Knows a key when it sees one.</summary>
public sealed class ApiDoor(BusinessStore store, TimeProvider time)
{
    private static readonly TimeSpan UseIsWrittenEvery = TimeSpan.FromMinutes(1);
    private const int LongestKey = 200;

    /// <summary>Null for what is no key, was revoked, or belongs to somebody who has left the business.</summary>
    public async Task<ApiCaller?> FindAsync(string secret, CancellationToken cancellationToken = default)
    {
        if (secret.Length > LongestKey || !secret.StartsWith(ApiKeys.Prefix, StringComparison.Ordinal)) return null;
        var hash = ApiKeys.HashOf(secret);
        await using var above = await store.OpenForEveryoneAsync(cancellationToken);
        // The one query that must look past the business filter: which business it is follows from what it finds.
        var key = await above.ApiKeys.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(k => k.Hash == hash && k.RevokedAt == null, cancellationToken);
        if (key is null) return null;

        await using var db = store.OpenForJob(key.BusinessId);
        if (!await db.Memberships.AnyAsync(m => m.PersonId == key.PersonId, cancellationToken)) return null;
        if (key.LastUsedAt is not { } last || time.GetUtcNow() - last >= UseIsWrittenEvery)
        {
            var used = await db.ApiKeys.AsTracking().SingleAsync(k => k.Id == key.Id, cancellationToken);
            used.LastUsedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }
        return new ApiCaller(key.Id, key.Name, key.SeesAllItems, new Caller(key.PersonId, key.BusinessId));
    }
}
