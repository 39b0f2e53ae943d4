using System.Net;

namespace DextSage.Integration.Sage;

/// <summary>Sends when it is the business's turn, and closes its lane when Sage says 429.</summary>
internal sealed class SagePacingHandler(SagePacer pacer, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var turn = await pacer.EnterAsync(SageCall.Of(request).Paced!, request.Method != HttpMethod.Get, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.TooManyRequests) turn.CloseFor(SageRetryAfter.Read(response, clock) ?? SageRetryAfter.Unsaid);
        else if (response.IsSuccessStatusCode) turn.WentWell();
        return response;
    }
}
