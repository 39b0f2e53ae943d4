namespace DextSage.App.Hosting;

/// <summary>Whether the pretend Sage, and with it the ready people who need no password, exist in this process.</summary>
public sealed record SandboxMode(bool IsOn)
{
    /// <summary>
    /// On when asked for, and when there is no Sage client id and nobody asked otherwise: a newcomer then has something to
    /// connect to. Never within reach of another machine.
    /// </summary>
    /// <exception cref="StartRefusedException">The sandbox would be on, but not on this machine alone.</exception>
    public static SandboxMode Decide(IConfiguration configuration, HostSettings settings)
    {
        var isOn = settings.Sandbox ?? string.IsNullOrWhiteSpace(configuration["Sage:ClientId"]);
        if (isOn && WhyNotAlone(configuration, settings) is { } reason)
            throw new StartRefusedException(
                $"The sandbox is on{(settings.Sandbox is null ? " (no Sage:ClientId is set)" : "")}, where people sign in without a password, so DextSage may only be reachable from this machine; but {reason}. " +
                "Either listen on localhost, or turn the sandbox off: set DextSage:Sandbox to false, and Sage:ClientId and Sage:ClientSecret to those of your Sage app.");
        return new SandboxMode(isOn);
    }

    private static string? WhyNotAlone(IConfiguration configuration, HostSettings settings)
    {
        if (Listening.Addresses(configuration, settings).FirstOrDefault(address => !Listening.IsLoopback(address)) is { } open)
            return $"it is told to listen on {open}";
        if (!Listening.IsLoopbackHost(settings.Url.Host))
            return $"its address is {settings.Origin}";
        if (settings.KnownProxies.Count > 0)
            return "it is told that a proxy passes requests on to it (DextSage:KnownProxies)";
        return null;
    }
}
