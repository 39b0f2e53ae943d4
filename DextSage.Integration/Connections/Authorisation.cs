using System.Security.Cryptography;
using System.Text;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Connections;

/// <summary>The address that Sage sends people back to. Built from the settings, never from a request's Host header.</summary>
public sealed record SageRedirect(Uri Address);

/// <summary>What Sage sent back in the callback's query.</summary>
/// <param name="Reason">Sage's own word beside an error, such as "Email already in use".</param>
public sealed record SageCallback(string? State, string? Code, string? Country, string? Error, string? Reason);

/// <summary>The walk to Sage's login and back: OAuth 2.0 authorisation code with state and PKCE (Sage API 2.1, RFC 9700).</summary>
public sealed class Authorisation(BusinessStore store, TokenVault vault, SageOAuth oauth, SageRedirect redirect, TimeProvider time)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Sage's login page for one walk there and back; null where this installation is not registered with Sage.
    /// <paramref name="sessionSecret"/> stays in the browser's cookie.
    /// </summary>
    public async Task<Uri?> BeginAsync(Caller caller, AuthorisationIntent intent, string sessionSecret, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageConnections, cancellationToken);
        if (!oauth.IsRegistered) return null;
        var state = RandomText();
        var verifier = RandomText();
        scope.Db.Add(new AuthorisationRequest
        {
            BusinessId = caller.BusinessId,
            PersonId = caller.PersonId,
            Intent = intent,
            StateHash = Hash(state),
            SessionHash = Hash(sessionSecret),
            SealedVerifier = vault.SealText(caller.BusinessId, verifier),
            CreatedAt = time.GetUtcNow(),
        });
        await scope.Db.SaveChangesAsync(cancellationToken);
        return oauth.AuthoriseUrl(state, SageOAuth.Challenge(verifier), redirect.Address);
    }

    /// <summary>The way back. Good once, for this person in this browser.</summary>
    public async Task<AuthorisationReturn> ReturnAsync(Guid personId, string? sessionSecret, SageCallback callback, CancellationToken cancellationToken = default)
    {
        var request = await FindAsync(callback.State, cancellationToken);
        if (request is null || request.PersonId != personId || !IsSameSession(request, sessionSecret))
            return new(BusinessSlug: null, RequestId: null, WizardProblem.UnknownState);

        await using var scope = await store.OpenAsync(new Caller(personId, request.BusinessId), Permission.ManageConnections, cancellationToken);
        var slug = await scope.Db.Businesses.Where(b => b.Id == request.BusinessId).Select(b => b.Slug).SingleAsync(cancellationToken);
        var problem = await UseUpAsync(scope.Db, request, cancellationToken)
            ?? ProblemNamedBySage(callback)
            ?? await ExchangeAsync(scope.Db, request, callback.Code!, cancellationToken);
        return new(slug, request.Id, problem);
    }

    private async Task<AuthorisationRequest?> FindAsync(string? state, CancellationToken cancellationToken)
    {
        if (string.IsNullOrEmpty(state)) return null;
        var hash = Hash(state);
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        return await db.AuthorisationRequests.IgnoreQueryFilters().AsNoTracking().SingleOrDefaultAsync(r => r.StateHash == hash, cancellationToken);
    }

    private static bool IsSameSession(AuthorisationRequest request, string? sessionSecret) =>
        sessionSecret is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(request.SessionHash), Encoding.ASCII.GetBytes(Hash(sessionSecret)));

    // One row changed is what "used once" means, whoever else tries at the same moment.
    private async Task<WizardProblem?> UseUpAsync(DextSageDb db, AuthorisationRequest request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var used = await db.AuthorisationRequests.Where(r => r.Id == request.Id && r.ReturnedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.ReturnedAt, now), cancellationToken);
        if (used == 0) return WizardProblem.AlreadyUsed;
        return now - request.CreatedAt > GoodFor ? WizardProblem.TooLate : null;
    }

    private static WizardProblem? ProblemNamedBySage(SageCallback callback) => callback switch
    {
        { Error: "access_denied" } => WizardProblem.Denied,
        { Error: "temporarily_unavailable" or "server_error" } => WizardProblem.SageUnavailable,
        { Error: not null, Reason: "Email already in use" } => WizardProblem.WrongCountry,
        { Error: not null } => WizardProblem.Misconfigured,
        { Code: null or "" } => WizardProblem.Misconfigured,
        _ => null,
    };

    private async Task<WizardProblem?> ExchangeAsync(DextSageDb db, AuthorisationRequest request, string code, CancellationToken cancellationToken)
    {
        if (vault.OpenText(request.BusinessId, request.SealedVerifier) is not { } verifier) return WizardProblem.StepGone;
        var answer = await oauth.ExchangeAsync(code, verifier, redirect.Address, cancellationToken);
        if (answer.Failure is { } failure)
        {
            return failure.Kind switch
            {
                SageFailureKind.SignInNeeded => WizardProblem.CodeRefused,
                _ when failure.Kind.MayPass() => WizardProblem.SageUnavailable,
                _ => WizardProblem.Misconfigured,
            };
        }

        var grant = NewGrant(request, answer.Value!);
        db.Add(grant);
        await db.SaveChangesAsync(CancellationToken.None);
        await db.AuthorisationRequests.Where(r => r.Id == request.Id).ExecuteUpdateAsync(set => set.SetProperty(r => r.GrantId, grant.Id), CancellationToken.None);
        return null;
    }

    private Grant NewGrant(AuthorisationRequest request, SageGrant given) => new()
    {
        BusinessId = request.BusinessId,
        PersonId = request.PersonId,
        Sealed = vault.Seal(request.BusinessId, given),
        IssuedAt = time.GetUtcNow(),
        AccessExpiresAt = given.AccessTokenExpires,
        RefreshExpiresAt = given.RefreshTokenExpires,
        Scope = given.Scope,
        CreatedAt = time.GetUtcNow(),
    };

    private static string RandomText() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(32));

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
