using DextSage.App.Hosting;
using DextSage.App.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Security;

public sealed class CrossSiteTests
{
    [Theory]
    [InlineData("same-origin", null, false)]
    [InlineData("none", null, false)]
    [InlineData("same-site", null, true)]
    [InlineData("cross-site", null, true)]
    [InlineData("cross-site", "http://localhost:5080", true)]
    [InlineData("something-new", null, true)]
    [InlineData(null, "https://evil.example", true)]
    [InlineData(null, "null", true)]
    [InlineData(null, "http://localhost:5081", true)]
    [InlineData(null, "http://localhost:5080", false)]
    [InlineData(null, null, false)]
    public void Another_sites_request_is_told_by_what_the_browser_says(string? fetchSite, string? origin, bool isForeign)
    {
        using var services = new ServiceCollection()
            .AddSingleton(new HostSettings(new Uri("http://localhost:5080"), "/", null, []))
            .BuildServiceProvider();
        var context = new DefaultHttpContext { RequestServices = services };
        context.Request.Scheme = "http";
        context.Request.Host = new HostString("localhost:5080");
        if (fetchSite is not null) context.Request.Headers["Sec-Fetch-Site"] = fetchSite;
        if (origin is not null) context.Request.Headers.Origin = origin;

        Assert.Equal(isForeign, CrossSite.IsForeign(context));
    }

    [Fact]
    public async Task An_address_that_is_not_the_public_one_leads_to_it()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.NewClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://127.0.0.1:{app.Url.Port}/account/sign-in?a=b") { Headers = { { "Sec-Fetch-Mode", "navigate" } } };

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal($"http://localhost:{app.Url.Port}/account/sign-in?a=b", response.Headers.Location?.ToString());
    }
}
