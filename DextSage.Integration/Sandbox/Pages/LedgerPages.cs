using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>The read-only ledger: organisations, their documents, one document with its lines and attachments.</summary>
internal static class LedgerPages
{
    private static readonly byte[] Css = ReadCss();

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/sandbox.css", (HttpContext http) =>
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            return Results.Bytes(Css, "text/css; charset=utf-8");
        });
        endpoints.MapGet("", (HttpContext http, Books books, IOptions<SageSandboxOptions> options) =>
            Page.Show(http, options.Value, "Ledger", Organisations(Page.Home(http, options.Value), books)));
        endpoints.MapGet("/ledger/{business}", (HttpContext http, string business, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => Page.Show(http, options.Value, found.Name, Documents(Page.Home(http, options.Value), books, found))));
        endpoints.MapGet("/ledger/{business}/purchase_invoices/{id}", (HttpContext http, string business, string id, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => books.Read(session => session.Find(found.Id, PurchaseInvoices.Kind, id)) is { } document
                ? Page.Show(http, options.Value, "Purchase invoice " + document.DisplayedAs, DocumentPage.Of(Page.Home(http, options.Value), books, found, document))
                : Missing(http, options.Value)));
        endpoints.MapGet("/ledger/{business}/attachments/{id}", (HttpContext http, string business, string id, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => AttachedFile.Serve(http, books, found, id) ?? Missing(http, options.Value)));
    }

    private static IResult With(HttpContext http, SageSandboxOptions options, string id, Func<Organisation, IResult> show) =>
        Organisation.All.FirstOrDefault(one => one.Id == id) is { } found ? show(found) : Missing(http, options);

    private static IResult Missing(HttpContext http, SageSandboxOptions options) =>
        Page.Show(http, options, "Not in this ledger", Html.Of($"<p>The sandbox keeps nothing at this address.</p>"), StatusCodes.Status404NotFound);

    private static Html Organisations(string home, Books books)
    {
        var counts = Organisation.All.ToDictionary(one => one.Id, one => books.Read(session => session.Count(new RecordQuery(one.Id, PurchaseInvoices.Kind))));
        return Html.Of($"""
            <p>What the pretend Sage has taken in, organisation by organisation.</p>
            {Table.Of("Organisations", ["Organisation", "Country", "Edition", "VAT", "Purchase invoices"], [.. Organisation.All.Select(one => Table.Row(
                Html.Of($"""<a href="{home}/ledger/{one.Id}">{one.Name}</a>"""), Table.Text(one.Country), Table.Text(one.Edition.ToString()),
                Table.Text(one.VatRegistered ? "Registered" : "Not registered"), Html.Of($"{counts[one.Id]}")))], "")}
            """);
    }

    private static Html Documents(string home, Books books, Organisation business)
    {
        var (documents, contacts, attached) = books.Read(session => (
            session.All(business.Id, PurchaseInvoices.Kind),
            // Contacts made here were born later than the seed.
            session.Page(new RecordQuery(business.Id, "contacts").Where("created_at > ?", BusinessSeed.Opened), 0, 500),
            session.Page(new RecordQuery(business.Id, "attachments").Where("deleted_at IS NULL"), 0, int.MaxValue)));
        var counts = attached.CountBy(one => one.Body.Object("attachment_context")?.Text("id") ?? "").ToDictionary();
        return Html.Of($"""
            <p><a href="{home}">All organisations</a></p>
            <h2>Purchase invoices</h2>
            {Table.Of("Purchase invoices, newest first", ["Date", "Supplier", "Reference", "Net", "Tax", "Total", "Status", "Attachments"],
                [.. documents.Reverse().Select(one => Row(home, business, one, counts.GetValueOrDefault(one.Id)))], "No purchase invoice has been published here yet.")}
            <h2 id="contacts">Contacts created through the API</h2>
            {Table.Of("Contacts", ["Name", "Type", "Reference", "Created"], [.. contacts.Select(one => Table.Row(
                Table.Text(one.Body.Text("name")), Table.Text(one.Body.Objects("contact_types").First().Text("displayed_as")),
                Table.Text(one.Body.Text("reference") ?? "–"), Table.Text(one.Body.Text("created_at"))))], "No contact has been created through the API yet.")}
            """);
    }

    private static Html Row(string home, Organisation business, Record record, int attachments)
    {
        var body = record.Body;
        var sign = CurrencySign(body);
        return Table.Row(
            Table.Text(body.Text("date")), Table.Text(body.Text("contact_name")),
            Html.Of($"""<a href="{home}/ledger/{business.Id}/purchase_invoices/{record.Id}">{(record.DisplayedAs.Length > 0 ? record.DisplayedAs : "(no reference)")}</a>"""),
            Table.Amount(body.Text("net_amount"), sign), Table.Amount(body.Text("tax_amount"), sign), Table.Amount(body.Text("total_amount"), sign),
            Table.Text(body.Object("status")?.Text("displayed_as")), Html.Of($"{attachments}"));
    }

    public static string CurrencySign(JsonObject document) => document.Object("currency")?.Text("id") switch { "GBP" => "£", "EUR" => "€", "USD" => "$", var other => other + " " };

    private static byte[] ReadCss()
    {
        using var stream = typeof(LedgerPages).Assembly.GetManifestResourceStream("DextSage.Sandbox.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
