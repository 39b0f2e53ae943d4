using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DextSage.Tests.Benches;

/// <summary>
/// A browser's half of a Blazor Server circuit, without the browser: fetches a page, opens the circuit for its components, acknowledges every
/// render batch and hands its bytes on. A thousand of them fit into one process.
/// </summary>
internal sealed partial class HeadlessCircuit : IAsyncDisposable
{
    /// <summary>JSCallResultType.JSObjectReference.</summary>
    private const int AnObject = 1;

    private const int MostTries = 8;

    /// <summary>What JavaScript gives back where the page asks for something, by the function's name. Everything else is null.</summary>
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["dextSageAppearance.timeZone"] = "\"Europe/London\"",
        ["window.hasOwnProperty"] = "true",
    };

    private readonly Uri page;
    private readonly CookieContainer cookies;
    private readonly Action<ReadOnlyMemory<byte>> onBatch;
    private HubConnection hub;
    private string secret = "";

    private HeadlessCircuit(Uri page, CookieContainer cookies, Action<ReadOnlyMemory<byte>> onBatch)
    {
        (this.page, this.cookies, this.onBatch) = (page, cookies, onBatch);
        hub = NewHub();
    }

    /// <summary>What the server said of a circuit that broke; null while it is whole.</summary>
    public string? Error { get; private set; }

    /// <param name="page">The page's address.</param>
    /// <param name="cookies">Those of somebody who is signed in.</param>
    /// <param name="onBatch">Called with each render batch, on the connection's own thread.</param>
    public static async Task<HeadlessCircuit> OpenAsync(Uri page, CookieContainer cookies, Action<ReadOnlyMemory<byte>> onBatch)
    {
        var circuit = new HeadlessCircuit(page, cookies, onBatch);
        try
        {
            await circuit.BeginAsync();
            return circuit;
        }
        catch
        {
            await circuit.DisposeAsync();
            throw;
        }
    }

    /// <summary>Loses the connection and finds its circuit again, as a browser does whose network was away: it asks until it is let in.</summary>
    public async Task ReconnectAsync(TimeSpan away)
    {
        await hub.DisposeAsync();
        for (var tries = 1; ; tries++)
        {
            await Task.Delay(away);
            hub = NewHub();
            try
            {
                await hub.StartAsync();
                break;
            }
            // The server may still count the connection that was lost.
            catch (WebSocketException) when (tries < MostTries)
            {
                await hub.DisposeAsync();
            }
        }

        if (!await hub.InvokeAsync<bool>("ConnectCircuit", secret)) throw new InvalidOperationException("The server no longer has the circuit.");
    }

    /// <summary>Goes to another address of the same page, as a click on a link does.</summary>
    public Task GoAsync(Uri address) => hub.SendAsync("OnLocationChanged", address.AbsoluteUri, (string?)null, true);

    /// <summary>Whether a batch brings this text onto the screen.</summary>
    public static bool Shows(ReadOnlyMemory<byte> batch, string text) => batch.Span.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0;

    private HubConnection NewHub()
    {
        var origin = page.GetLeftPart(UriPartial.Authority);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(page, "/_blazor"), o =>
        {
            o.Transports = HttpTransportType.WebSockets;
            o.SkipNegotiation = true;
            o.Cookies = cookies;
            o.WebSocketConfiguration = socket => socket.SetRequestHeader("Origin", origin);
        });
        builder.Services.RemoveAll<IHubProtocol>();
        builder.Services.AddSingleton<IHubProtocol, BlazorPack>();
        var connection = builder.Build();
        connection.On<long, byte[]>("JS.RenderBatch", TakeAsync);
        connection.On<long, string, string?, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        connection.On<string>("JS.Error", error => Error = error);
        return connection;
    }

    private async Task BeginAsync()
    {
        using var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        using var http = new HttpClient(handler);
        using var answer = await http.GetAsync(page);
        if (answer.StatusCode is not HttpStatusCode.OK) throw new InvalidOperationException($"{page} answered {(int)answer.StatusCode}.");
        var html = await answer.Content.ReadAsStringAsync();

        await hub.StartAsync();
        var state = StateComment().Match(html) is { Success: true } found ? found.Groups["state"].Value : "";
        secret = await hub.InvokeAsync<string?>("StartCircuit", new Uri(page, "/").AbsoluteUri, page.AbsoluteUri, "[]", state)
            ?? throw new InvalidOperationException($"The server gave no circuit for {page}.");
        var operations = ComponentComment().Matches(html).Select((match, i) =>
            new { type = "add", ssrComponentId = i + 1, marker = JsonSerializer.Deserialize<JsonElement>(match.Groups["marker"].Value) });
        await hub.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 1, operations }), state);
    }

    private async Task TakeAsync(long batchId, byte[] batch)
    {
        onBatch(batch);
        await hub.SendAsync("OnRenderCompleted", batchId, null);
    }

    private Task AnswerAsync(long taskId, string function, string? arguments, int resultType, long target, int callType)
    {
        if (taskId == 0) return Task.CompletedTask;
        var answer = resultType == AnObject ? $$"""{"__jsObjectId":{{taskId}}}""" : Answers.GetValueOrDefault(function, "null");
        return hub.SendAsync("EndInvokeJSFromDotNet", taskId, true, $"[{taskId},true,{answer}]");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [GeneratedRegex("<!--Blazor:(?<marker>.+?)-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ComponentComment();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(?<state>.+?)-->", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StateComment();
}
