using DextSage.App.Hosting;

namespace DextSage.App.Security;

/// <summary>Requests that another site made a browser send. "Same site" is not enough: on localhost every port is the same site.</summary>
public static class CrossSite
{
    /// <summary>For an endpoint that does something on GET, or has no antiforgery token: other sites' requests end with 403.</summary>
    public static TBuilder RefuseCrossSite<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.AddEndpointFilter(async (invocation, next) =>
        {
            if (!IsForeign(invocation.HttpContext)) return await next(invocation);
            await PlainPage.WriteAsync(invocation.HttpContext, StatusCodes.Status403Forbidden, "That didn't come from DextSage",
                "Another site sent you here to do something in DextSage, so nothing was done. If you meant to, start it from its page in DextSage.");
            return Results.Empty;
        });

    /// <summary>True when the browser says that another origin is behind this request.</summary>
    public static bool IsForeign(HttpContext context)
    {
        var request = context.Request;
        // Every current browser says it in Sec-Fetch-Site: "none" is an address typed or a bookmark.
        if (request.Headers["Sec-Fetch-Site"].ToString() is { Length: > 0 } site)
            return site is not ("same-origin" or "none");
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOurs(origin, context);
    }

    /// <summary>The public address, or the address at hand: its host name has passed the host filter.</summary>
    public static bool IsOurs(string origin, HttpContext context) =>
        string.Equals(origin, context.RequestServices.GetRequiredService<HostSettings>().Origin, StringComparison.OrdinalIgnoreCase)
        || string.Equals(origin, $"{context.Request.Scheme}://{context.Request.Host}", StringComparison.OrdinalIgnoreCase);
}
