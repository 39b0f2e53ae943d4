using System.Collections.Concurrent;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Lists;

/// <summary>Notes at the wire when each request of the API left, and when it was answered with what.</summary>
internal sealed class WireTimes
{
    private readonly ConcurrentQueue<Seen> seen = new();

    public IReadOnlyCollection<Seen> All => seen;

    public void StandIn(IServiceCollection services) => services.AddHttpClient(SageRegistration.HttpClientName).AddHttpMessageHandler(() => new Handler(this));

    internal sealed record Seen(string? Business, DateTimeOffset Left, DateTimeOffset Answered, int Status);

    private sealed class Handler(WireTimes times) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var left = TimeProvider.System.GetUtcNow();
            var answer = await base.SendAsync(request, cancellationToken);
            var business = request.Headers.TryGetValues("X-Business", out var ids) ? ids.Single() : null;
            times.seen.Enqueue(new(business, left, TimeProvider.System.GetUtcNow(), (int)answer.StatusCode));
            return answer;
        }
    }
}
