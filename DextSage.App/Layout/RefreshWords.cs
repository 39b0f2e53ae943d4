using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Layout;

/// <summary>A refresh in sentences. Every number is a count of lists or of rows; none is a guess at how long it takes.</summary>
internal static class RefreshWords
{
    public static string Title(RefreshView run) => run.Status switch
    {
        RefreshStatus.Queued or RefreshStatus.Running => "Refresh in progress",
        RefreshStatus.Completed => "Lists are up to date",
        RefreshStatus.Failed => "The refresh did not finish",
        RefreshStatus.Cancelled => "The refresh was cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(run), run.Status, message: null),
    };

    /// <summary>"Suppliers: 400 of 640 · Customers next".</summary>
    public static string Progress(RefreshView run) => run switch
    {
        { StorageTrouble: { } trouble } => trouble,
        { Status: RefreshStatus.Queued } => "It is about to begin.",
        { WaitingBecause: { } because } => $"{because.Sentence()} It goes on by itself.",
        { Current: { } current } => Next(run) is { } next ? $"{Rows(current)} · {next} next" : Rows(current),
        _ => Next(run) is { } next ? $"{next} next" : "Finishing",
    };

    /// <summary>"3 of 9 lists".</summary>
    public static string Lists(RefreshView run) => $"{Ended(run)} of {run.Lists.Count} lists";

    /// <summary>Lists that have come to their end, well or not.</summary>
    public static int Ended(RefreshView run) => run.Lists.Count(l => l.Stage is not (ListStage.Waiting or ListStage.Coming));

    /// <summary>What a completed run brought: "812 added, 3 changed, 1 no longer in Sage."</summary>
    public static string Outcome(RefreshView run)
    {
        if (run.Status is RefreshStatus.Cancelled) return "What came in before that stays. " + (run.Retired > 0 ? $"{Numbers.Text(run.Retired)} that Sage had deleted were retired." : "Nothing was retired.");
        return Differences(run.Added, run.Changed, run.Returned, run.Retired) + "." + Refused(run) + Asked(run);
    }

    /// <summary>"812 added, 3 changed, 1 no longer in Sage", or that nothing had changed.</summary>
    public static string Differences(int added, int changed, int returned, int retired)
    {
        var parts = new[] { (added, "added"), (changed, "changed"), (returned, "in Sage again"), (retired, "no longer in Sage") }.Where(p => p.Item1 > 0).ToList();
        return parts.Count == 0 ? "Nothing had changed" : string.Join(", ", parts.Select(p => $"{Numbers.Text(p.Item1)} {p.Item2}"));
    }

    /// <summary>What a screen reader is told while it goes on: the list, not every count.</summary>
    public static string Spoken(RefreshView run) => run switch
    {
        { Status: RefreshStatus.Completed } => $"{Title(run)}: {Outcome(run)}",
        { Status: RefreshStatus.Failed } => $"{Title(run)}. {run.Problem}",
        { Status: RefreshStatus.Cancelled } => $"{Title(run)}.",
        { Current: { } current } => $"{Title(run)}: {current.List.Name()}, {Lists(run)} done.",
        _ => $"{Title(run)}.",
    };

    public static string Stage(ListProgressView list) => list.Stage switch
    {
        ListStage.Waiting => "waiting",
        ListStage.Coming => "coming in",
        ListStage.Done => $"done, {Numbers.Text(list.Seen)}",
        ListStage.NotAllowed => "not allowed by Sage",
        ListStage.Failed => "failed",
        ListStage.NeedsConfirmation => $"kept as it was: {Numbers.Text(list.Missing)} missing in Sage",
        ListStage.Kept => "kept as it was",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list.Stage, message: null),
    };

    private static string Rows(ListProgressView list) => list switch
    {
        { Announced: { } all } => $"{list.List.Name()}: {Numbers.Text(list.Seen)} of {Numbers.Text(all)}",
        { Seen: > 0 } => $"{list.List.Name()}: {Numbers.Text(list.Seen)} so far",
        _ => $"{list.List.Name()}: asking Sage",
    };

    private static string Asked(RefreshView run)
    {
        var names = run.Lists.Where(l => l.Stage is ListStage.NeedsConfirmation).Select(l => l.List.Name()).ToList();
        return names.Count == 0 ? "" : $" Much is missing from Sage at once, and stays until an Admin decides: {string.Join(", ", names)}.";
    }

    private static string? Next(RefreshView run) => run.Lists.FirstOrDefault(l => l.Stage is ListStage.Waiting)?.List.Name();

    private static string Refused(RefreshView run)
    {
        var names = run.Lists.Where(l => l.Stage is ListStage.NotAllowed).Select(l => l.List.Name()).ToList();
        return names.Count == 0 ? "" : $" Sage does not let this sign-in read: {string.Join(", ", names)}.";
    }
}
