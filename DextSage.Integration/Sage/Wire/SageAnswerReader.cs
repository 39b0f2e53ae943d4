using System.Net;
using System.Text.Json;
using Polly.Timeout;
using Refit;

namespace DextSage.Integration.Sage;

/// <summary>Turns what came of a request into a value or a failure. The one place where a status gets its meaning (Sage API 6).</summary>
internal sealed class SageAnswerReader(TimeProvider clock)
{
    /// <summary>Sends, and reads a record of Sage's.</summary>
    public Task<SageAnswer<T>> ReadAsync<T>(SageCall call, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken) where T : class =>
        ReadAsync(call, send, (_, body) => JsonSerializer.Deserialize(body, SageJson.TypeOf<T>()), cancellationToken);

    /// <summary>Sends, and reads a page of a list. A page without its items, or with one that has no id, is not one.</summary>
    public Task<SageAnswer<SagePage<T>>> ReadPageAsync<T>(SageCall call, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken)
        where T : class, ISageRecord =>
        ReadAsync(call, send, (response, body) => JsonSerializer.Deserialize(body, SageJson.TypeOf<SageEnvelope<T>>()) is { Items: { } items } page && items.All(i => i is { Id.Length: > 0 })
            ? new SagePage<T>(page.Page, page.Total, items) { At = response.Headers.Date, Bytes = body.Length }
            : null, cancellationToken);

    /// <summary>Sends, and reads that it was done: a deletion answers with nothing, a voiding with the record as it is then (Sage API 9.3). A page of somebody between says nothing.</summary>
    public Task<SageAnswer<SageNothing>> ReadNothingAsync(SageCall call, Func<Task<HttpResponseMessage>> send, CancellationToken cancellationToken) =>
        ReadAsync(call, send, (response, body) => response.StatusCode is HttpStatusCode.NoContent
            || (response.StatusCode is HttpStatusCode.OK && JsonSerializer.Deserialize(body, SageJson.TypeOf<SageTrace>()) is { Id.Length: > 0 }) ? SageNothing.Value : null, cancellationToken);

    private delegate T? Parse<T>(HttpResponseMessage response, ReadOnlySpan<byte> body) where T : class;

    private async Task<SageAnswer<T>> ReadAsync<T>(
        SageCall call, Func<Task<HttpResponseMessage>> send, Parse<T> parse, CancellationToken cancellationToken) where T : class
    {
        try
        {
            using var response = await send();
            var requestId = RequestId(response);
            var words = call.KeepsAnswer ? SageWords.Of((int)response.StatusCode, ((PooledBody)response.Content).Bytes) : null;
            if (!response.IsSuccessStatusCode) return SageAnswer<T>.Failed(Read(response, await response.Content.ReadAsByteArrayAsync(cancellationToken), requestId), words);
            return TryParse(response, parse) is { } value
                ? SageAnswer<T>.Success(value, requestId, words)
                : SageAnswer<T>.Failed(new() { Kind = SageFailureKind.Garbled, HttpStatus = (int)response.StatusCode, RequestId = requestId, IsOutcomeUnknown = true }, words);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && Explain(Inner(e), call) is not null)
        {
            return SageAnswer<T>.Failed(Explain(Inner(e), call)!);
        }
        catch (ApiRequestException e)
        {
            // It holds the request and so the token; and a caller who cancelled expects to hear just that.
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException("The request to Sage failed in a way that nobody foresaw.", e.InnerException);
        }
    }

    public static string? RequestId(HttpResponseMessage response) =>
        response.Headers.TryGetValues("x-request-id", out var ids) || response.Headers.TryGetValues("x_request_id", out ids) ? ids.FirstOrDefault() : null;

    // The wire handler has taken the whole body already.
    private static T? TryParse<T>(HttpResponseMessage response, Parse<T> parse) where T : class
    {
        try
        {
            return parse(response, ((PooledBody)response.Content).Bytes);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private SageFailure Read(HttpResponseMessage response, byte[] body, string? requestId)
    {
        var errors = SageErrors.Parse(body);
        var status = (int)response.StatusCode;
        var kind = KindOf(status, errors);
        return new()
        {
            Kind = kind,
            SageErrors = errors,
            HttpStatus = status,
            RequestId = requestId,
            RetryAfter = SageRetryAfter.Read(response, clock),
            SignInProblem = kind is SageFailureKind.SignInNeeded
                ? errors.Any(e => e.DataCode == "invalid_grant") ? SignInProblem.Refused : SignInProblem.TokenNotAccepted
                : null,
            // A 500 may have created the record (Sage API 5.2); a redirect shows that somebody else answered.
            IsOutcomeUnknown = status is >= 500 or < 400 or 408,
        };
    }

    private static SageFailureKind KindOf(int status, IReadOnlyList<SageError> errors) => status switch
    {
        _ when Says(errors, "invalid_grant") => SageFailureKind.SignInNeeded,
        _ when Says(errors, "invalid_client") || Says(errors, "unauthorized_client") => SageFailureKind.AppNotAccepted,
        401 when Says(errors, "AuthorizationFailure") => errors.Any(e => e.Message.Contains("(MRF)", StringComparison.Ordinal))
            ? SageFailureKind.Busy
            : SageFailureKind.NoSubscription,
        401 => SageFailureKind.SignInNeeded,
        403 => SageFailureKind.AccessDenied,
        404 => SageFailureKind.NotFound,
        408 => SageFailureKind.Busy,
        429 => SageFailureKind.Throttled,
        >= 500 => SageFailureKind.Busy,
        >= 400 => SageFailureKind.Rejected,
        _ => SageFailureKind.Garbled,
    };

    private static bool Says(IReadOnlyList<SageError> errors, string code) => errors.Any(e => e.DataCode == code);

    private static Exception Inner(Exception e) => e is ApiRequestException { InnerException: { } inner } ? inner : e;

    private static SageFailure? Explain(Exception e, SageCall call) => e switch
    {
        SageCallException known => known.Failure,
        SageSignInNeededException signIn => new() { Kind = SageFailureKind.SignInNeeded, SignInProblem = signIn.Problem },
        // What the token endpoint may have done is no doubt about the call itself, which has not left.
        SageTokenDelayedException delayed => delayed.Failure with { IsOutcomeUnknown = false },
        // No connection, no certificate: nothing was sent.
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } =>
            new() { Kind = SageFailureKind.NoAnswer },
        HttpRequestException or IOException or TimeoutRejectedException or OperationCanceledException =>
            new() { Kind = SageFailureKind.NoAnswer, IsOutcomeUnknown = call.IsUnanswered },
        _ => null,
    };
}
