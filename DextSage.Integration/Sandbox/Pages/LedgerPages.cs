using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>The read-only ledger: organisations, what their books hold, one record with its lines and attachments.</summary>
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
            Page.Show(http, options.Value, "Ledger", books.Read(session => Organisations(Page.Home(http, options.Value), session))));
        endpoints.MapGet("/ledger/{business}", (HttpContext http, string business, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => Look(http, options.Value, books, found, view => (found.Name, BusinessPage.Of(view)))));
        endpoints.MapGet("/ledger/{business}/attachments/{id}", (HttpContext http, string business, string id, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => AttachedFile.Serve(http, books, found, id) ?? Missing(http, options.Value)));
        endpoints.MapGet("/ledger/{business}/{kind}/{id}", (HttpContext http, string business, string kind, string id, Books books, IOptions<SageSandboxOptions> options) =>
            With(http, options.Value, business, found => Look(http, options.Value, books, found, view => One(view, kind, id))));
    }

    private static IResult With(HttpContext http, SageSandboxOptions options, string id, Func<Organisation, IResult> show) =>
        Organisation.All.FirstOrDefault(one => one.Id == id) is { } found ? show(found) : Missing(http, options);

    private static IResult Look(HttpContext http, SageSandboxOptions options, Books books, Organisation business, Func<LedgerView, (string Title, Html Content)?> see) =>
        books.Read(session => see(new LedgerView(Page.Home(http, options), session, business))) is { } seen ? Page.Show(http, options, seen.Title, seen.Content) : Missing(http, options);

    private static (string, Html)? One(LedgerView view, string path, string id)
    {
        if (view.Find(path, id) is not { } record) return null;
        if (DocumentKind.Of(path) is { } kind) return ($"{kind.Title} {record.DisplayedAs}", DocumentPage.Of(view, kind, record));
        if (MoneyEntries.Of(path) is not null) return (PaymentPage.Title(record.Body), PaymentPage.Of(view, record));
        return path == "bank_accounts" ? (record.DisplayedAs, BankPage.Of(view, record)) : null;
    }

    private static IResult Missing(HttpContext http, SageSandboxOptions options) =>
        Page.Show(http, options, "Not in this ledger", Html.Of($"<p>The sandbox keeps nothing at this address.</p>"), StatusCodes.Status404NotFound);

    private static Html Organisations(string home, BookSession books) => Html.Of($"""
        <p>What the pretend Sage has taken in, organisation by organisation.</p>
        {Table.Of("Organisations", ["Organisation", "Country", "Edition", "VAT", "Purchases", "Sales", "Payments"], [.. Organisation.All.Select(one => Table.Row(
            Html.Of($"""<a href="{home}/ledger/{one.Id}">{one.Name}</a>"""), Table.Text(one.Country), Table.Text(one.Edition.ToString()),
            Table.Text(one.VatRegistered ? "Registered" : "Not registered"), Table.Count(Count(books, one, Paths(Side.Purchases))), Table.Count(Count(books, one, Paths(Side.Sales))),
            Table.Count(Count(books, one, MoneyEntries.All.Select(entries => entries.Path)))))], "")}
        """);

    private static IEnumerable<string> Paths(Side side) => DocumentKind.All.Where(kind => kind.Side == side).Select(kind => kind.Path);

    private static int Count(BookSession books, Organisation business, IEnumerable<string> kinds) => kinds.Sum(kind => books.Count(new RecordQuery(business.Id, kind)));

    private static byte[] ReadCss()
    {
        using var stream = typeof(LedgerPages).Assembly.GetManifestResourceStream("DextSage.Sandbox.css")!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}
