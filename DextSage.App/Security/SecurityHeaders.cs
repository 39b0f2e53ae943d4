using DextSage.App.Hosting;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;

namespace DextSage.App.Security;

/// <summary>What the browser may do with our pages, for the parts of the host that know more than this one.</summary>
public sealed class BrowserPolicy
{
    /// <summary>Origins that a form of ours may end up at, after redirects. Sage's login, unless the sandbox plays it.</summary>
    public IList<string> FormTargets { get; } = [];
}

/// <summary>
/// Headers on every response (OWASP ASVS 5.0: 3.4.1–3.4.8, 14.3.2). An endpoint that sets one of them itself keeps its own,
/// so that a file can be stricter than a page.
/// </summary>
internal sealed class SecurityHeaders(RequestDelegate next, HostSettings settings, IOptions<BrowserPolicy> policy)
{
    private readonly string contentSecurityPolicy = string.Join("; ",
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'", // MudBlazor writes style attributes and elements.
        "img-src 'self' data: blob:",
        "worker-src 'self' blob:",
        $"connect-src 'self' {(settings.IsHttps ? "wss" : "ws")}://{settings.Url.Authority}",
        "object-src 'none'",
        "base-uri 'self'",
        string.Join(' ', ["form-action 'self'", .. policy.Value.FormTargets]),
        "frame-ancestors 'none'");

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(() =>
        {
            Complete(context);
            return Task.CompletedTask;
        });
        return next(context);
    }

    private void Complete(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.TryAdd("Content-Security-Policy", contentSecurityPolicy);
        headers.TryAdd("X-Content-Type-Options", "nosniff");
        headers.TryAdd("X-Frame-Options", "DENY");
        headers.TryAdd("Referrer-Policy", IsSageCallback(context) ? "no-referrer" : "same-origin");
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=(), usb=(), publickey-credentials-get=(self), publickey-credentials-create=(self)");
        if (!IsStaticAsset(context)) headers.CacheControl = "no-store";
    }

    // The authorisation code is in its address (RFC 9700, 4.2.4).
    private static bool IsSageCallback(HttpContext context) => context.Request.Path.StartsWithSegments(Urls.SageCallback, StringComparison.OrdinalIgnoreCase);

    private static bool IsStaticAsset(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null && context.Response.StatusCode is 200 or 206 or 304;
}
