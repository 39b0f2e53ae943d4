using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>Adds the pretend Sage to a host.</summary>
public static class SageSandboxServices
{
    /// <summary>Registers the sandbox. <c>MapSageSandbox</c> opens its file and seeds it.</summary>
    public static IServiceCollection AddSageSandbox(this IServiceCollection services, Action<SageSandboxOptions> configure)
    {
        services.Configure(configure);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Books>();
        services.AddSingleton<Grants>();
        services.AddSingleton<SandboxClock>();
        services.AddSingleton<Faults>();
        services.AddSingleton<Journal>();
        services.AddSingleton<Gate>();
        services.AddSingleton<ApiEndpoint>();
        return services;
    }
}

/// <summary>Maps the pretend Sage into a host.</summary>
public static class SageSandboxEndpoints
{
    /// <summary>
    /// Maps everything of the sandbox under <see cref="SageSandboxOptions.PathBase"/>: authorisation, token and revoke endpoints, the API
    /// under <c>/v3.1</c>, the read-only ledger pages and the loopback-only controls. Opens and seeds the sandbox's file first, so that a
    /// file that cannot be opened stops the host at start.
    /// </summary>
    public static IEndpointRouteBuilder MapSageSandbox(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var options = services.GetRequiredService<IOptions<SageSandboxOptions>>().Value;
        Seeding.Fill(services.GetRequiredService<Books>(), options);

        // The sandbox has its own sign-in; the host's policies and antiforgery are not its business.
        var sandbox = endpoints.MapGroup(options.PathBase).AllowAnonymous().DisableAntiforgery();
        AuthorisePages.Map(sandbox);
        TokenEndpoint.Map(sandbox);
        sandbox.Map("/v3.1/{**path}", (HttpContext http, ApiEndpoint api) => api.AnswerAsync(http));
        LedgerPages.Map(sandbox);
        ConnectionsPage.Map(sandbox);
        ControlEndpoints.Map(sandbox);
        return endpoints;
    }
}
