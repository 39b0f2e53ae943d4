namespace DextSage.Integration.Lists;

/// <param name="RowsPerSecond">Over the last seconds; at least 1.</param>
/// <param name="Left">Until the last row is in, at that rate; null until Sage has said of every list how long it is.</param>
public sealed record RefreshPace(int RowsPerSecond, TimeSpan? Left);

/// <summary>
/// Measures how fast a run comes on by what its row says from moment to moment. It knows nothing until it has seen rows come in for a while, nor
/// while the run waits: then it says nothing.
/// </summary>
internal sealed class RefreshPaceMeter
{
    private static readonly TimeSpan AtLeast = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(10);

    private readonly Queue<(DateTimeOffset At, int Seen)> marks = new();
    private Guid run;

    public RefreshView? Measure(RefreshView? view)
    {
        if (view is not { Status: RefreshStatus.Running, WaitingBecause: null, StorageTrouble: null, At: { } now })
        {
            marks.Clear();
            return view;
        }

        if (view.RunId != run) marks.Clear();
        run = view.RunId;
        marks.Enqueue((now, view.Seen));
        while (now - marks.Peek().At > AtMost) marks.Dequeue();
        var (since, seen) = marks.Peek();
        return now - since < AtLeast || view.Seen <= seen ? view : view with { Pace = Of(view, view.Seen - seen, now - since) };
    }

    /// <param name="rows">That came in within <paramref name="time"/>.</param>
    private static RefreshPace Of(RefreshView view, int rows, TimeSpan time)
    {
        var open = view.Lists.Where(l => l.Stage is ListStage.Waiting or ListStage.Coming).ToList();
        var left = open.Sum(l => l.Announced - l.Seen) ?? 0;
        var isKnown = left > 0 && open.TrueForAll(l => l.Announced is not null);
        return new RefreshPace((int)Math.Max(1, rows * TimeSpan.TicksPerSecond / time.Ticks), isKnown ? TimeSpan.FromTicks(left * time.Ticks / rows) : null);
    }
}
