using System.Text;
using DextSage.App.Items;
using DextSage.App.Shared;
using DextSage.Integration.Intake.Importing;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;

namespace DextSage.App.Imports;

/// <summary>The files of a Dext export coming in, and what is told of it going out as files.</summary>
internal static class ImportEndpoints
{
    // The files, and a little for each part's heading.
    private const long LargestBody = ImportDesk.LargestImport + ImportDesk.MostFiles * 4096L;

    public static void MapImports(this IEndpointRouteBuilder app)
    {
        app.MapPost("/b/{slug}/import/files", TakeAsync).RequireAuthorization();
        app.MapGet("/b/{slug}/import/{id:guid}/report.csv", ReportAsync).RequireAuthorization();
        app.MapGet("/b/{slug}/import/{id:guid}/missing.csv", MissingAsync).RequireAuthorization();
    }

    private static async Task<Results<Ok<ImportAnswer>, NotFound, BadRequest, StatusCodeHttpResult>> TakeAsync(
        HttpContext context, string slug, string? to, IAntiforgery antiforgery, BusinessDirectory directory, ImportDesk desk, CancellationToken cancellationToken)
    {
        if (!UploadEndpoints.IsFromOurPage(context.Request) || !await antiforgery.IsRequestValidAsync(context)) return TypedResults.BadRequest();
        if (await UploadEndpoints.MemberAsync(context, slug, directory, cancellationToken) is not { } business) return TypedResults.NotFound();
        if (UploadEndpoints.Boundary(context.Request) is not { } boundary) return TypedResults.BadRequest();
        if (context.Request.ContentLength > LargestBody) return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestBody;

        var (id, refusal) = await desk.BeginAsync(business.Caller, UrlWords.Known<Workspace>(to) ?? Workspace.Costs, cancellationToken);
        if (id is not { } import) return TypedResults.Ok(new ImportAnswer(null, refusal));
        try
        {
            if (!await KeepAsync(desk, business.Caller, import, new MultipartReader(boundary, context.Request.Body), cancellationToken))
            {
                await desk.CancelAsync(business.Caller, import, CancellationToken.None);
                return TypedResults.Ok(new ImportAnswer(null, $"These are more than {ImportDesk.MostFiles} files. Put them into a ZIP, and choose that."));
            }
            refusal = await desk.ArrivedAsync(business.Caller, import, cancellationToken);
        }
        catch
        {
            // What did not arrive whole is of no use to anybody.
            await desk.CancelAsync(business.Caller, import, CancellationToken.None);
            throw;
        }
        return TypedResults.Ok(new ImportAnswer(refusal is null ? import.ToString("N") : null, refusal));
    }

    private static async Task<bool> KeepAsync(ImportDesk desk, Caller caller, Guid import, MultipartReader reader, CancellationToken cancellationToken)
    {
        var files = 0;
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (UploadFolder.NameOf(section) is not { } name) continue;
            if (++files > ImportDesk.MostFiles) return false;
            // Whoever discarded it meanwhile is told so when all is there.
            if (!await desk.KeepAsync(caller, import, name, section.Body, cancellationToken)) break;
        }
        return true;
    }

    private static async Task<Results<FileContentHttpResult, NotFound>> ReportAsync(HttpContext context, string slug, Guid id, BusinessDirectory directory, ImportPages pages, CancellationToken cancellationToken) =>
        await UploadEndpoints.MemberAsync(context, slug, directory, cancellationToken) is { } business && await pages.ReportAsync(business.Caller, id, cancellationToken) is { } csv
            ? Csv(context, csv, $"{slug} import report.csv") : TypedResults.NotFound();

    private static async Task<Results<FileContentHttpResult, NotFound>> MissingAsync(HttpContext context, string slug, Guid id, BusinessDirectory directory, ImportPages pages, CancellationToken cancellationToken) =>
        await UploadEndpoints.MemberAsync(context, slug, directory, cancellationToken) is { } business && await pages.MissingAsync(business.Caller, id, cancellationToken) is { } csv
            ? Csv(context, csv, $"{slug} missing documents.csv") : TypedResults.NotFound();

    // With its mark, without which spreadsheets take £ and é for other letters.
    private static FileContentHttpResult Csv(HttpContext context, string csv, string fileName)
    {
        DocumentEndpoints.Guard(context.Response.Headers, fileName, inline: false);
        return TypedResults.Bytes(Encoding.UTF8.GetPreamble().Concat(Encoding.UTF8.GetBytes(csv)).ToArray(), "text/csv; charset=utf-8");
    }
}

/// <param name="Id">Of the import, for its address; null where there is nothing to import.</param>
/// <param name="Refusal">Why, as a sentence.</param>
internal sealed record ImportAnswer(string? Id, string? Refusal);
