using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DextSage.Integration.Sandbox;

/// <summary>One purchase invoice as a person reads it.</summary>
internal static class DocumentPage
{
    public static Html Of(string home, Books books, Organisation business, Record document)
    {
        var body = document.Body;
        var sign = LedgerPages.CurrencySign(body);
        var attachments = books.Read(session => session.Page(Attachments.Of(business.Id, document.Id), 0, int.MaxValue));
        return Html.Of($"""
            <p><a href="{home}/ledger/{business.Id}">{business.Name}</a></p>
            <dl>
            {Fact("Supplier", body.Text("contact_name"))}
            {Fact("Status", body.Object("status")?.Text("displayed_as"))}
            {Fact("Date", body.Text("date"))}
            {Fact("Due date", body.Text("due_date"))}
            {Fact("Reference", body.Text("reference"))}
            {Fact("Supplier reference", body.Text("vendor_reference"))}
            {Fact("Currency", body.Object("currency")?.Text("displayed_as"))}
            <dt>Net</dt><dd>{Table.Amount(body.Text("net_amount"), sign)}</dd>
            <dt>Tax</dt><dd>{Table.Amount(body.Text("tax_amount"), sign)}</dd>
            <dt>Total</dt><dd>{Table.Amount(body.Text("total_amount"), sign)}</dd>
            <dt>Outstanding</dt><dd>{Table.Amount(body.Text("outstanding_amount"), sign)}</dd>
            {Fact("Notes", body.Text("notes"))}
            </dl>
            <h2>Lines</h2>
            {Table.Of("Lines", ["Description", "Ledger account", "Quantity", "Price", "Net", "Tax rate", "Tax", "Total"], [.. body.Objects("invoice_lines").Select(line => Table.Row(
                Table.Text(line.Text("description")), Table.Text(line.Object("ledger_account")?.Text("displayed_as")), Table.Text(line.Text("quantity")),
                Table.Amount(line.Text("unit_price"), sign), Table.Amount(line.Text("net_amount"), sign),
                Table.Text(line.Object("tax_rate")?.Text("displayed_as") ?? "–"), Table.Amount(line.Text("tax_amount"), sign), Table.Amount(line.Text("total_amount"), sign)))], "No lines.")}
            <h2>Attachments</h2>
            {Table.Of("Attachments", ["File", "Type", "Size"], [.. attachments.Select(one => Table.Row(
                Html.Of($"""<a href="{home}/ledger/{business.Id}/attachments/{one.Id}">{one.Body.Text("file_name")}</a>"""),
                Table.Text(one.Body.Text("mime_type")), Table.Text(Size(one))))], "Nothing is attached.")}
            """);
    }

    private static Html Fact(string name, string? value) => Html.Of($"<dt>{name}</dt><dd>{(string.IsNullOrEmpty(value) ? "–" : value)}</dd>");

    private static string Size(Record attachment) =>
        string.Create(CultureInfo.InvariantCulture, $"{attachment.Body["file_size"]!.GetValue<int>():#,##0} bytes");
}

/// <summary>An attachment for a person's eyes: never sniffed, never run.</summary>
internal static class AttachedFile
{
    public static IResult? Serve(HttpContext http, Books books, Organisation business, string id)
    {
        if (books.Read(session => session.Find(business.Id, "attachments", id)) is not { Deleted: false } record) return null;
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers.CacheControl = "no-store";
        var disposition = new ContentDispositionHeaderValue("inline");
        disposition.SetHttpFileName(record.Body.Text("file_name"));
        headers.ContentDisposition = disposition.ToString();
        return Results.Bytes(books.Read(session => Attachments.Content(session, id)), record.Body.Text("mime_type"));
    }
}
