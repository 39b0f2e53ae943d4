using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DextSage.Integration.Sandbox;

/// <summary>One document as a person reads it.</summary>
internal static class DocumentPage
{
    public static Html Of(LedgerView view, DocumentKind kind, Record document)
    {
        var body = document.Body;
        var sign = view.Sign(body);
        return Html.Of($"""
            <p>{view.Back}</p>
            <dl>
            {Facts.Of(kind.Side == Side.Sales ? "Customer" : "Supplier", body.Text("contact_name"))}
            {Facts.Of("Status", body.Object("status")?.Text("displayed_as"))}
            {Facts.Of("Date", body.Text("date"))}
            {Facts.Where(body, "due_date", "Due date")}
            {Facts.Where(body, "original_invoice_date", "Date of the invoice")}
            {Facts.Of("Reference", body.Text("reference"))}
            {Facts.Where(body, "vendor_reference", "Supplier reference")}
            {Facts.Of("Currency", body.Object("currency")?.Text("displayed_as"))}
            {Facts.Amount("Net", body.Text("net_amount"), sign)}
            {Facts.Amount("Tax", body.Text("tax_amount"), sign)}
            {Facts.Amount("Total", body.Text("total_amount"), sign)}
            {Facts.Amount("Outstanding", body.Text("outstanding_amount"), sign)}
            {(body.Flag("vat_reverse_charge") ? Facts.Of("VAT", "Reverse charge") : Html.None)}
            {Facts.Where(body, "notes", "Notes")}
            {(body.Text("void_reason") is { } reason ? Facts.Of("Reason for voiding", reason) : Html.None)}
            </dl>
            <h2>Lines</h2>
            {(kind.Lines is { } lines ? Lines(body, lines, sign) : Entry(body, sign))}
            <h2>Payments and allocations</h2>
            {Table.Of("Payments and allocations", ["Date", "Type", "Reference", "Amount", "Discount"], [.. body.Objects("payments_allocations").Select(entry => Table.Row(
                Table.Day(entry.Text("date")), Table.Text(entry.Text("type")), Source(view, entry),
                Table.Amount(entry.Text("amount"), sign), Table.Amount(entry.Text("discount"), sign)))], "Nothing has been paid or allocated.")}
            {view.Attached(document.Id)}
            """);
    }

    private static Html Source(LedgerView view, JsonObject entry) => Settlement.SourceOf(entry) is { } source ? view.LinkTo(source) : Table.Text("–");

    private static Html Lines(JsonObject body, string lines, string sign) =>
        Table.Of("Lines", ["Description", "Ledger account", "Analysis", "Quantity", "Price", "Net", "Tax rate", "Tax", "Total"], [.. body.Objects(lines).Select(line => Table.Row(
            Table.Text(line.Text("description")), Table.Text(line.Object("ledger_account")?.Text("displayed_as")), Table.Text(Facts.Analysis(line)), Table.Figure(line.Text("quantity")),
            Table.Amount(line.Text("unit_price"), sign), Table.Amount(line.Text("net_amount"), sign),
            Table.Text(line.Object("tax_rate")?.Text("displayed_as") ?? "–"), Table.Amount(line.Text("tax_amount"), sign), Table.Amount(line.Text("total_amount"), sign)))], "No lines.");

    private static Html Entry(JsonObject body, string sign) => AmountLines.Of([body], sign);
}

/// <summary>Lines that are an account with its amounts: of a quick entry, or of another payment.</summary>
internal static class AmountLines
{
    public static Html Of(IEnumerable<JsonObject> lines, string sign) =>
        Table.Of("Lines", ["Details", "Ledger account", "Analysis", "Net", "Tax rate", "Tax", "Total"], [.. lines.Select(line => Table.Row(
            Table.Text(line.Text("details") ?? "–"), Table.Text(line.Object("ledger_account")?.Text("displayed_as")), Table.Text(Facts.Analysis(line)),
            Table.Amount(line.Text("net_amount"), sign), Table.Text(line.Object("tax_rate")?.Text("displayed_as") ?? "–"),
            Table.Amount(line.Text("tax_amount"), sign), Table.Amount(line.Text("total_amount"), sign)))], "No lines.");
}

/// <summary>Names and values of one record.</summary>
internal static class Facts
{
    public static Html Of(string name, string? value) => Html.Of($"<dt>{name}</dt><dd>{(string.IsNullOrEmpty(value) ? "–" : value)}</dd>");

    /// <summary>A fact of those records that have the member at all.</summary>
    public static Html Where(JsonObject body, string member, string name) => body.ContainsKey(member) ? Of(name, body.Text(member)) : Html.None;

    public static Html Amount(string name, string? amount, string sign) => Html.Of($"<dt>{name}</dt><dd>{Table.Amount(amount, sign)}</dd>");

    public static string Analysis(JsonObject line) =>
        line.Objects("analysis_type_categories").Select(category => category.Text("displayed_as")).ToList() is { Count: > 0 } names ? string.Join(", ", names) : "–";
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

    public static string Size(Record attachment) => string.Create(CultureInfo.InvariantCulture, $"{attachment.Body["file_size"]!.GetValue<int>():#,##0} bytes");
}
