using System.Reflection;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.FileProviders;

namespace DextSage.App.Hosting;

/// <summary>Where settings come from, weakest first: the root appsettings.json, what ASP.NET Core reads, user secrets, environment, arguments.</summary>
internal static class Settings
{
    /// <summary>
    /// Settings are read when DextSage starts. Otherwise ASP.NET Core watches the whole content root for changes of appsettings.json, and in it the data
    /// folder, where every document that comes in and every page of the database's log would be news.
    /// </summary>
    public const string ReadOnce = "--hostBuilder:reloadConfigOnChange=false";

    public static WebApplicationBuilder AddSettingsFiles(this WebApplicationBuilder builder)
    {
        // `dotnet run --project` makes the project folder the content root, so that the file linked from the repository
        // root is found only beside the program. First in the list, every other source overrules it.
        builder.Configuration.Sources.Insert(0, new JsonConfigurationSource
        {
            FileProvider = new PhysicalFileProvider(AppContext.BaseDirectory),
            Path = "appsettings.json",
            Optional = true,
        });
        if (!builder.Environment.IsDevelopment()) AddUserSecrets(builder.Configuration);
        return builder;
    }

    // ASP.NET Core reads user secrets in Development only. DextSage is run by its owner with no environment named, and a
    // Sage client secret belongs there rather than in a file of the repository.
    private static void AddUserSecrets(ConfigurationManager configuration)
    {
        var sources = ((IConfigurationBuilder)configuration).Sources;
        var secrets = new ConfigurationBuilder().AddUserSecrets(Assembly.GetExecutingAssembly(), optional: true).Sources[0];
        var environment = sources.LastOrDefault(s => s is EnvironmentVariablesConfigurationSource { Prefix: null or "" });
        if (environment is null) sources.Add(secrets);
        else sources.Insert(sources.IndexOf(environment), secrets);
    }
}
