using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>Who a token speaks for.</summary>
internal sealed record Access(Person Person, string Scope);

/// <summary>A person's consent to the application.</summary>
internal sealed record ConnectedApp(Person Person, string Client, string Since);

/// <summary>A fresh pair of tokens; the only moment at which the tokens themselves exist here.</summary>
internal sealed record TokenPair(string AccessToken, string RefreshToken, string Scope, Person Person);

/// <summary>Consents, codes and tokens. Only hashes are stored; a refresh token is the newest of its family or it is nothing (Sage API 2.2).</summary>
internal sealed class Grants(Books books, SandboxClock clock, IOptions<SageSandboxOptions> options)
{
    private SageSandboxOptions Options => options.Value;

    public Access? Check(string accessToken) => books.Read(session => session.First(
        "SELECT person, scope FROM access_token WHERE hash = $p0 AND expires_at > $p1",
        row => Person.With(row.GetString(0)) is { } person ? new Access(person, row.GetString(1)) : null,
        SandboxToken.Hash(accessToken), clock.Stamp));

    public bool HasConsent(Person person) => books.Read(session =>
        session.Scalar("SELECT 1 FROM consent WHERE person = $p0 AND client = $p1", person.Id, Options.ClientId)) is not null;

    public void Consent(Person person) => books.Write(session =>
        session.Execute("INSERT INTO consent VALUES ($p0, $p1, $p2) ON CONFLICT DO NOTHING", person.Id, Options.ClientId, clock.Stamp));

    public IReadOnlyList<ConnectedApp> ConnectedApps() => books.Read(session => session.Rows(
        "SELECT person, client, at FROM consent ORDER BY at", row => new ConnectedApp(Person.With(row.GetString(0))!, row.GetString(1), row.GetString(2))));

    public string NewCode(Person person, AuthorisationRequest request)
    {
        var code = SandboxToken.NewCode(request.Country!);
        books.Write(session => session.Execute("INSERT INTO code VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6)",
            SandboxToken.Hash(code), person.Id, request.RedirectUri, request.Scope, request.Challenge, request.ChallengeMethod, clock.StampAfter(Options.CodeLifetime)));
        return code;
    }

    /// <summary>Exchanges a code once; a null says invalid_grant. A code that was shown to us is used up, whatever came with it.</summary>
    public TokenPair? Exchange(string code, string redirectUri, string? verifier) => books.Write(session =>
    {
        var hash = SandboxToken.Hash(code);
        var found = session.Rows(
            "SELECT person, scope, challenge, method FROM code WHERE hash = $p0 AND redirect_uri = $p1 AND expires_at > $p2",
            row => (Person: Person.With(row.GetString(0))!, Scope: row.GetString(1), Challenge: Text(row, 2), Method: Text(row, 3)), hash, redirectUri, clock.Stamp);
        session.Execute("DELETE FROM code WHERE hash = $p0", hash);
        if (found is not [var grant] || !Pkce.Fits(grant.Challenge, grant.Method, verifier)) return null;

        if (Options.NewGrantEndsEarlierOnes)
            session.Execute("DELETE FROM refresh_token WHERE person = $p0 AND client = $p1", grant.Person.Id, Options.ClientId);
        return Issue(session, SeedId.New(), grant.Person, grant.Scope);
    });

    /// <summary>Rotates: the token shown must be the newest of its family and dies by this call; a null says invalid_grant.</summary>
    public TokenPair? Refresh(string refreshToken) => books.Write(session =>
        session.Rows("SELECT family, person, scope FROM refresh_token WHERE hash = $p0 AND expires_at > $p1",
            row => (Family: row.GetString(0), Person: Person.With(row.GetString(1))!, Scope: row.GetString(2)), SandboxToken.Hash(refreshToken), clock.Stamp)
            is [var grant] ? Issue(session, grant.Family, grant.Person, grant.Scope) : null);

    /// <summary>The application gives its grant back: access tokens live out their minutes (Sage API 2.3).</summary>
    public void Revoke(string refreshToken) => books.Write(session =>
        session.Execute("DELETE FROM refresh_token WHERE hash = $p0", SandboxToken.Hash(refreshToken)));

    /// <summary>The person removes the application. Invented: access tokens die at once too, so that it is seen without waiting.</summary>
    public void RemoveAccess(string person, string client) => books.Write(session =>
    {
        foreach (var table in (string[])["consent", "refresh_token", "access_token"])
            session.Execute($"DELETE FROM {table} WHERE person = $p0 AND client = $p1", person, client);
    });

    public int ExpireAccessTokens() => books.Write(session => session.Execute("DELETE FROM access_token"));

    private TokenPair Issue(BookSession session, string family, Person person, string scope)
    {
        var country = person.LeadBusiness.Country;
        var pair = new TokenPair(
            SandboxToken.New(clock.Now, Options.AccessTokenLifetime, country), SandboxToken.New(clock.Now, Options.RefreshTokenLifetime, country), scope, person);
        session.Execute("DELETE FROM access_token WHERE expires_at <= $p0", clock.Stamp);
        session.Execute("INSERT INTO access_token VALUES ($p0, $p1, $p2, $p3, $p4)",
            SandboxToken.Hash(pair.AccessToken), person.Id, Options.ClientId, scope, clock.StampAfter(Options.AccessTokenLifetime));
        session.Execute("""
            INSERT INTO refresh_token VALUES ($p0, $p1, $p2, $p3, $p4, $p5)
            ON CONFLICT (family) DO UPDATE SET hash = excluded.hash, expires_at = excluded.expires_at
            """, family, person.Id, Options.ClientId, scope, SandboxToken.Hash(pair.RefreshToken), clock.StampAfter(Options.RefreshTokenLifetime));
        return pair;
    }

    private static string? Text(Microsoft.Data.Sqlite.SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
