using System.Globalization;
using DextSage.App.Layout;
using DextSage.App.Shared;
using DextSage.Integration.Lists;
using DextSage.Integration.People;

namespace DextSage.App.Lists.Refreshes;

/// <summary>Runs of the past in words.</summary>
internal static class RefreshReportWords
{
    /// <summary>"Manage menu, Alma Marsh".</summary>
    public static string Cause(HistoryRun past)
    {
        var cause = past.Run.Cause switch
        {
            RefreshCause.Connected => "Connected",
            RefreshCause.Reconnected => "Reconnected",
            RefreshCause.Requested => "Manage menu",
            RefreshCause.Reloaded => "Reload of a list",
            RefreshCause.Scheduled => "Schedule",
            _ => throw new ArgumentOutOfRangeException(nameof(past), past.Run.Cause, message: null),
        };
        return past.RequestedBy is { } name ? $"{cause}, {name}" : cause;
    }

    public static string Kind(ListChangeKind kind) => kind switch
    {
        ListChangeKind.Added => "Added",
        ListChangeKind.Renamed => "Renamed",
        ListChangeKind.Changed => "Changed",
        ListChangeKind.Retired => "No longer in Sage",
        ListChangeKind.Returned => "In Sage again",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>What became of a list, "12 added, 3 changed" or why it was not read.</summary>
    public static string Outcome(ListProgressView list) => list.Stage switch
    {
        ListStage.NotAllowed => "Sage does not let this sign-in read it. The connection's page says why, and who could grant it.",
        ListStage.Failed => "Could not be read.",
        ListStage.NeedsConfirmation => $"{Numbers.Text(list.Missing)} are missing from Sage at once. They stay until an Admin decides.",
        ListStage.Kept => "Much was missing from Sage at once; this refresh left it as it was, and an Admin has decided since.",
        ListStage.Waiting => "Not read.",
        ListStage.Coming => "Coming in.",
        _ => RefreshWords.Differences(list.Added, list.Changed, list.Returned, list.Retired),
    };

    public static string Seconds(TimeSpan took) => ((decimal)took.Ticks / TimeSpan.TicksPerSecond).ToString("0.0", CultureInfo.InvariantCulture);
}

/// <summary>The way up from the pages of refreshes. Connections is for Admins alone.</summary>
internal static class RefreshCrumbs
{
    public static IReadOnlyList<Crumb> Of(BusinessMembership business, bool isReport = false)
    {
        var crumbs = new List<Crumb>();
        if (business.Allows(Permission.SeeConnections)) crumbs.Add(new Crumb("Sage Accounting", Urls.SageConnection(business.Slug)));
        else crumbs.Add(new Crumb("Lists", Urls.Lists(business.Slug)));
        if (isReport) crumbs.Add(new Crumb("Refreshes", Urls.RefreshHistory(business.Slug)));
        return crumbs;
    }
}
