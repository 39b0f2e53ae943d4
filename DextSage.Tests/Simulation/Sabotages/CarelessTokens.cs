using DextSage.Integration.Connections;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Simulation.Sabotages;

/// <summary>Tokens as somebody in a hurry would keep them.</summary>
/// <param name="locks">One renewal at a time.</param>
/// <param name="saves">The new pair is written down.</param>
/// <param name="renews">A token that was refused is ever renewed.</param>
internal sealed class CarelessTokens(BusinessStore store, TokenVault vault, SageOAuth oauth, TimeProvider time, bool locks, bool saves, bool renews) : ISageTokens, IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly Dictionary<Guid, (string Access, string Refresh, DateTimeOffset Until)> kept = [];

    public async ValueTask<string> GetAccessTokenAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        var (access, _, until) = await FindAsync(connectionId);
        return until > time.GetUtcNow() || !renews ? access : await RenewAsync(connectionId, access, cancellationToken);
    }

    public async ValueTask<string> RenewAsync(Guid connectionId, string refusedAccessToken, CancellationToken cancellationToken)
    {
        if (!renews) return refusedAccessToken;
        if (locks) await turn.WaitAsync(cancellationToken);
        try
        {
            var (access, refresh, _) = await FindAsync(connectionId);
            if (locks && access != refusedAccessToken) return access;
            var answer = await oauth.RefreshAsync(refresh, CancellationToken.None);
            if (answer.Failure is { SignInProblem: SignInProblem.Refused }) throw new SageSignInNeededException(SignInProblem.Refused);
            if (answer.Failure is { } failure) throw new SageTokenDelayedException(failure);
            await KeepAsync(connectionId, answer.Value!);
            return answer.Value!.AccessToken;
        }
        finally
        {
            if (locks) turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<(string Access, string Refresh, DateTimeOffset Until)> FindAsync(Guid grantId)
    {
        if (kept.TryGetValue(grantId, out var pair)) return pair;
        await using var db = await store.OpenForEveryoneAsync();
        var grant = await db.Grants.IgnoreQueryFilters().AsNoTracking().SingleAsync(g => g.Id == grantId);
        var tokens = vault.Open(grant.BusinessId, grant.Sealed)!;
        return (tokens.Access, tokens.Refresh, grant.AccessExpiresAt);
    }

    private async Task KeepAsync(Guid grantId, SageGrant pair)
    {
        if (!saves)
        {
            kept[grantId] = (pair.AccessToken, pair.RefreshToken, pair.AccessTokenExpires);
            return;
        }

        await using var db = await store.OpenForEveryoneAsync();
        var businessId = await db.Grants.IgnoreQueryFilters().Where(g => g.Id == grantId).Select(g => g.BusinessId).SingleAsync();
        var (sealedPair, until) = (vault.Seal(businessId, pair), pair.AccessTokenExpires);
        await db.Grants.IgnoreQueryFilters().Where(g => g.Id == grantId).ExecuteUpdateAsync(set => set.SetProperty(g => g.Sealed, sealedPair).SetProperty(g => g.AccessExpiresAt, until));
    }
}
