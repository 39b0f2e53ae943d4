using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace DextSage.Tests.Simulation.Sabotages;

/// <summary>Sits right before the wire and does to requests and answers what a mistake in the code would.</summary>
internal sealed class Meddler(Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> meddle) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        meddle(request, onward => base.SendAsync(onward, cancellationToken));
}

internal static class Meddling
{
    public static bool Is(this HttpRequestMessage request, string method, string ending) =>
        request.Method.Method == method && request.RequestUri!.AbsolutePath.EndsWith(ending, StringComparison.Ordinal);

    /// <summary>The record in a request's body, changed before it is sent.</summary>
    public static async Task ChangeAsync(this HttpRequestMessage request, Action<JsonObject> change)
    {
        var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync())!.AsObject();
        change(body.First().Value!.AsObject());
        var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        request.Content = content;
    }

    public static HttpResponseMessage Answer(int status, string json) =>
        new((HttpStatusCode)status) { Content = new StringContent(json, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage EmptyPage() => Answer(200, """{"$total":0,"$page":1,"$next":null,"$back":null,"$itemsPerPage":200,"$items":[]}""");

    /// <summary>The answer, or null where it was lost.</summary>
    public static async Task<HttpResponseMessage?> OrLostAsync(this Task<HttpResponseMessage> answer)
    {
        try
        {
            return await answer;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
