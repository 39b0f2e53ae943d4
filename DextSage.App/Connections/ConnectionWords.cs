using DextSage.App.Shared;
using DextSage.Integration.Connections;

namespace DextSage.App.Connections;

/// <summary>What the Connections pages say more than once.</summary>
internal static class ConnectionWords
{
    public const string Software = "Sage Accounting";

    /// <summary>There is an organisation to manage, whether or not it answers just now.</summary>
    public static bool HasOrganisation(this ConnectionView view) => view.Status is ConnectionStatus.Connected or ConnectionStatus.ReconnectNeeded;

    public static IReadOnlyList<Crumb> CrumbsToConnections(string slug) =>
        [new("Business settings", Urls.Connections(slug)), new("Connections", Urls.Connections(slug))];

    public static IReadOnlyList<Crumb> CrumbsToSage(string slug) =>
        [.. CrumbsToConnections(slug), new(Software, Urls.SageConnection(slug))];

    public static string Scope(string? scope) => scope switch
    {
        "full_access" => "Read and write",
        "readonly" => "Read only",
        null => "Not known",
        _ => scope,
    };

    public static string Country(string? code) => code switch
    {
        "GB" => "United Kingdom",
        "IE" => "Ireland",
        null => "Not known",
        _ => code,
    };
}
