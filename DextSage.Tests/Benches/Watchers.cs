using System.Globalization;
using DextSage.App;
using DextSage.App.Account;
using DextSage.App.Security;
using DextSage.Integration.Lists;

namespace DextSage.Tests.Benches;

/// <summary>
/// A thousand open pages watch a refresh: how long from each change of its row until the last of them shows it, whether any misses the end or comes back stale
/// from a lost connection, and what it costs the refresh. The browsers' halves run on the same machine, and are part of that cost.
/// </summary>
internal static class Watchers
{
    private const int Screens = 1_000;
    private const int Times = 3;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(string[] args)
    {
        var figures = await MeasureAsync(args is [var number] ? int.Parse(number, CultureInfo.InvariantCulture) : Screens);
        foreach (var figure in figures) Console.WriteLine(figure);
        return figures.All(f => f.IsOk) ? 0 : 1;
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAsync(int count)
    {
        await using var premises = await Premises.OpenAsync(Latency, suppliers: 20_000, people: (count + CircuitDoor.PerPerson - 1) / CircuitDoor.PerPerson);
        await premises.RefreshAsync();
        var unwatched = TimeSpan.MaxValue;
        // Looked at in the same way, so that the screens are all the difference.
        for (var i = 0; i < Times; i++) unwatched = Shorter(unwatched, (await premises.RefreshWithChangesAsync()).Run);

        var screens = Enumerable.Range(0, count).Select(_ => new WatchedScreen()).ToList();
        var circuits = await OpenAsync(premises, screens);
        try
        {
            var (watched, lags, missed) = (TimeSpan.MaxValue, new List<TimeSpan>(), 0);
            for (var i = 0; i < Times; i++)
            {
                screens.ForEach(s => s.Forget());
                var (run, changes) = await premises.RefreshWithChangesAsync();
                watched = Shorter(watched, run);
                missed += await CountAsync(screens, s => !IsAtEnd(s, run));
                lags.AddRange(Lags(screens, changes));
            }

            lags.Sort();

            screens.ForEach(s => s.Forget());
            var refresh = premises.RefreshAsync();
            await Task.WhenAll(circuits.Take(count / 10).Select(c => c.ReconnectAsync(away: TimeSpan.FromSeconds(2))));
            var last = await refresh;
            var stale = await CountAsync(screens.Take(count / 10), s => !IsAtEnd(s, last));

            return
            [
                new Figure("watchers/last-screen-p95-ms", lags[(int)(lags.Count * 0.95)].TotalMilliseconds, 500),
                new Figure("watchers/missed", missed, 0),
                new Figure("watchers/stale-after-reconnect", stale, 0),
                new Figure("watchers/broken-circuits", circuits.Count(c => c.Error is not null), 0),
                new Figure("watchers/refresh-slowdown", watched / unwatched, 1.1),
            ];
        }
        finally
        {
            await Task.WhenAll(circuits.Select(c => c.DisposeAsync().AsTask()));
        }
    }

    private static TimeSpan Shorter(TimeSpan one, RefreshView run) => run.EndedAt!.Value - run.StartedAt!.Value is var took && took < one ? took : one;

    private static async Task<List<HeadlessCircuit>> OpenAsync(Premises premises, List<WatchedScreen> screens)
    {
        var visitors = await premises.SignInAsync();
        var circuits = new HeadlessCircuit[screens.Count];
        var page = new Uri(premises.Home, Urls.Costs(ReadyPeople.BusinessSlug));
        await Parallel.ForAsync(0, screens.Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) =>
            circuits[i] = await HeadlessCircuit.OpenAsync(page, visitors[i / CircuitDoor.PerPerson].Cookies, screens[i].Take));
        await CountAsync(screens, s => s.Seen.Count == 0);
        return [.. circuits];
    }

    /// <summary>For each change of the row, shown by itself or not: how long until the last screen had it, or a newer one.</summary>
    private static IEnumerable<TimeSpan> Lags(List<WatchedScreen> screens, IEnumerable<DateTimeOffset> changes) =>
        from change in changes
        select screens.Max(s => s.Seen.Where(seen => seen.Key >= Shown(change)).Select(seen => seen.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min()) - change;

    private static bool IsAtEnd(WatchedScreen screen, RefreshView run) => screen.Last >= Shown(run.EndedAt!.Value);

    /// <summary>A screen has its time to the millisecond.</summary>
    private static DateTimeOffset Shown(DateTimeOffset change) => new(change.UtcTicks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    /// <summary>How many are still so when everybody has had time enough.</summary>
    private static async Task<int> CountAsync(IEnumerable<WatchedScreen> screens, Func<WatchedScreen, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (screens.Any(isSo) && !patience.IsCancellationRequested) await Task.Delay(100);
        return screens.Count(isSo);
    }
}
