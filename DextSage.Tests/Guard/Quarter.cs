using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests.Guard;

/// <summary>Our services over a database of their own, without pages, without running jobs, and with no Sage behind them.</summary>
internal sealed class Quarter : IAsyncDisposable
{
    private readonly ServiceProvider services;
    private readonly string folder = Folders.New("quarter");

    private Quarter(Action<IServiceCollection>? also)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(b => b.SetMinimumLevel(LogLevel.Warning));
        collection.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        AddTo(collection, folder);
        also?.Invoke(collection);
        services = collection.BuildServiceProvider();
    }

    public Town Town { get; private set; } = null!;
    public IServiceProvider Services => services;

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <param name="also">Replaces services.</param>
    public static async Task<Quarter> OpenAsync(Action<IServiceCollection>? also = null)
    {
        var quarter = new Quarter(also);
        quarter.Town = await Town.SettleAsync(quarter.services);
        return quarter;
    }

    /// <summary>The real services, with a Sage at an address where nobody listens.</summary>
    public static void AddTo(IServiceCollection services, string folder)
    {
        services.Configure<SageOptions>(o =>
        {
            (o.ClientId, o.ClientSecret) = ("client", "secret");
            (o.TokenUrl, o.ApiUrl, o.RevokeUrl) = (new Uri("http://127.0.0.1:9/token"), new Uri("http://127.0.0.1:9/v3.1"), new Uri("http://127.0.0.1:9/revoke"));
            o.ReadRetries = 0;
        });
        services.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri("https://books.example/connect/sage/callback")));
    }

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folders.Delete(folder);
    }
}
