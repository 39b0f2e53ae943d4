using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>A request as it went out.</summary>
internal sealed record SentRequest(HttpMethod Method, Uri Uri, IReadOnlyDictionary<string, string> Headers, byte[] Body, DateTimeOffset At)
{
    public string BodyText => Encoding.UTF8.GetString(Body);
    public string? Token => Headers.GetValueOrDefault("Authorization")?.Replace("Bearer ", "", StringComparison.Ordinal);
}

/// <summary>Stands where the network would: answers each request by a script, and keeps what was sent.</summary>
internal sealed class FakeSage(TimeProvider clock) : HttpMessageHandler
{
    private readonly ConcurrentQueue<SentRequest> _sent = new();

    public Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> Script { get; set; } =
        (_, _) => throw new InvalidOperationException("Nobody said what Sage answers.");

    public IReadOnlyList<SentRequest> Sent => [.. _sent];

    public void Answers(params Func<HttpResponseMessage>[] inOrder)
    {
        var next = -1;
        Script = (_, _) => Task.FromResult(inOrder[Math.Min(Interlocked.Increment(ref next), inOrder.Length - 1)]());
    }

    public void Answers(int status, string body) => Answers(() => Json(status, body));

    public static HttpResponseMessage Json(int status, string body, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    public static string Error(string code, string message, string source = "") =>
        $$"""[{"$severity":"error","$dataCode":"{{code}}","$message":"{{message}}","$source":"{{source}}"}]""";

    public static HttpResponseMessage TokenRefused() => Json(401, Error("AccessTokenVerificationError", "Access token is invalid (JWT malformed or missing).", "Authorization"));

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var headers = request.Headers.Concat(request.Content?.Headers.AsEnumerable() ?? [])
            .ToDictionary(h => h.Key, h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        var sent = new SentRequest(request.Method, request.RequestUri!, headers, body, clock.GetUtcNow());
        _sent.Enqueue(sent);
        var response = await Script(sent, cancellationToken);
        response.RequestMessage = request;
        return response;
    }
}
