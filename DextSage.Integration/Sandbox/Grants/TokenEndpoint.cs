using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>POST /token and POST /revoke (Sage API 2.2, 2.3). Every refusal is a 400 with an object.</summary>
internal static class TokenEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost("/token", (HttpContext http, Gate gate, Grants grants, IOptions<SageSandboxOptions> options) =>
            gate.PassAsync(http, "/token", async _ => await FormAsync(http.Request) is { } form ? Tokens(http.Request, form, grants, options.Value) : Problem("invalid_request")));
        endpoints.MapPost("/revoke", (HttpContext http, Gate gate, Grants grants, IOptions<SageSandboxOptions> options) =>
            gate.PassAsync(http, "/revoke", async _ => await FormAsync(http.Request) is { } form ? Revoke(http.Request, form, grants, options.Value) : Problem("invalid_request")));
    }

    private static Answer Tokens(HttpRequest request, IFormCollection form, Grants grants, SageSandboxOptions options)
    {
        if (!IsTheApplication(request, form, options)) return Problem("invalid_client");
        switch (One(form, "grant_type"))
        {
            case "authorization_code":
                if (One(form, "code") is not { } code || One(form, "redirect_uri") is not { } redirect) return Problem("invalid_request");
                return Pair(grants.Exchange(code, redirect, One(form, "code_verifier")), options);
            case "refresh_token":
                return One(form, "refresh_token") is { } token ? Pair(grants.Refresh(token), options) : Problem("invalid_request");
            case null:
                return Problem("invalid_request");
            default:
                return Problem("unsupported_grant_type");
        }
    }

    // Invented: revoking an unknown token succeeds, as RFC 7009 asks (Sage API 2.3, unknown).
    private static Answer Revoke(HttpRequest request, IFormCollection form, Grants grants, SageSandboxOptions options)
    {
        if (!IsTheApplication(request, form, options)) return Problem("invalid_client");
        if (One(form, "token") is not { } token) return Problem("invalid_request");
        grants.Revoke(token);
        return Answer.Ok(new JsonObject { ["success"] = "ok" });
    }

    private static Answer Pair(TokenPair? pair, SageSandboxOptions options) => pair is null ? Problem("invalid_grant") : Answer.Ok(new JsonObject
    {
        ["access_token"] = pair.AccessToken,
        ["scope"] = pair.Scope,
        ["token_type"] = "bearer",
        ["expires_in"] = (int)options.AccessTokenLifetime.TotalSeconds,
        ["refresh_token"] = pair.RefreshToken,
        ["refresh_token_expires_in"] = (int)options.RefreshTokenLifetime.TotalSeconds,
        ["requested_by_id"] = pair.Person.Id,
    });

    private static Answer Problem(string error) => Answer.Json(StatusCodes.Status400BadRequest, new JsonObject { ["error"] = error });

    /// <summary>The secret in the body, or by HTTP Basic (Sage API 2.2).</summary>
    private static bool IsTheApplication(HttpRequest request, IFormCollection form, SageSandboxOptions options)
    {
        var (id, secret) = Basic(request) ?? (One(form, "client_id") ?? "", One(form, "client_secret") ?? "");
        return id == options.ClientId && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(options.ClientSecret));
    }

    private static (string Id, string Secret)? Basic(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) return null;
        var bytes = new byte[header.Length];
        if (!Convert.TryFromBase64String(header["Basic ".Length..].Trim(), bytes, out var length)) return null;
        return Encoding.UTF8.GetString(bytes, 0, length).Split(':', 2) is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : null;
    }

    private static async Task<IFormCollection?> FormAsync(HttpRequest request)
    {
        if (!request.HasFormContentType) return null;
        try
        {
            return await request.ReadFormAsync(request.HttpContext.RequestAborted);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? One(IFormCollection form, string name) => form.TryGetValue(name, out var value) && value.Count == 1 && value[0]!.Length > 0 ? value[0] : null;
}
