using System.Net;
using System.Net.Http.Headers;

namespace DextSage.Integration.Sage;

/// <summary>Signs each request for its connection and business, renews a refused token once, and checks for whom Sage answered.</summary>
/// <remarks>Handlers live in a scope of their own: the connection comes with the request, and <see cref="ISageTokens"/> is resolved per request.</remarks>
internal sealed class SageAuthorisationHandler(ISageTokens tokens) : DelegatingHandler
{
    private const string BusinessHeader = "X-Business";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var target = SageCall.Of(request).Target!;
        request.Headers.Remove(BusinessHeader);
        if (target.SageBusinessId is { } business) request.Headers.Add(BusinessHeader, business);

        var token = await tokens.GetAccessTokenAsync(target.ConnectionId, cancellationToken);
        var response = await SendAsync(request, token, cancellationToken);
        if (await IsTokenRefusedAsync(response, cancellationToken))
        {
            response.Dispose();
            token = await tokens.RenewAsync(target.ConnectionId, token, cancellationToken);
            response = await SendAsync(request, token, cancellationToken);
        }

        RefuseAnotherBusiness(response, target);
        return response;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string token, CancellationToken cancellationToken)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return base.SendAsync(request, cancellationToken);
    }

    // A 401 that is about the subscription is no fault of the token (Sage API 15). The body is in memory already.
    private static async Task<bool> IsTokenRefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        response.StatusCode is HttpStatusCode.Unauthorized
        && !SageErrors.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken)).Any(e => e.DataCode == "AuthorizationFailure");

    private static void RefuseAnotherBusiness(HttpResponseMessage response, SageTarget target)
    {
        if (target.SageBusinessId is not { } asked || !response.Headers.TryGetValues(BusinessHeader, out var echoes)) return;
        if (echoes.All(echo => Plain(echo) == Plain(asked))) return;
        var failure = new SageFailure
        {
            Kind = SageFailureKind.WrongBusiness,
            HttpStatus = (int)response.StatusCode,
            RequestId = SageAnswerReader.RequestId(response),
            IsOutcomeUnknown = true,
        };
        response.Dispose();
        throw new SageCallException(failure);
    }

    // Some write the id with hyphens, Sage without (Sage API 3).
    private static string Plain(string id) => id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
}
