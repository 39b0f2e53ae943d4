using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Sage;

/// <summary>Next to the wire: takes the whole answer into memory within the attempt's time and a size, and writes down that it came.</summary>
/// <remarks>The log has the path without its query: a search may name a person. Headers and bodies are never logged.</remarks>
internal sealed partial class SageWireHandler(int maxAnswerBytes, TimeProvider clock, ILogger logger) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = SageCall.Of(request);
        var path = request.RequestUri!.AbsolutePath;
        var started = clock.GetTimestamp();
        call.IsUnanswered = true;
        HttpResponseMessage response;
        try
        {
            response = await base.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e)
        {
            // People are told that Sage could not be reached; whoever runs this system finds the name, the port or the certificate here.
            Log.NotReached(logger, request.Method.Method, path, e.HttpRequestError, e.GetBaseException().Message);
            throw;
        }

        try
        {
            await TakeBodyAsync(response, cancellationToken);
        }
        catch
        {
            response.Dispose();
            throw;
        }

        call.IsUnanswered = false;
        Log.Answered(logger, request.Method.Method, path, (int)response.StatusCode,
            (long)clock.GetElapsedTime(started).TotalMilliseconds, SageAnswerReader.RequestId(response), call.Target?.SageBusinessId);
        return response;
    }

    private async Task TakeBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var source = response.Content;
        await using var stream = await source.ReadAsStreamAsync(cancellationToken);
        response.Content = await PooledBody.ReadAsync(stream, maxAnswerBytes, cancellationToken) ?? throw new SageCallException(new()
        {
            Kind = SageFailureKind.TooLarge,
            HttpStatus = (int)response.StatusCode,
            RequestId = SageAnswerReader.RequestId(response),
            IsOutcomeUnknown = true,
        });
        source.Dispose();
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "Sage answered {Method} {Path} with {Status} in {Milliseconds} ms (request {RequestId}, business {BusinessId})")]
        public static partial void Answered(ILogger logger, string method, string path, int status, long milliseconds, string? requestId, string? businessId);

        [LoggerMessage(2, LogLevel.Warning, "Sage could not be reached for {Method} {Path}: {Error}, {Cause}")]
        public static partial void NotReached(ILogger logger, string method, string path, HttpRequestError error, string cause);
    }
}
