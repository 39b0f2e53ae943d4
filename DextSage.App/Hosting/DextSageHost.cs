using DextSage.App.Account;
using DextSage.App.Api;
using DextSage.App.Connections;
using DextSage.App.Imports;
using DextSage.App.Items;
using DextSage.App.Layout;
using DextSage.App.Security;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Sandbox;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using MudBlazor.Services;

namespace DextSage.App.Hosting;

/// <summary>Puts the house together and opens it.</summary>
public static class DextSageHost
{
    /// <summary>Runs until it is stopped. The exit code: 0, or 1 when it refused to start, with the reasons on stderr.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [PaperWorker.Argument]) return await PaperWorker.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput());
        try
        {
            if (args is ["sandbox", .. var rest]) return await SandboxAlone.RunAsync(rest);
            await using var app = await StartAsync(args);
            Announce(app);
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (StartRefusedException refusal)
        {
            await Console.Error.WriteLineAsync("DextSage did not start.");
            foreach (var reason in refusal.Reasons) await Console.Error.WriteLineAsync(reason);
            return 1;
        }
        catch (OptionsValidationException wrong)
        {
            await Console.Error.WriteLineAsync("DextSage did not start.");
            foreach (var reason in wrong.Failures) await Console.Error.WriteLineAsync(reason);
            return 1;
        }
    }

    /// <summary>Starts it. <paramref name="also"/> is for tests, which bring clocks and stand-ins of their own.</summary>
    /// <exception cref="StartRefusedException">Something must be put right first.</exception>
    public static async Task<WebApplication> StartAsync(string[] args, Action<WebApplicationBuilder>? also = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = [.. args, Settings.ReadOnce], ApplicationName = typeof(DextSageHost).Assembly.GetName().Name });
        builder.AddDextSageApp();
        also?.Invoke(builder);
        var app = builder.Build();
        try
        {
            // First of all: whatever else makes a file there makes it in a folder that is ours alone.
            app.Services.GetRequiredService<DataFolder>().Claim();
            Scratch.Sweep();
            app.UseDextSageApp();
            await DatabaseStart.BringUpToDateAsync(app.Services);
            if (app.Services.GetRequiredService<SandboxMode>().IsOn) await ReadyPeople.SeedAsync(app.Services);
            await ListenAsync(app);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private static void AddDextSageApp(this WebApplicationBuilder builder)
    {
        builder.AddSettingsFiles().AddLogs();
        var settings = HostSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddSingleton(settings);
        var sandbox = SandboxMode.Decide(builder.Configuration, settings);
        builder.Services.AddSingleton(sandbox);
        builder.Services.AddSingleton(_ => new DataFolder(settings.DataFolder));
        var database = new DatabaseOptions(settings.DataFolder);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(new FolderOptions(settings.WatchedFolders));
        builder.Services.AddDextSage(database, new SageRedirect(SageHookup.Callback(settings)));
        builder.AddSageHookup(settings, sandbox);

        builder.AddServer(settings);
        builder.Services.AddKeys();
        builder.Services.AddHealth();
        builder.Services.AddAccounts(settings);
        builder.Services.AddPages();
        builder.Services.AddApi();
        builder.Services.AddSingleton<ItemPresence>();
        builder.Services.AddMudServices();
    }

    private static void UseDextSageApp(this WebApplication app)
    {
        app.UseEdge();
        app.UseRouting();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<CircuitDoor>();
        app.UseAuthorization();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous();
        app.MapThemeSheet();
        app.MapHealth();
        if (app.Services.GetRequiredService<SandboxMode>().IsOn) app.MapSageSandbox();
        app.MapAccounts();
        app.MapSageConnect();
        app.MapItemFiles();
        app.MapImports();
        app.MapApi();
        app.MapPages();
    }

    private static void AddServer(this WebApplicationBuilder builder, HostSettings settings)
    {
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        // The manifest of a build, for `dotnet run` with no environment named; a published app has its own wwwroot.
        builder.WebHost.UseStaticWebAssets();
        if (Listening.Addresses(builder.Configuration, settings) is [var only] && only == settings.Origin)
            builder.WebHost.UseUrls(only);
        // ASPNETCORE_FORWARDEDHEADERS_ENABLED would believe anybody; Edge believes the proxies that are named.
        builder.Services.PostConfigure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.None);
        builder.Services.Configure<HostFilteringOptions>(o => o.AllowedHosts = AllowedHosts(builder.Configuration, settings));
    }

    // A name that is not ours may be a stranger's that was made to point here (DNS rebinding).
    private static List<string> AllowedHosts(ConfigurationManager configuration, HostSettings settings) =>
    [
        settings.Url.Host,
        .. Listening.IsLoopbackHost(settings.Url.Host) ? ["localhost", "127.0.0.1", "[::1]"] : Array.Empty<string>(),
        .. configuration["AllowedHosts"]?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(h => h != "*") ?? [],
    ];

    private static void AddKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("DextSage");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s =>
            new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new KeyFiles(s.GetRequiredService<DataFolder>())));
    }

    private static async Task ListenAsync(WebApplication app)
    {
        var settings = app.Services.GetRequiredService<HostSettings>();
        var url = settings.Url;
        var taken = new StartRefusedException(
            $"Another program has this port, which DextSage would listen on: {url.Port}. Stop it, or choose another address, for example --DextSage:Url={url.Scheme}://{url.Host}:{url.Port + 1}");
        // Asked first, because the server puts a stack trace before its answer.
        if (Listening.Addresses(app.Configuration, settings).Contains(settings.Origin) && Listening.IsTaken(url)) throw taken;
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw taken;
        }
    }

    private static void Announce(WebApplication app)
    {
        Console.WriteLine($"DextSage is ready: {app.Services.GetRequiredService<HostSettings>().Origin}");
        if (app.Services.GetRequiredService<SandboxMode>().IsOn)
            Console.WriteLine("The sandbox is on: a pretend Sage, and three ready people to sign in as, on this machine only.");
    }
}
