using System.Net;
using System.Text.RegularExpressions;
using DextSage.App;
using DextSage.App.Account;
using Xunit;

namespace DextSage.Tests;

/// <summary>The browser's way to the sandbox's login and back, redirect by redirect, for the ready business.</summary>
internal static partial class SageWalk
{
    /// <param name="home">The app's address.</param>
    /// <param name="browser">Somebody signed in, who follows no redirect by themselves.</param>
    /// <param name="intent">connect, reconnect …</param>
    /// <param name="watch">Sees each answer with the address it came from, and the page if it is one.</param>
    /// <returns>The wizard's step at which the organisation is to be chosen.</returns>
    public static async Task<Guid> ToOrganisationsAsync(Uri home, HttpClient browser, string intent, Action<Uri, HttpResponseMessage, string?>? watch = null)
    {
        var address = new Uri(home, Urls.SageAuthorise(ReadyPeople.BusinessSlug, intent));
        var method = HttpMethod.Get;
        HttpContent? form = null;
        while (true)
        {
            using var request = new HttpRequestMessage(method, address) { Content = form };
            using var answer = await browser.SendAsync(request);
            (method, form) = (HttpMethod.Get, null);
            if (answer.Headers.Location is { } location)
            {
                watch?.Invoke(address, answer, null);
                address = new Uri(address, location);
                continue;
            }

            var html = await answer.Content.ReadAsStringAsync();
            watch?.Invoke(address, answer, html);
            Assert.True(answer.StatusCode is HttpStatusCode.OK, $"{address.AbsolutePath}: {(int)answer.StatusCode}");
            if (address.AbsolutePath.Contains("/organisation/", StringComparison.Ordinal)) return Guid.ParseExact(address.Segments[^1], "N");
            if (address.AbsolutePath.EndsWith("/region", StringComparison.Ordinal))
            {
                address = new Uri(address, WebUtility.HtmlDecode(RegionLink().Match(html).Groups["to"].Value));
                continue;
            }

            method = HttpMethod.Post;
            form = address.AbsolutePath.EndsWith("/login", StringComparison.Ordinal)
                ? new FormUrlEncodedContent([new("email", "olivia@sandbox.test"), new("password", "sandbox")])
                : new FormUrlEncodedContent([new("decision", "allow")]);
        }
    }

    [GeneratedRegex("href=\"(?<to>[^\"]*(?:region|login|country)[^\"]*gb[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RegionLink();
}
