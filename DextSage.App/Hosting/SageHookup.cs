using DextSage.App.Security;
using DextSage.Integration.Sandbox;
using DextSage.Integration.Sage;
using Microsoft.Extensions.Options;

namespace DextSage.App.Hosting;

/// <summary>Which Sage this house talks to: the real one of the settings, or the sandbox in this process.</summary>
internal static class SageHookup
{
    private const string SandboxSection = "Sandbox";

    public static void AddSageHookup(this WebApplicationBuilder builder, HostSettings settings, SandboxMode sandbox)
    {
        var sage = builder.Services.AddOptions<SageOptions>().Bind(builder.Configuration.GetSection(SageOptions.Section)).ValidateOnStart();
        if (!sandbox.IsOn)
        {
            builder.Services.AddOptions<BrowserPolicy>().Configure<IOptions<SageOptions>>((policy, options) => policy.FormTargets.Add(Origin(options.Value.AuthoriseUrl)));
            return;
        }

        var pretend = new SageSandboxOptions { DatabasePath = Path.Combine(settings.DataFolder, "sage-sandbox.db") };
        builder.Services.AddSageSandbox(o =>
        {
            builder.Configuration.GetSection(SandboxSection).Bind(o);
            o.DatabasePath = pretend.DatabasePath;
            o.RedirectUris.Add(Callback(settings).OriginalString);
        });
        sage.Configure(o =>
        {
            // A sandbox that runs as a process of its own is named in the settings, address by address.
            if (!string.IsNullOrWhiteSpace(builder.Configuration[$"{SageOptions.Section}:{nameof(SageOptions.ApiUrl)}"])) return;
            var home = settings.Origin + pretend.PathBase;
            (o.ClientId, o.ClientSecret) = (pretend.ClientId, pretend.ClientSecret);
            (o.AuthoriseUrl, o.TokenUrl) = (new Uri(home + "/oauth2/auth/central"), new Uri(home + "/token"));
            (o.RevokeUrl, o.ApiUrl) = (new Uri(home + "/revoke"), new Uri(home + "/v3.1"));
        });
    }

    /// <summary>Built from the settings: what a request calls this host is not believed (RFC 9700, 2.1).</summary>
    public static Uri Callback(HostSettings settings) => new(settings.Origin + Urls.SageCallback);

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
