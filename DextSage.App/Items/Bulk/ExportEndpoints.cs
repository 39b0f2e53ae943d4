using DextSage.Integration.Items.Exports;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DextSage.App.Items.Bulk;

/// <summary>Exports going out, made as they go: for whoever asked for them, and nobody else.</summary>
internal static class ExportEndpoints
{
    public static void MapExports(this IEndpointRouteBuilder app) => app.MapGet("/b/{slug}/exports/{id:guid}", SendAsync).RequireAuthorization();

    private static async Task<Results<PushStreamHttpResult, NotFound>> SendAsync(
        HttpContext context, string slug, Guid id, BusinessDirectory directory, ItemExports exports, CancellationToken cancellationToken)
    {
        if (context.User.PersonId() is not { } person || await directory.FindAsync(person, slug, cancellationToken) is not { } business) return TypedResults.NotFound();
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        if (await exports.OpenAsync(business.Caller, id, document => address + Urls.Document(slug, document), cancellationToken) is not { } file) return TypedResults.NotFound();

        DocumentEndpoints.Guard(context.Response.Headers, file.FileName, inline: false);
        return TypedResults.Stream(to => file.WriteAsync(to, cancellationToken), file.ContentType);
    }
}
