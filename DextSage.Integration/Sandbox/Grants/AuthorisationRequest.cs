using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace DextSage.Integration.Sandbox;

/// <summary>What the application asks for at /oauth2/auth/central (Sage API 2.1). Every page of the dance carries it and checks it again.</summary>
internal sealed record AuthorisationRequest(IQueryCollection Query)
{
    public string ClientId => One("client_id") ?? "";
    public string RedirectUri => One("redirect_uri") ?? "";
    public string Scope => One("scope") ?? "full_access";
    public string? State => One("state");
    public string? Challenge => One("code_challenge");
    public string? ChallengeMethod => One("code_challenge_method");

    /// <summary>GB, IE or CA, or null while the person has not chosen.</summary>
    public string? Country => One("country")?.ToUpperInvariant();

    /// <summary>A reason to show a page and never to redirect: we do not know whom we would be redirecting to.</summary>
    public string? Stranger(SageSandboxOptions options)
    {
        if (ClientId != options.ClientId) return "The application that sent you here is not registered with this sandbox: its client_id is unknown.";
        if (!options.RedirectUris.Contains(RedirectUri)) return "The redirect_uri of this request is not one of the callbacks registered for the application. Sage compares them character by character.";
        return null;
    }

    /// <summary>A reason to send the person back to the application with an error.</summary>
    public string? Error()
    {
        if (One("response_type") != "code") return "unsupported_response_type";
        if (Scope is not ("full_access" or "readonly")) return "invalid_scope";
        if (Country is not (null or "GB" or "IE" or "CA")) return "invalid_request";
        return Challenge is { } challenge && !Pkce.IsGoodChallenge(challenge, ChallengeMethod) ? "invalid_request" : null;
    }

    public string Back(params (string Name, string? Value)[] answer) =>
        QueryHelpers.AddQueryString(RedirectUri, answer.Append(("state", State)).Where(one => one.Item2 is not null)
            .Select(one => KeyValuePair.Create(one.Item1, one.Item2)));

    /// <summary>The same request as a query string for the next page, with a country when one was chosen.</summary>
    public string Carry(string? country = null)
    {
        var query = Query.Where(one => country is null || one.Key != "country").ToDictionary(one => one.Key, one => one.Value);
        if (country is not null) query["country"] = country;
        return QueryString.Create(query).ToString();
    }

    private string? One(string name) => Query.TryGetValue(name, out var value) && value.Count == 1 && value[0]!.Length > 0 ? value[0] : null;
}
