using Microsoft.AspNetCore.Http;

namespace DextSage.Integration.Sandbox;

/// <summary>The frame around every page of the sandbox. No script runs on any of them.</summary>
internal static class Page
{
    public static IResult Show(HttpContext http, SageSandboxOptions options, string title, Html content, int status = StatusCodes.Status200OK)
    {
        var home = Home(http, options);
        // A form of ours ends in a redirect to the application, which form-action would stop were it not named.
        var applications = string.Join(' ', options.RedirectUris.Select(uri => new Uri(uri).GetLeftPart(UriPartial.Authority)).Distinct());
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = $"default-src 'none'; style-src 'self'; form-action 'self' {applications}; base-uri 'none'; frame-ancestors 'none'";
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        return Results.Content(Frame(home, title, content).Markup, "text/html; charset=utf-8", statusCode: status);
    }

    public static string Home(HttpContext http, SageSandboxOptions options) => http.Request.PathBase + options.PathBase;

    /// <summary>Whether a browser says that another site's page sent this request.</summary>
    public static bool IsAskedFromElsewhere(HttpContext http) => http.Request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";

    private static Html Frame(string home, string title, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{title} – Sandbox Sage</title>
        <link rel="stylesheet" href="{home}/sandbox.css">
        </head>
        <body>
        <header>
        <p class="notice"><strong>Sandbox</strong> — this is not Sage. Nothing here is real, and nothing leaves this machine.</p>
        <nav aria-label="Sandbox"><a href="{home}">Ledger</a> <a href="{home}/connections">Manage Apps and Connections</a></nav>
        </header>
        <main>
        <h1>{title}</h1>
        {content}
        </main>
        </body>
        </html>
        """);
}

/// <summary>A table that reads aloud: a caption, column headers, and words when it is empty.</summary>
internal static class Table
{
    /// <summary>Columns of figures, which stand to the right.</summary>
    private static readonly HashSet<string> Figures =
        new(["Quantity", "Price", "Net", "Tax", "Total", "Outstanding", "Amount", "Discount", "In", "Out", "Balance", "Attachments", "Purchases", "Sales", "Payments"], StringComparer.Ordinal);

    public static Html Of(string caption, string[] columns, IReadOnlyList<Html> rows, string whenEmpty) => rows.Count == 0
        ? Html.Of($"""<p class="empty">{whenEmpty}</p>""")
        : Html.Of($"""
            <div class="scroll" role="region" aria-label="{caption}" tabindex="0">
            <table>
            <caption>{caption}</caption>
            <thead><tr>{columns.Select(column => Figures.Contains(column) ? Html.Of($"""<th scope="col" class="figures">{column}</th>""") : Html.Of($"""<th scope="col">{column}</th>"""))}</tr></thead>
            <tbody>{rows}</tbody>
            </table>
            </div>
            """);

    public static Html Row(params Html[] cells) => Html.Of($"<tr>{cells.Select(cell => Html.Of($"<td>{cell}</td>"))}</tr>");

    public static Html Text(string? text) => Html.Of($"{text}");

    public static Html Day(string? day) => Html.Of($"""<span class="day">{day}</span>""");

    public static Html Figure(string? figure) => Html.Of($"""<span class="amount">{figure}</span>""");

    public static Html Count(int number) => Figure(number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Html Amount(string? amount, string sign) =>
        SageDecimal.Read(amount) is { } value ? Html.Of($"""<span class="amount">{(value < 0 ? "−" : "")}{sign}{Math.Abs(value).ToString("#,##0.00", System.Globalization.CultureInfo.InvariantCulture)}</span>""") : Figure("–");
}
