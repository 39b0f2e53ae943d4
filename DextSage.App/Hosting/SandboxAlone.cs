using DextSage.Integration.Sandbox;

namespace DextSage.App.Hosting;

/// <summary>
/// The pretend Sage as a process of its own, <c>dotnet run --project DextSage.App -- sandbox</c>: for stopping DextSage without stopping
/// Sage. Settings: <c>--DextSage:Url</c> where it listens, <c>--DextSage:DataFolder</c>, and <c>--Sandbox:RedirectUris:0</c> the callback.
/// </summary>
internal static class SandboxAlone
{
    public static async Task<int> RunAsync(string[] args)
    {
        var builder = WebApplication.CreateBuilder([.. args, Settings.ReadOnce]);
        var settings = HostSettings.Read(builder.Configuration, builder.Environment.ContentRootPath);
        if (!Listening.IsLoopbackHost(settings.Url.Host)) throw new StartRefusedException($"The sandbox listens on this machine only, not on {settings.Origin}.");
        Directory.CreateDirectory(settings.DataFolder);
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls(settings.Origin);
        builder.Services.AddSageSandbox(o =>
        {
            builder.Configuration.GetSection("Sandbox").Bind(o);
            o.DatabasePath = Path.Combine(settings.DataFolder, "sage-sandbox.db");
        });
        await using var app = builder.Build();
        app.MapSageSandbox();
        await app.StartAsync();
        Console.WriteLine($"The pretend Sage is ready: {settings.Origin}{new SageSandboxOptions().PathBase}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}
