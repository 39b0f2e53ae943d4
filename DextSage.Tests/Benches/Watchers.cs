using System.Globalization;
using DextSage.App;
using DextSage.App.Account;
using DextSage.App.Security;
using DextSage.Integration.Lists;

namespace DextSage.Tests.Benches;

/// <summary>
/// A thousand open pages watch a refresh: how long until the last of them shows what the row says, whether any misses the end or comes back stale
/// from a lost connection, and what it costs the refresh.
/// </summary>
internal static class Watchers
{
    private const int Screens = 1_000;
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
        var unwatched = await FastestAsync(premises, times: 3);

        var screens = Enumerable.Range(0, count).Select(_ => new WatchedScreen()).ToList();
        var circuits = await OpenAsync(premises, screens);
        try
        {
            var watched = await FastestAsync(premises, times: 3, before: () => screens.ForEach(s => s.Forget()));
            var lags = Lags(screens).Order().ToList();
            var missed = await CountAsync(screens, s => !IsAtEnd(s, watched.Run));

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
                new Figure("watchers/refresh-slowdown", watched.Took / unwatched.Took, 1.1),
            ];
        }
        finally
        {
            await Task.WhenAll(circuits.Select(c => c.DisposeAsync().AsTask()));
        }
    }

    private static async Task<(TimeSpan Took, RefreshView Run)> FastestAsync(Premises premises, int times, Action? before = null)
    {
        (TimeSpan Took, RefreshView Run) best = (TimeSpan.MaxValue, null!);
        for (var i = 0; i < times; i++)
        {
            before?.Invoke();
            var run = await premises.RefreshAsync();
            var took = run.EndedAt!.Value - run.StartedAt!.Value;
            best = (took < best.Took ? took : best.Took, run);
        }

        return best;
    }

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

    /// <summary>For each state that was shown: from the row's change until the last screen had it, or a newer one.</summary>
    private static IEnumerable<TimeSpan> Lags(List<WatchedScreen> screens) =>
        from state in screens.SelectMany(s => s.Seen.Keys).Distinct()
        select screens.Max(s => s.Seen.Where(seen => seen.Key >= state).Select(seen => seen.Value).DefaultIfEmpty(DateTimeOffset.MaxValue).Min()) - state;

    private static bool IsAtEnd(WatchedScreen screen, RefreshView run) => screen.Last >= run.EndedAt!.Value.AddMilliseconds(-1);

    /// <summary>How many are still so when everybody has had time enough.</summary>
    private static async Task<int> CountAsync(IEnumerable<WatchedScreen> screens, Func<WatchedScreen, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (screens.Any(isSo) && !patience.IsCancellationRequested) await Task.Delay(100);
        return screens.Count(isSo);
    }
}
