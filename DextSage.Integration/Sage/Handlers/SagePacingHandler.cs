using System.Net;

namespace DextSage.Integration.Sage;

/// <summary>Sends when it is the business's turn, and closes its lane when Sage says 429.</summary>
internal sealed class SagePacingHandler(SagePacer pacer, TimeProvider clock) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = SageCall.Of(request);
        var kind = request.Method == HttpMethod.Get ? SageTurn.Read : call.IsBeside ? SageTurn.Beside : SageTurn.Write;
        using var turn = await pacer.EnterAsync(call.Paced!, kind, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode is HttpStatusCode.TooManyRequests) turn.CloseFor(SageRetryAfter.Read(response, clock) ?? SageRetryAfter.Unsaid);
        else if (response.IsSuccessStatusCode) turn.WentWell();
        return response;
    }
}
