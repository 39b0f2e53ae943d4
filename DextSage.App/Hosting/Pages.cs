using Microsoft.AspNetCore.Components.Server;

namespace DextSage.App.Hosting;

/// <summary>Blazor's pages and the limits of a circuit.</summary>
internal static class Pages
{
    public static void AddPages(this IServiceCollection services)
    {
        services.AddRazorComponents().AddInteractiveServerComponents(Limit).AddHubOptions(hub => hub.MaximumReceiveMessageSize = 32 * 1024);
        services.AddLeanInterop();
    }

    public static void MapPages(this WebApplication app) =>
        app.MapRazorComponents<AppRoot>().AddInteractiveServerRenderMode(o => o.ContentSecurityFrameAncestorsPolicy = null); // SecurityHeaders says it.

    private static void Limit(CircuitOptions circuit)
    {
        circuit.DetailedErrors = false;
        circuit.DisconnectedCircuitMaxRetained = 100;
        circuit.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
        circuit.JSInteropDefaultCallTimeout = TimeSpan.FromMinutes(1);
        circuit.MaxBufferedUnacknowledgedRenderBatches = 10;
    }
}
