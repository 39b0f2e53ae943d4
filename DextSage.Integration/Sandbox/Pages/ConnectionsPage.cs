using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>Manage Apps and Connections: where a person takes the application's access away.</summary>
internal static class ConnectionsPage
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/connections", (HttpContext http, Grants grants, IOptions<SageSandboxOptions> options) =>
            Page.Show(http, options.Value, "Manage Apps and Connections", Of(Page.Home(http, options.Value), grants.ConnectedApps())));
        endpoints.MapPost("/connections/remove", RemoveAsync);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, Grants grants, IOptions<SageSandboxOptions> options)
    {
        // The page has no sign-in of its own, so a form on a stranger's page is told by where it was posted from.
        if (Page.IsAskedFromElsewhere(http)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        grants.RemoveAccess(form["person"].ToString(), form["client"].ToString());
        return Results.Redirect(Page.Home(http, options.Value) + "/connections");
    }

    private static Html Of(string home, IReadOnlyList<ConnectedApp> apps) => Html.Of($"""
        <p>Applications that people have allowed to use their accounting data. Removing access takes effect at once.</p>
        {Table.Of("Connected applications", ["Person", "Application", "Since", "Action"], [.. apps.Select(app => Table.Row(
            Table.Text(app.Person.Name), Table.Text("DextSage"), Table.Text(app.Since), Html.Of($"""
                <form method="post" action="{home}/connections/remove">
                <input type="hidden" name="person" value="{app.Person.Id}"><input type="hidden" name="client" value="{app.Client}">
                <button class="danger" aria-label="Remove access of DextSage for {app.Person.Name}">Remove access</button>
                </form>
                """)))], "Nobody has connected an application.")}
        """);
}
