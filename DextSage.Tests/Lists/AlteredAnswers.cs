using System.Text;
using System.Text.Json.Nodes;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Lists;

/// <summary>Stands before the sandbox and changes the records of one list, as Sage might some day.</summary>
internal sealed class AlteredAnswers
{
    /// <summary>The list's path, and what is done to each of its records; null for nothing.</summary>
    public (string Path, Action<JsonObject> Alter)? Order { get; set; }

    public void StandIn(IServiceCollection services) => services.AddHttpClient(SageRegistration.HttpClientName).AddHttpMessageHandler(() => new Handler(this));

    private sealed class Handler(AlteredAnswers altered) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            if (altered.Order is not { } order || !request.RequestUri!.AbsolutePath.EndsWith(order.Path, StringComparison.Ordinal)) return answer;
            var page = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken))!;
            foreach (var record in page["$items"]!.AsArray()) order.Alter(record!.AsObject());
            answer.Content = new StringContent(page.ToJsonString(), Encoding.UTF8, "application/json");
            return answer;
        }
    }
}
