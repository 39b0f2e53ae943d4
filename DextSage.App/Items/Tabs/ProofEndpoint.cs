using System.Net.Mime;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Http.HttpResults;

namespace DextSage.App.Items;

/// <summary>The proof of an item's publications as a file, for those who may see the item.</summary>
internal static class ProofEndpoint
{
    public static void MapProof(this IEndpointRouteBuilder app) => app.MapGet("/b/{slug}/proof/{Code}", SendAsync).RequireAuthorization();

    private static async Task<Results<FileContentHttpResult, NotFound>> SendAsync(
        HttpContext context, string slug, string code, BusinessDirectory directory, PublicationProofs proofs, CancellationToken cancellationToken)
    {
        if (context.User.PersonId() is not { } person || await directory.FindAsync(person, slug, cancellationToken) is not { } business) return TypedResults.NotFound();
        if (await proofs.ExportAsync(business.Caller, code, cancellationToken) is not { } file) return TypedResults.NotFound();

        DocumentEndpoints.Guard(context.Response.Headers, file.FileName, inline: false);
        return TypedResults.Bytes(file.Content, MediaTypeNames.Application.Json);
    }
}
