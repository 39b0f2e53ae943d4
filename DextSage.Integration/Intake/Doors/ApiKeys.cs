using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <param name="Person">Who made it.</param>
/// <param name="HasLeft">They are no member any more, and the key opens nothing.</param>
/// <param name="RevokedBy">Null while it counts.</param>
public sealed record ApiKeyView(
    Guid Id, string Name, string Hint, bool SeesAllItems, string Person, bool HasLeft, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt, string? RevokedBy);

/// <param name="Secret">The key, for this one time; null where it was not made.</param>
/// <param name="Refusal">Why not, as a sentence.</param>
public sealed record ApiKeyMade(string? Secret, string? Refusal);

/// <summary>The keys of a business, for its Admins.</summary>
public sealed class ApiKeys(BusinessStore store, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Of one business, those that count.</summary>
    public const int Most = 50;

    /// <summary>What a key begins with, so that it is known for one wherever it turns up.</summary>
    public const string Prefix = "dextsage_";

    private const int HintLength = 4;
    private const int RandomLength = 52;

    /// <summary>Newest first, and those that were revoked after the others.</summary>
    public async Task<IReadOnlyList<ApiKeyView>> ListAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageDoors, cancellationToken);
        var db = scope.Db;
        var keys = await db.ApiKeys.AsNoTracking().OrderBy(k => k.RevokedAt != null).ThenByDescending(k => k.CreatedAt).Take(Most * 4).ToListAsync(cancellationToken);
        var ids = keys.Select(k => k.PersonId).Concat(keys.Select(k => k.RevokedById).OfType<Guid>()).ToHashSet();
        var names = await db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        var members = await db.Memberships.Select(m => m.PersonId).ToListAsync(cancellationToken);
        return [.. keys.Select(k => new ApiKeyView(
            k.Id, k.Name, k.Hint, k.SeesAllItems, names.GetValueOrDefault(k.PersonId, "Somebody who left"), !members.Contains(k.PersonId), k.CreatedAt, k.LastUsedAt, k.RevokedAt,
            k.RevokedById is { } by ? names.GetValueOrDefault(by, "Somebody who left") : null))];
    }

    public async Task<ApiKeyMade> MakeAsync(Caller caller, string name, bool seesAllItems, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageDoors, cancellationToken);
        name = name.Trim();
        if (name.Length is 0 or > ApiKey.LongestName) return Refused($"Give the key a name of up to {ApiKey.LongestName} characters, such as the scanner that it is for.");
        if (name.Any(char.IsControl)) return Refused("The name holds characters that cannot be read.");
        var live = await scope.Db.ApiKeys.Where(k => k.RevokedAt == null).Select(k => k.Name).ToListAsync(cancellationToken);
        if (live.Contains(name, StringComparer.OrdinalIgnoreCase)) return Refused("There is a key of this name already.");
        if (live.Count >= Most) return Refused($"A business has {Most} keys at most. Revoke one that is not needed any more.");

        var random = RandomNumberGenerator.GetString("0123456789abcdefghjkmnpqrstvwxyz", RandomLength);
        var secret = Prefix + random;
        scope.Db.Add(new ApiKey
        {
            BusinessId = caller.BusinessId, Name = name, Hint = Prefix + random[..HintLength], Hash = HashOf(secret), PersonId = caller.PersonId, SeesAllItems = seesAllItems, CreatedAt = time.GetUtcNow(),
        });
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return new ApiKeyMade(secret, Refusal: null);

        static ApiKeyMade Refused(string sentence) => new(Secret: null, sentence);
    }

    /// <summary>It counts no more from now on. What it has sent stays.</summary>
    public async Task RevokeAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageDoors, cancellationToken);
        if (await scope.Db.ApiKeys.AsTracking().SingleOrDefaultAsync(k => k.Id == id && k.RevokedAt == null, cancellationToken) is not { } key) return;
        (key.RevokedAt, key.RevokedById) = (time.GetUtcNow(), caller.PersonId);
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
    }

    internal static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
