using DextSage.Integration.Lists;

namespace DextSage.Tests.Layout;

/// <summary>Refreshes in the states that a banner can meet.</summary>
internal static class Runs
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static RefreshView Queued { get; } = Of(RefreshStatus.Queued, i => Waiting(i));

    /// <summary>The first two lists are in, suppliers are coming.</summary>
    public static RefreshView AtSuppliers(int seen, int? announced) => Of(RefreshStatus.Running, i => (int)i switch
    {
        < 2 => new(i, ListStage.Done, 40, 40, 40, 0, 0),
        2 => new(i, ListStage.Coming, seen, announced, 0, 0, 0),
        _ => Waiting(i),
    });

    public static RefreshView Completed(int added, int changed, int retired) =>
        Of(RefreshStatus.Completed, i => i is ListKind.Suppliers ? new(i, ListStage.Done, 640, 640, added, changed, retired) : new(i, ListStage.Done, 3, 3, 0, 0, 0));

    public static RefreshView Failed(string problem) => Of(RefreshStatus.Failed, i => Waiting(i)) with { Problem = problem };

    public static RefreshView Of(RefreshStatus status, Func<ListKind, ListProgressView> list) => new(
        Guid.CreateVersion7(), status, RefreshCause.Requested, Noon,
        status is RefreshStatus.Completed or RefreshStatus.Failed ? Noon : null, Problem: null, [.. Enum.GetValues<ListKind>().Select(list)]);

    private static ListProgressView Waiting(ListKind list) => new(list, ListStage.Waiting, 0, null, 0, 0, 0);
}
