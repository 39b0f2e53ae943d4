using System.Net.Sockets;
using System.Net;
using System.Text;
using DextSage.Integration.Sage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DextSage.Tests.Sage;

/// <summary>Answers every connection with the same bytes: for what only a real wire shows.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly byte[] _answer;
    private int _requests;

    public LoopbackServer(string answer) : this(Encoding.ASCII.GetBytes(answer))
    {
    }

    public LoopbackServer(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _ = ServeAsync();
    }

    public int Requests => _requests;

    /// <summary>All that was sent to it, byte for character.</summary>
    public string Heard { get; private set; } = "";

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/v3.1");

    /// <summary>An address at which nothing listens.</summary>
    public static Uri NobodyHome()
    {
        using var server = new LoopbackServer("");
        return server.Address;
    }

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await using var stream = client.GetStream();
                Interlocked.Increment(ref _requests);
                await ReadRequestAsync(stream);
                await stream.WriteAsync(_answer);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // The listener was disposed, or the client has seen enough.
        }
    }

    private async Task ReadRequestAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[8192];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            if (read == 0) return;
            text.Append(Encoding.Latin1.GetString(buffer, 0, read));
            Heard += Encoding.Latin1.GetString(buffer, 0, read);
            // A handshake has no end of ours to wait for.
            if (text[0] == 0x16) return;
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) continue;
            var length = all.Split("\r\n").FirstOrDefault(l => l.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            if (all.Length >= end + 4 + (length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))) return;
        }
    }
}

/// <summary>The client as it is registered, its own socket handler included.</summary>
internal sealed class RealWireRig : IDisposable
{
    private readonly ServiceProvider _services;

    public RealWireRig(Uri api, Action<SageOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ISageTokens>(new FakeTokens());
        services.AddLogging(log => log.SetMinimumLevel(LogLevel.Debug).AddProvider(Logs));
        services.AddSage();
        services.Configure<SageOptions>(o => (o.ClientId, o.ClientSecret, o.ApiUrl, o.TokenUrl, o.ReadRetries) = ("a", SageRig.Secret, api, api, 0));
        services.Configure(configure ?? (_ => { }));
        _services = services.BuildServiceProvider();
    }

    public LogCapture Logs { get; } = new();

    private ISageClient Client => _services.GetRequiredService<ISageClient>();

    public Task<SageAnswer<SageContact>> ReadAsync() =>
        Client.ContactAsync(new(Guid.Empty, SageRig.Business), "c1", TestContext.Current.CancellationToken);

    public Task<SageAnswer<SageContact>> WriteAsync() =>
        Client.CreateContactAsync(new(Guid.Empty, SageRig.Business), new("""{"contact":{}}"""), TestContext.Current.CancellationToken);

    public Task<SageAnswer<SageGrant>> RenewAsync() => _services.GetRequiredService<SageOAuth>().RefreshAsync("canary-refresh", TestContext.Current.CancellationToken);

    public void Dispose() => _services.Dispose();
}
