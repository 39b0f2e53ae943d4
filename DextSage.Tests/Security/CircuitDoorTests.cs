using System.Net;
using System.Net.WebSockets;
using DextSage.App.Security;
using Xunit;

namespace DextSage.Tests.Security;

public sealed class CircuitDoorTests
{
    [Theory]
    [InlineData("https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("http://localhost:1", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData(null, HttpStatusCode.Forbidden)]
    [InlineData("own", HttpStatusCode.SwitchingProtocols)]
    public async Task A_circuit_opens_only_for_a_page_of_our_own(string? origin, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var socket = Socket(alma.Cookies, origin == "own" ? OriginOf(app) : origin);

        Assert.Equal(expected, await TryAsync(socket, app));
    }

    [Fact]
    public async Task A_visitor_opens_no_circuit()
    {
        await using var app = await TestApp.StartAsync();

        using var socket = Socket(new CookieContainer(), OriginOf(app));

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(socket, app));
    }

    [Fact]
    public async Task One_person_has_at_most_twenty_circuits_and_another_still_gets_in()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");
        using var ben = await app.SignInAsAsync("Ben Okafor");
        var sockets = new List<ClientWebSocket>();
        for (var n = 0; n < CircuitDoor.PerPerson; n++)
        {
            sockets.Add(Socket(alma.Cookies, OriginOf(app)));
            Assert.Equal(HttpStatusCode.SwitchingProtocols, await TryAsync(sockets[^1], app));
        }

        using var oneMore = Socket(alma.Cookies, OriginOf(app));
        using var bens = Socket(ben.Cookies, OriginOf(app));

        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync(oneMore, app));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await TryAsync(bens, app));
        foreach (var socket in sockets) socket.Dispose();
    }

    [Fact]
    public async Task Transports_that_cannot_be_counted_are_refused()
    {
        await using var app = await TestApp.StartAsync();
        using var alma = await app.SignInAsAsync("Alma Marsh");

        using var polling = await alma.GetAsync("/_blazor?id=x", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.BadRequest, polling.StatusCode);
    }

    private static string OriginOf(TestApp app) => app.Url.GetLeftPart(UriPartial.Authority);

    private static ClientWebSocket Socket(CookieContainer cookies, string? origin)
    {
        var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null) socket.Options.SetRequestHeader("Origin", origin);
        return socket;
    }

    private static async Task<HttpStatusCode> TryAsync(ClientWebSocket socket, TestApp app)
    {
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{app.Url.Authority}/_blazor"), TestContext.Current.CancellationToken);
        }
        catch (WebSocketException)
        {
            // The status says which door was shut.
        }
        return socket.HttpStatusCode;
    }
}
