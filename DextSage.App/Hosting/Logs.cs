namespace DextSage.App.Hosting;

/// <summary>Logs on the console: readable while developing, JSON otherwise.</summary>
internal static class Logs
{
    // These write whole request lines; Sage's answer to an authorisation carries its code in the query.
    private static readonly string[] WritersOfQueryStrings = ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.HttpLogging", "Microsoft.AspNetCore.Http.Result"];

    public static WebApplicationBuilder AddLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        if (builder.Environment.IsDevelopment()) builder.Logging.AddSimpleConsole(o => o.SingleLine = true);
        else builder.Logging.AddJsonConsole(o => o.UseUtcTimestamp = true);

        // Keys lie in a folder of their owner's by design (KeyFiles); a warning at the first start would only alarm.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // The address is printed once, in plain words, when everything is ready.
        builder.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        builder.Services.PostConfigure<LoggerFilterOptions>(SilenceQueryStrings);
        return builder;
    }

    // Whatever level the settings ask for.
    private static void SilenceQueryStrings(LoggerFilterOptions options)
    {
        foreach (var rule in options.Rules.Where(r => r.CategoryName is { } c && WritersOfQueryStrings.Any(w => c.StartsWith(w, StringComparison.OrdinalIgnoreCase))).ToList())
            options.Rules.Remove(rule);
        var providers = options.Rules.Select(r => r.ProviderName).Append(null).Distinct().ToList();
        foreach (var writer in WritersOfQueryStrings)
        foreach (var provider in providers)
            options.Rules.Add(new LoggerFilterRule(provider, writer, LogLevel.Warning, filter: null));
    }
}
