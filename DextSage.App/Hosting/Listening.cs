using System.Net;
using System.Net.Sockets;

namespace DextSage.App.Hosting;

/// <summary>Where the process will listen, known before it does.</summary>
public static class Listening
{
    /// <summary>
    /// Every address that any setting names. Kestrel lets one kind of setting overrule another; counting all of them errs
    /// on the careful side.
    /// </summary>
    public static IReadOnlyList<string> Addresses(IConfiguration configuration, HostSettings settings)
    {
        List<string> named =
        [
            .. Split(configuration[WebHostDefaults.ServerUrlsKey]),
            .. Split(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Split(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            .. configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"]).OfType<string>(),
        ];
        return named.Count > 0 ? named : [settings.Origin];
    }

    public static bool IsLoopback(string address)
    {
        // A Unix socket is reached from this machine alone; so is a named pipe, which Kestrel does not open to the network.
        if (address.Contains("://unix:/", StringComparison.Ordinal) || address.Contains("://pipe:/", StringComparison.Ordinal)) return true;
        return Uri.TryCreate(address.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var url)
            && IsLoopbackHost(url.Host);
    }

    public static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    public static bool IsTaken(Uri url)
    {
        if (!IsLoopbackHost(url.Host)) return false;
        using var probe = new TcpListener(IPAddress.TryParse(url.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Loopback, url.Port);
        try
        {
            probe.Start();
            return false;
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return true;
        }
    }

    private static string[] Split(string? list) =>
        list?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
}
