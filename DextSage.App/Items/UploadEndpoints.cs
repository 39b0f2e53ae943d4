using DextSage.App.Shared;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DextSage.App.Items;

/// <summary>Files coming in: one request per drop, so that a Dext export meets the files that belong to it.</summary>
internal static class UploadEndpoints
{
    public static void MapUploads(this IEndpointRouteBuilder app)
    {
        app.MapGet("/b/{slug}/uploads", TokenAsync).RequireAuthorization();
        app.MapPost("/b/{slug}/uploads", TakeAsync).RequireAuthorization();
    }

    /// <summary>The header and value that prove a drop to come from our own page: another site can neither read this nor set that.</summary>
    private static async Task<Results<Ok<UploadToken>, NotFound>> TokenAsync(
        HttpContext context, string slug, IAntiforgery antiforgery, BusinessDirectory directory, CancellationToken cancellationToken)
    {
        if (await MemberAsync(context, slug, directory, cancellationToken) is null) return TypedResults.NotFound();
        var tokens = antiforgery.GetAndStoreTokens(context);
        return TypedResults.Ok(new UploadToken(tokens.HeaderName!, tokens.RequestToken!));
    }

    private static async Task<Results<EmptyHttpResult, NotFound, BadRequest, StatusCodeHttpResult>> TakeAsync(
        HttpContext context, string slug, string? to, IAntiforgery antiforgery, BusinessDirectory directory, Arrivals arrivals, CancellationToken cancellationToken)
    {
        if (!IsFromOurPage(context.Request)) return TypedResults.BadRequest();
        if (!await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        if (await MemberAsync(context, slug, directory, cancellationToken) is not { } business) return TypedResults.NotFound();
        if (Boundary(context.Request) is not { } boundary) return TypedResults.BadRequest();
        if (context.Request.ContentLength > LargestBody) return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;

        context.Response.Headers.CacheControl = "no-store";
        using var folder = new UploadFolder();
        IReadOnlyList<DroppedFile>? files;
        try
        {
            files = await folder.TakeAsync(new MultipartReader(boundary, context.Request.Body), cancellationToken);
        }
        catch (InvalidDataException)
        {
            return TypedResults.BadRequest();
        }
        if (files is null) return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (files.Count == 0) return TypedResults.BadRequest();
        await UploadAnswer.WriteAsync(context.Response, arrived => arrivals.AddAsync(business.Caller, files, WorkspaceOf(to), arrived, cancellationToken: cancellationToken), cancellationToken);
        return TypedResults.Empty;
    }

    private static Workspace WorkspaceOf(string? to) => UrlWords.Known<Workspace>(to) ?? Workspace.Costs;

    // The files, and a little for each part's heading.
    private const long LargestBody = UploadBatch.LargestDrop + UploadBatch.MostFiles * 4096;

    internal static async Task<BusinessMembership?> MemberAsync(HttpContext context, string slug, BusinessDirectory directory, CancellationToken cancellationToken) =>
        context.User.PersonId() is { } person ? await directory.FindAsync(person, slug, cancellationToken) : null;

    // Browsers say where a POST comes from. The token is asked for in its header alone: looked for in the form, it would be read whole first.
    internal static bool IsFromOurPage(HttpRequest request) =>
        request.Headers.Origin.ToString() == $"{request.Scheme}://{request.Host}" && request.Headers.ContainsKey(AntiforgeryHeader);

    private const string AntiforgeryHeader = "RequestVerificationToken";

    /// <summary>Null for what is no form with files.</summary>
    internal static string? Boundary(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary).Value is { Length: > 0 and <= 100 } boundary
            ? boundary
            : null;
}

internal sealed record UploadToken(string Header, string Token);
