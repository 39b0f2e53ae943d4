using System.Globalization;
using System.Net.Mime;
using System.Text;
using DextSage.App.Items.Bulk;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace DextSage.App.Items;

/// <summary>Files going out: a document at its own address, for those who may see its item.</summary>
internal static class DocumentEndpoints
{
    // What a document may be shown as. Anything else, should it ever be in the store, is only ever handed over as a download.
    private static readonly string[] Shown = [MediaTypeNames.Application.Pdf, MediaTypeNames.Image.Jpeg, MediaTypeNames.Image.Png];

    public static void MapItemFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/b/{slug}/documents/{id:guid}", SendAsync).RequireAuthorization();
        app.MapGet("/b/{slug}/documents/{id:guid}/invoice.xml", SendInvoiceAsync).RequireAuthorization();
        app.MapUploads();
        app.MapExports();
        app.MapProof();
    }

    private static async Task<Results<FileStreamHttpResult, NotFound>> SendAsync(
        HttpContext context, string slug, Guid id, bool? download, bool? sent, bool? original, BusinessDirectory directory, ItemDocuments documents, CancellationToken cancellationToken)
    {
        if (context.User.PersonId() is not { } person || await directory.FindAsync(person, slug, cancellationToken) is not { } business)
            return TypedResults.NotFound();
        if (await documents.OpenAsync(business.Caller, id, original is true ? DocumentForm.Original : sent is true ? DocumentForm.Sent : DocumentForm.Shown, cancellationToken) is not { } file)
            return TypedResults.NotFound();

        var isShown = Shown.Contains(file.ContentType, StringComparer.Ordinal);
        Guard(context.Response.Headers, file.FileName, inline: isShown && download is not true);
        return TypedResults.Stream(file.Content, isShown ? file.ContentType : MediaTypeNames.Application.Octet, enableRangeProcessing: true);
    }

    // Only ever a download: XML can be a page of its own.
    private static async Task<Results<FileContentHttpResult, NotFound>> SendInvoiceAsync(
        HttpContext context, string slug, Guid id, BusinessDirectory directory, StructuredInvoices invoices, CancellationToken cancellationToken)
    {
        if (context.User.PersonId() is not { } person || await directory.FindAsync(person, slug, cancellationToken) is not { } business) return TypedResults.NotFound();
        if (await invoices.XmlAsync(business.Caller, id, cancellationToken) is not { } xml) return TypedResults.NotFound();

        Guard(context.Response.Headers, "invoice.xml", inline: false);
        return TypedResults.Bytes(xml, MediaTypeNames.Application.Octet);
    }

    // The bytes are a stranger's: whatever they claim to be, they run nothing and reach nothing here.
    internal static void Guard(IHeaderDictionary headers, string fileName, bool inline)
    {
        var disposition = new ContentDispositionHeaderValue(inline ? "inline" : "attachment");
        disposition.SetHttpFileName(SafeName(fileName));
        headers.ContentDisposition = disposition.ToString();
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "no-store, private";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }

    internal static string SafeName(string fileName)
    {
        var last = fileName[(fileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var bare = string.Concat(last.EnumerateRunes().Where(IsHarmless).TakeLast(LongestName)).Trim(' ', '.');
        return bare.Length == 0 ? "document" : bare;
    }

    private const int LongestName = 150;

    // Format characters too: among them is the one that turns "exe.fdp" around.
    private static bool IsHarmless(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        && !"\"<>:|?*".Contains(rune.ToString(), StringComparison.Ordinal) && rune != Rune.ReplacementChar;
}
