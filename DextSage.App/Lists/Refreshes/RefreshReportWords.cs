using System.Globalization;
using DextSage.App.Layout;
using DextSage.App.Shared;
using DextSage.Integration.Connections;
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

    /// <summary>What became of a run, in a sentence.</summary>
    public static string Sentence(RefreshView run) => run switch
    {
        { IsLive: true } => $"{RefreshWords.Title(run)}.",
        { Problem: { } problem } => problem,
        _ => RefreshWords.Outcome(run),
    };

    /// <summary>What a run has brought, for a line of the history.</summary>
    public static string? Brought(RefreshView run) => run.IsLive ? null : run.Status is RefreshStatus.Failed ? run.Problem : RefreshWords.Differences(run.Added, run.Changed, run.Returned, run.Retired);

    /// <summary>What became of a list, "12 added, 3 changed" or why it was not read and who can change that.</summary>
    public static string Outcome(ListProgressView list, ConnectionNotice? notice = null) => list.Stage switch
    {
        ListStage.NotAllowed => NotAllowed(notice),
        ListStage.Failed => "Could not be read.",
        ListStage.NeedsConfirmation => RefreshWords.Missing(list),
        ListStage.Kept => $"{Numbers.Text(list.Missing)} of {Numbers.Text(list.Before)} were missing from Sage. This refresh left them as they were, and an Admin has decided since.",
        ListStage.Waiting => "Not read.",
        ListStage.Coming => "Coming in.",
        _ => RefreshWords.Differences(list.Added, list.Changed, list.Returned, list.Retired),
    };

    // Start is the plan without analysis types (Sage API 1).
    private static string NotAllowed(ConnectionNotice? notice) => notice switch
    {
        { Plan: "Start" } => "Sage Accounting Start does not have it.",
        { AuthorisedBy: { } person } => $"Not read: the Sage user that {person} connected with needs the right Settings in Sage for it. The owner of {notice.OrganisationName} can grant it.",
        _ => "Not read: the Sage user of this connection needs the right Settings in Sage for it. The organisation's owner can grant it.",
    };

    /// <summary>"0.6 s", "3 min 20 s", "1 h 12 min".</summary>
    public static string Took(TimeSpan took) => took switch
    {
        { TotalSeconds: < 59.95 } => $"{((decimal)took.Ticks / TimeSpan.TicksPerSecond).ToString("0.0", CultureInfo.InvariantCulture)} s",
        { TotalMinutes: < 60 } => $"{took.Minutes} min {took.Seconds} s",
        _ => $"{Numbers.Text((int)took.TotalHours)} h {took.Minutes} min",
    };
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
