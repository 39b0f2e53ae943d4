using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sage;

/// <summary>Sage's sign-in: where to send a person, and what to do with the code that comes back (Sage API 2). Keeps nothing.</summary>
/// <remarks>Every request is sent once: a code and a refresh token work once, and only the caller knows what it has saved.</remarks>
public sealed class SageOAuth
{
    internal const string HttpClientName = "sage-oauth";

    private static readonly TimeSpan AccessTokenLife = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan RefreshTokenLife = TimeSpan.FromDays(31);

    private readonly IHttpClientFactory _http;
    private readonly SageAnswerReader _reader;
    private readonly SageOptions _options;
    private readonly TimeProvider _clock;

    internal SageOAuth(IHttpClientFactory http, SageAnswerReader reader, IOptions<SageOptions> options, TimeProvider clock) =>
        (_http, _reader, _options, _clock) = (http, reader, options.Value, clock);

    /// <summary>The challenge for a code verifier: base64url of its SHA-256 (RFC 7636, S256).</summary>
    public static string Challenge(string codeVerifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(codeVerifier)));

    /// <summary>Whether this installation is registered with Sage at all.</summary>
    public bool IsRegistered => _options.HasApp;

    /// <summary>Where to send the person's browser.</summary>
    /// <param name="state">Unguessable, used once, bound to the session.</param>
    /// <param name="redirect">Equal, character for character, to an address registered with Sage.</param>
    /// <param name="country"><c>ca</c>, <c>gb</c> or <c>ie</c> to skip Sage's region picker; null to show it.</param>
    public Uri AuthoriseUrl(string state, string codeChallenge, Uri redirect, string? country = null)
    {
        (string Name, string? Value)[] query =
        [
            ("filter", "apiv3.1"),
            ("response_type", "code"),
            ("client_id", _options.ClientId),
            ("redirect_uri", redirect.OriginalString),
            ("scope", "full_access"),
            ("state", state),
            ("code_challenge", codeChallenge),
            ("code_challenge_method", "S256"),
            ("country", country),
        ];
        return new UriBuilder(_options.AuthoriseUrl)
        {
            Query = string.Join('&', query.Where(q => q.Value is not null).Select(q => $"{q.Name}={Uri.EscapeDataString(q.Value!)}")),
        }.Uri;
    }

    /// <summary>Trades the code of a callback for tokens. The code lives 60 seconds and works once.</summary>
    /// <param name="code">As the callback's query holds it, decoded once.</param>
    public Task<SageAnswer<SageGrant>> ExchangeAsync(string code, string codeVerifier, Uri redirect, CancellationToken cancellationToken = default) =>
        GrantAsync(cancellationToken, ("grant_type", "authorization_code"), ("code", code), ("code_verifier", codeVerifier), ("redirect_uri", redirect.OriginalString));

    /// <summary>
    /// Trades the refresh token for a new pair; the old one is dead from then on. When the outcome is unknown
    /// (<see cref="SageFailure.IsOutcomeUnknown"/>), it may be dead already.
    /// </summary>
    public Task<SageAnswer<SageGrant>> RefreshAsync(string refreshToken, CancellationToken cancellationToken = default) =>
        GrantAsync(cancellationToken, ("grant_type", "refresh_token"), ("refresh_token", refreshToken));

    /// <summary>Tells Sage to forget the grant. An access token given out before lives on for its five minutes.</summary>
    public async Task<SageAnswer<SageDone>> RevokeAsync(string refreshToken, CancellationToken cancellationToken = default)
    {
        var answer = await PostAsync<SageRevokeAnswer>(_options.RevokeUrl, cancellationToken, ("token", refreshToken));
        return answer.Select(_ => SageDone.Instance);
    }

    private async Task<SageAnswer<SageGrant>> GrantAsync(CancellationToken cancellationToken, params (string Name, string Value)[] fields)
    {
        var asked = _clock.GetUtcNow();
        var answer = await PostAsync<SageTokenAnswer>(_options.TokenUrl, cancellationToken, fields);
        if (answer.Failure is { } failure) return SageAnswer<SageGrant>.Failed(failure);
        if (answer.Value is not { AccessToken: { Length: > 0 } access, RefreshToken: { Length: > 0 } refresh } tokens)
            return SageAnswer<SageGrant>.Failed(new() { Kind = SageFailureKind.Garbled, RequestId = answer.RequestId, IsOutcomeUnknown = true });

        return SageAnswer<SageGrant>.Success(new()
        {
            AccessToken = access,
            RefreshToken = refresh,
            AccessTokenExpires = asked + Life(tokens.ExpiresIn, AccessTokenLife),
            RefreshTokenExpires = asked + Life(tokens.RefreshTokenExpiresIn, RefreshTokenLife),
            Scope = tokens.Scope,
            RequestedById = tokens.RequestedById,
        }, answer.RequestId);
    }

    private static TimeSpan Life(int? seconds, TimeSpan unsaid) => seconds is > 0 and var s ? TimeSpan.FromSeconds(s) : unsaid;

    private async Task<SageAnswer<T>> PostAsync<T>(Uri address, CancellationToken cancellationToken, params (string Name, string Value)[] fields) where T : class
    {
        var call = new SageCall(null);
        return await _reader.ReadAsync<T>(call, async () =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address);
            request.Headers.Accept.Add(new("application/json"));
            // The secret goes into the body: Sage's documented form (Sage API 2.2).
            request.Content = new FormUrlEncodedContent(
                [new("client_id", _options.ClientId), new("client_secret", _options.ClientSecret), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
            call.AttachTo(request);
            using var client = _http.CreateClient(HttpClientName);
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }, cancellationToken);
    }

    internal sealed class SageRevokeAnswer
    {
        public string? Success { get; init; }
    }
}
