using DextSage.App.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

namespace DextSage.App.Security;

/// <summary>The outermost middleware: who is really asking, headers, and an answer when all else fails.</summary>
internal static class Edge
{
    // The pretend Sage, the API and the health checks answer machines in their own words.
    private static readonly string[] OwnWords = ["/sandbox", Urls.Api, Health.Path, "/_blazor", "/_framework"];

    public static void UseEdge(this WebApplication app)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        if (settings.KnownProxies.Count > 0) app.UseForwardedHeaders(Believing(settings));
        app.UseMiddleware<SecurityHeaders>();
        app.UseMishaps();
        if (settings.IsHttps) app.UseHsts();
        if (Listening.IsLoopbackHost(settings.Url.Host)) app.Use((context, next) => ToOneAddressAsync(context, next, settings));
        app.UseWhen(
            context => !OwnWords.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase)),
            pages => pages.UseStatusCodePages(status => PlainPage.WriteStatusAsync(status.HttpContext)));
        app.UseWebSockets();
    }

    private static ForwardedHeadersOptions Believing(HostSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownIPNetworks.Clear();
        options.KnownProxies.Clear();
        foreach (var proxy in settings.KnownProxies) options.KnownProxies.Add(proxy);
        return options;
    }

    // localhost and 127.0.0.1 keep separate cookies: whoever signs in at one would come back from Sage to the other as a stranger.
    private static Task ToOneAddressAsync(HttpContext context, RequestDelegate next, HostSettings settings)
    {
        if (context.Request.Host.Host == settings.Url.Host || !HttpMethods.IsGet(context.Request.Method)
            || context.Request.Headers["Sec-Fetch-Mode"] != "navigate")
            return next(context);
        context.Response.Redirect(settings.Origin + context.Request.Path + context.Request.QueryString);
        return Task.CompletedTask;
    }
}
