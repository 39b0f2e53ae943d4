using System.Collections.Concurrent;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>The real client, with everything but the network, the clock and the token vault.</summary>
internal sealed class SageRig : IDisposable
{
    public const string Business = "0d40342d0287cd6b13555c54afca6c90";
    public const string Secret = "canary-client-secret";

    private readonly ServiceProvider _services;

    public SageRig(Action<SageOptions>? configure = null)
    {
        Sage = new(Clock);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<ISageTokens>(Tokens);
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSage();
        services.Configure<SageOptions>(o => (o.ClientId, o.ClientSecret) = ("3fe1/7ab2", Secret));
        services.Configure(configure ?? (_ => { }));
        services.AddHttpClient(SageRegistration.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => Sage);
        services.AddHttpClient(SageOAuth.HttpClientName).ConfigurePrimaryHttpMessageHandler(() => Sage);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
    }

    public WatchedClock Clock { get; } = new();
    public FakeSage Sage { get; }
    public FakeTokens Tokens { get; } = new();
    public LogCatcher Logs { get; } = new();
    public SageTarget Target { get; } = new(Guid.Parse("11111111-2222-3333-4444-555555555555"), Business);
    public ISageClient Client => _services.GetRequiredService<ISageClient>();
    public SageOAuth OAuth => _services.GetRequiredService<SageOAuth>();

    public Task<SageAnswer<SageContact>> ReadAsync() => Client.ContactAsync(Target, "c1", TestContext.Current.CancellationToken);

    public Task<SageAnswer<SageContact>> WriteAsync(string json = """{"contact":{}}""") =>
        Client.CreateContactAsync(Target, new(json), TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();
}

/// <summary>A vault of one token that numbers its renewals.</summary>
internal sealed class FakeTokens : ISageTokens
{
    private int _renewals;

    public string Current { get; set; } = "canary-token-0";
    public ConcurrentQueue<string> Refused { get; } = new();
    public Exception? Trouble { get; set; }

    public ValueTask<string> GetAccessTokenAsync(Guid connectionId, CancellationToken cancellationToken) => new(Current);

    public ValueTask<string> RenewAsync(Guid connectionId, string refusedAccessToken, CancellationToken cancellationToken)
    {
        Refused.Enqueue(refusedAccessToken);
        if (Trouble is not null) throw Trouble;
        lock (Refused)
        {
            if (Current == refusedAccessToken) Current = $"canary-token-{++_renewals}";
            return new(Current);
        }
    }
}

internal sealed class LogCatcher : ILoggerProvider
{
    private readonly ConcurrentQueue<string> _lines = new();

    public string Text => string.Join('\n', _lines);

    public ILogger CreateLogger(string categoryName) => new Catcher(_lines);

    public void Dispose()
    {
    }

    private sealed class Catcher(ConcurrentQueue<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull
        {
            lines.Enqueue(state.ToString() ?? "");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");
    }
}
