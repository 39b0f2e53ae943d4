using System.Collections.Concurrent;

namespace DextSage.App.Security;

/// <summary>
/// Who may open a circuit. Blazor takes a WebSocket from a page of any site and from one person as often as they like;
/// here only our own pages may (OWASP ASVS 5.0: 4.4.2), only for a signed-in person, and at most <see cref="PerPerson"/> at a time.
/// </summary>
internal sealed class CircuitDoor(RequestDelegate next)
{
    public const int PerPerson = 20;

    private readonly ConcurrentDictionary<Guid, int> open = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/_blazor", StringComparison.OrdinalIgnoreCase, out var below)) return next(context);
        if (!ComesFromUs(context)) return Refuse(context, StatusCodes.Status403Forbidden);
        if (context.User.PersonId() is not { } person) return Refuse(context, StatusCodes.Status401Unauthorized);
        if (below.HasValue && below != "/") return next(context);
        // One WebSocket is one circuit. The fallbacks, long polling and server-sent events, could not be counted like that.
        return context.WebSockets.IsWebSocketRequest ? CountedAsync(context, person) : Refuse(context, StatusCodes.Status400BadRequest);
    }

    // A browser names the origin of every WebSocket and every POST; no name, no entry. A plain GET of our own has none.
    private static bool ComesFromUs(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) && !context.WebSockets.IsWebSocketRequest
            ? !CrossSite.IsForeign(context)
            : CrossSite.IsOurs(context.Request.Headers.Origin.ToString(), context);

    private async Task CountedAsync(HttpContext context, Guid person)
    {
        try
        {
            if (open.AddOrUpdate(person, 1, (_, n) => n + 1) <= PerPerson) await next(context);
            else await Refuse(context, StatusCodes.Status429TooManyRequests);
        }
        finally
        {
            if (open.AddOrUpdate(person, 0, (_, n) => n - 1) <= 0) open.TryRemove(new(person, 0));
        }
    }

    private static Task Refuse(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return context.Response.CompleteAsync();
    }
}
