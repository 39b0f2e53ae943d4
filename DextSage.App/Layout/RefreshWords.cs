using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Layout;

/// <summary>A refresh in sentences. Numbers are counts of lists or rows, and what follows from how fast these came in over the last seconds; while that is not known, nothing is said.</summary>
internal static class RefreshWords
{
    /// <summary>Of several lists that come in at once so many are named, the longest.</summary>
    private const int MostNamed = 2;

    public static string Title(RefreshView run) => run switch
    {
        { IsLive: true, StorageTrouble: not null } => "Refresh is held up",
        { IsLive: true, WaitingBecause: not null } => "Refresh is waiting for Sage",
        { IsLive: true } => "Refresh in progress",
        { Status: RefreshStatus.Completed, HasQuestion: true } => "Lists came in, and an Admin is asked",
        { Status: RefreshStatus.Completed } => "Lists are up to date",
        { Status: RefreshStatus.Failed } => "The refresh did not finish",
        { Status: RefreshStatus.Cancelled } => "The refresh was cancelled",
        _ => throw new ArgumentOutOfRangeException(nameof(run), run.Status, message: null),
    };

    /// <summary>"Suppliers: 400 of 640 · Customers next", "Suppliers: 400 of 640 · Customers: 60 of 120 · 2 more lists".</summary>
    public static string Progress(RefreshView run) => run switch
    {
        { StorageTrouble: { } trouble } => trouble,
        { Status: RefreshStatus.Queued } => "It is about to begin.",
        { WaitingBecause: { } because } => $"{because.Sentence()} It goes on by itself.",
        _ => Coming(run),
    };

    private static string Coming(RefreshView run)
    {
        var coming = run.Current.ToList();
        var next = run.Lists.FirstOrDefault(l => l.Stage is ListStage.Waiting)?.List.Name();
        if (coming.Count == 0) return next is null ? "Finishing" : $"{next} next";

        var named = coming.OrderByDescending(l => l.Announced ?? 0).Take(MostNamed).OrderBy(l => l.List).Select(Rows).ToList();
        if (coming.Count > MostNamed) named.Add(Numbers.Count(coming.Count - MostNamed, "more list"));
        else if (coming.Count == 1 && next is not null) named.Add($"{next} next");
        return string.Join(" · ", named);
    }

    private static string Rows(ListProgressView list) => list switch
    {
        { Announced: { } all } => $"{list.List.Name()}: {Numbers.Text(list.Seen)} of {Numbers.Text(all)}",
        { Seen: > 0 } => $"{list.List.Name()}: {Numbers.Text(list.Seen)} so far",
        _ => $"{list.List.Name()}: asking Sage",
    };

    /// <summary>"1,250 rows a second, about 20 seconds left"; null while that is not known.</summary>
    public static string? Pace(RefreshView run) => run.Pace switch
    {
        null => null,
        { Left: { } left } pace => $"{Numbers.Count(pace.RowsPerSecond, "row")} a second, {Left(left)}",
        { } pace => $"{Numbers.Count(pace.RowsPerSecond, "row")} a second",
    };

    private static string Left(TimeSpan left) => left switch
    {
        { TotalSeconds: < 5 } => "a few seconds left",
        { TotalSeconds: < 57 } => $"about {Numbers.Text((int)Math.Ceiling(left.TotalSeconds / 5) * 5)} seconds left",
        _ => $"about {Numbers.Count((int)Math.Round(left.TotalMinutes), "minute")} left",
    };

    /// <summary>"3 of 9 lists".</summary>
    public static string Lists(RefreshView run) => $"{Ended(run)} of {run.Lists.Count} lists";

    /// <summary>Lists that have come to their end, well or not.</summary>
    public static int Ended(RefreshView run) => run.Lists.Count(l => l.Stage is not (ListStage.Waiting or ListStage.Coming));

    /// <summary>What a run brought that has ended: "812 added, 3 changed, 1 no longer in Sage."</summary>
    public static string Outcome(RefreshView run)
    {
        if (run.Status is RefreshStatus.Cancelled) return "What came in before that stays. " + (run.Retired > 0 ? $"{Numbers.Text(run.Retired)} that Sage had deleted were retired." : "Nothing was retired.");
        var differences = Differences(run.Added, run.Changed, run.Returned, run.Retired) + ".";
        // That nothing had changed is not said of a list of which much was missing.
        var isInDoubt = run.Added + run.Changed + run.Returned + run.Retired == 0 && run.Lists.Any(l => l.Stage is ListStage.NeedsConfirmation or ListStage.Kept);
        return ((isInDoubt ? "" : differences) + Refused(run) + Asked(run) + Kept(run)).TrimStart();
    }

    /// <summary>"812 added, 3 changed, 1 no longer in Sage", or that nothing had changed.</summary>
    public static string Differences(int added, int changed, int returned, int retired)
    {
        var parts = new[] { (added, "added"), (changed, "changed"), (returned, "in Sage again"), (retired, "no longer in Sage") }.Where(p => p.Item1 > 0).ToList();
        return parts.Count == 0 ? "Nothing had changed" : string.Join(", ", parts.Select(p => $"{Numbers.Text(p.Item1)} {p.Item2}"));
    }

    private static string Refused(RefreshView run)
    {
        var names = run.Lists.Where(l => l.Stage is ListStage.NotAllowed).Select(l => l.List.Name()).ToList();
        return names.Count == 0 ? "" : $" Sage does not let this sign-in read: {string.Join(", ", names)}.";
    }

    private static string Asked(RefreshView run) =>
        string.Concat(run.Lists.Where(l => l.Stage is ListStage.NeedsConfirmation).Select(l => $" {l.List.Name()}: {Missing(l)}"));

    private static string Kept(RefreshView run) =>
        string.Concat(run.Lists.Where(l => l.Stage is ListStage.Kept).Select(l => $" {l.List.Name()} stayed as they were: {Numbers.Text(l.Missing)} of {Numbers.Text(l.Before)} were missing from Sage."));

    /// <summary>"0 of 641 came from Sage. They stay until an Admin decides."</summary>
    public static string Missing(ListProgressView list) =>
        $"{Numbers.Text(list.Before - list.Missing)} of {Numbers.Text(list.Before)} came from Sage. The other {Numbers.Text(list.Missing)} stay until an Admin decides.";

    /// <summary>What a screen reader is told while it goes on: the lists, not every count.</summary>
    public static string Spoken(RefreshView run) => run switch
    {
        { Status: RefreshStatus.Completed } => $"{Title(run)}: {Outcome(run)}",
        { Status: RefreshStatus.Failed } => $"{Title(run)}. {run.Problem}",
        { IsHeldUp: true } => $"{Title(run)}. {Progress(run)}",
        { IsLive: true } when run.Current.Any() => $"{Title(run)}: {string.Join(", ", run.Current.Select(l => l.List.Name()))}, {Lists(run)} done.",
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
}
