using System.Net;

namespace DextSage.App.Hosting;

/// <summary>What the person who runs DextSage decides: the section "DextSage" of the settings.</summary>
/// <param name="Url">The address people open. Also listened on, unless ASP.NET Core's own settings name other addresses (behind a proxy).</param>
/// <param name="DataFolder">Absolute. Holds the database, the documents and the keys.</param>
/// <param name="Sandbox">Whether the pretend Sage runs; null leaves it to <see cref="SandboxMode"/>.</param>
/// <param name="KnownProxies">Whose X-Forwarded headers are believed. Nobody's by default.</param>
public sealed record HostSettings(Uri Url, string DataFolder, bool? Sandbox, IReadOnlyList<IPAddress> KnownProxies)
{
    public const string Section = "DextSage";
    private const string DefaultUrl = "http://localhost:5080";

    /// <summary>Absolute. In it lie the watched folders of businesses; null where none are wanted.</summary>
    public string? WatchedFolders { get; init; }

    public bool IsHttps => Url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Scheme, host and port, as a browser writes them in Origin.</summary>
    public string Origin => Url.GetLeftPart(UriPartial.Authority);

    /// <exception cref="StartRefusedException">Names every setting that makes no sense, not just the first.</exception>
    public static HostSettings Read(IConfiguration configuration, string contentRoot)
    {
        var section = configuration.GetSection(Section);
        var faults = new List<string>();
        var settings = new HostSettings(
            ReadUrl(section, faults),
            ReadDataFolder(section, contentRoot, faults),
            ReadSandbox(section, faults),
            [.. ReadProxies(section, faults)]) { WatchedFolders = ReadWatchedFolders(section, faults) };
        return faults.Count == 0 ? settings : throw new StartRefusedException(faults);
    }

    private static Uri ReadUrl(IConfigurationSection section, List<string> faults)
    {
        var text = Text(section, nameof(Url)) ?? DefaultUrl;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps)
            && url.PathAndQuery == "/" && url.UserInfo.Length == 0 && url.Fragment.Length == 0)
            return url;
        faults.Add($"DextSage:Url is '{text}', which is no address like {DefaultUrl} or https://books.example.com (scheme, host and port only).");
        return new Uri(DefaultUrl);
    }

    private static string ReadDataFolder(IConfigurationSection section, string contentRoot, List<string> faults)
    {
        var folder = Text(section, nameof(DataFolder));
        if (folder is null) return Path.Combine(SourceRoot() ?? contentRoot, "data");
        if (!folder.Contains('\0', StringComparison.Ordinal)) return Path.GetFullPath(folder, SourceRoot() ?? contentRoot);
        faults.Add("DextSage:DataFolder is no path.");
        return contentRoot;
    }

    private static string? ReadWatchedFolders(IConfigurationSection section, List<string> faults)
    {
        if (Text(section, nameof(WatchedFolders)) is not { } folder) return null;
        if (Path.IsPathFullyQualified(folder) && Directory.Exists(folder)) return Path.GetFullPath(folder);
        faults.Add($"DextSage:WatchedFolders is '{folder}', which is no folder on this machine, named from its root.");
        return null;
    }

    private static bool? ReadSandbox(IConfigurationSection section, List<string> faults)
    {
        if (Text(section, nameof(Sandbox)) is not { } text) return null;
        if (bool.TryParse(text, out var wanted)) return wanted;
        faults.Add($"DextSage:Sandbox is '{text}'; it can be true or false, or left out.");
        return null;
    }

    private static IEnumerable<IPAddress> ReadProxies(IConfigurationSection section, List<string> faults)
    {
        foreach (var proxy in section.GetSection(nameof(KnownProxies)).GetChildren())
        {
            if (IPAddress.TryParse(proxy.Value, out var address)) yield return address;
            else faults.Add($"DextSage:KnownProxies holds '{proxy.Value}', which is no IP address.");
        }
    }

    private static string? Text(IConfigurationSection section, string key) =>
        string.IsNullOrWhiteSpace(section[key]) ? null : section[key]!.Trim();

    // Run from a clone of the sources, the data belongs at its root: outside bin, where a clean build would take it away.
    private static string? SourceRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "DextSage.sln"))) return folder.FullName;
        return null;
    }
}
