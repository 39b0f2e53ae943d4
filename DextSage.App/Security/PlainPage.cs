using System.Net;

namespace DextSage.App.Security;

/// <summary>
/// A page that needs nothing to work: no layout, no database, no circuit. For what goes wrong before or below the pages.
/// Says what happened and offers the way on; never shows an exception.
/// </summary>
internal static class PlainPage
{
    public static Task WriteAsync(HttpContext context, int status, string title, string sentence, string? reference = null)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        if (HttpMethods.IsHead(context.Request.Method)) return Task.CompletedTask;
        return context.Response.WriteAsync($"""
            <!DOCTYPE html>
            <html lang="en-GB">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <link rel="icon" type="image/svg+xml" href="/favicon.svg">
              <title>{WebUtility.HtmlEncode(title)} · DextSage</title>
              <link rel="stylesheet" href="/account.css">
            </head>
            <body>
              <div class="account">
                <header class="account-brand"><a href="{Urls.Home}">DextSage</a></header>
                <main class="account-card">
                  <h1>{WebUtility.HtmlEncode(title)}</h1>
                  <p>{WebUtility.HtmlEncode(sentence)}</p>
                  {(reference is null ? "" : $"<p>Reference: <code>{WebUtility.HtmlEncode(reference)}</code></p>")}
                  <p><a href="{Urls.Home}">Go to your items</a></p>
                </main>
              </div>
            </body>
            </html>
            """);
    }

    /// <summary>For a status that an endpoint answered with no words of its own.</summary>
    public static Task WriteStatusAsync(HttpContext context)
    {
        var (title, sentence) = context.Response.StatusCode switch
        {
            400 => ("That didn't work", "The request was not understood. If you came from a form, open its page again and send it once more."),
            401 or 403 => ("You don't have access to this", "Your account may not do that here. Ask an Admin of the business."),
            404 => ("There is nothing here", "The address may be mistyped, or the page belongs to a business that you are not a member of."),
            405 => ("That didn't work", "This address cannot be opened like that."),
            413 => ("That is too large", "What was sent is larger than DextSage takes."),
            429 => ("Too many tries", "Wait a minute, then try again."),
            _ => ("Something went wrong", "DextSage could not answer this. Try again in a moment."),
        };
        return WriteAsync(context, context.Response.StatusCode, title, sentence);
    }
}
