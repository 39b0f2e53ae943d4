using System.Diagnostics;
using DextSage.App;
using DextSage.App.Account;
using DextSage.App.Security;
using DextSage.Integration.Items;

namespace DextSage.Tests.Benches;

/// <summary>A thousand people with an inbox open: what each costs in memory, and how long a click takes until the screen shows its page.</summary>
internal static class DeskCircuits
{
    public const int Screens = 1_000;
    private const int Items = 2_000;
    private const int Warm = 20;
    private static readonly TimeSpan BetweenClicks = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(int count)
    {
        await using var premises = await Premises.OpenAsync(TimeSpan.Zero, suppliers: 100, people: (count + CircuitDoor.PerPerson - 1) / CircuitDoor.PerPerson + 1);
        await using (var db = premises.Open()) await DeskItems.FillAsync(db, ReadyPeople.All[0].Id, Items);
        var visitors = await premises.SignInAsync();
        var page = new Uri(premises.Home, Urls.Costs(ReadyPeople.BusinessSlug));

        // The first few pay for what is made once.
        var screens = await OpenAsync(page, [.. visitors.Take(1)], Warm);
        foreach (var screen in screens) await ClickAsync(screen, page, number: 2);
        var before = await premises.HeapAsync();
        screens.AddRange(await OpenAsync(page, [.. visitors.Skip(1)], count));
        var after = await premises.HeapAsync();

        var times = new List<double>();
        using var beat = new PeriodicTimer(BetweenClicks);
        var clicks = new List<Task<TimeSpan>>();
        foreach (var screen in screens.Skip(Warm))
        {
            await beat.WaitForNextTickAsync();
            clicks.Add(ClickAsync(screen, page, number: 2 + clicks.Count % 30));
        }

        times.AddRange((await Task.WhenAll(clicks)).Select(t => t.TotalMilliseconds).Order());
        var broken = screens.Count(s => s.Circuit.Error is not null);
        await Task.WhenAll(screens.Select(s => s.Circuit.DisposeAsync().AsTask()));
        return
        [
            new Figure("desk/heap-a-circuit-kb", (after - before) / count / 1024, 400),
            new Figure("desk/click-to-screen-p50-ms", times[times.Count / 2], 150),
            new Figure("desk/click-to-screen-p99-ms", times[(int)(times.Count * 0.99)], 150),
            new Figure("desk/broken-circuits", broken, 0),
        ];
    }

    private static async Task<List<Screen>> OpenAsync(Uri page, IReadOnlyList<TestApp.Visitor> visitors, int count)
    {
        var screens = Enumerable.Range(0, count).Select(_ => new Screen()).ToArray();
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, stop) =>
        {
            var shown = screens[i].ShowsAsync(DeskItems.Reference(Items - 1));
            screens[i].Circuit = await HeadlessCircuit.OpenAsync(page, visitors[i / CircuitDoor.PerPerson].Cookies, screens[i].Take);
            await shown.WaitAsync(Patience, stop);
        });
        return [.. screens];
    }

    /// <summary>Goes to another page of the list, as a click on its link does, until that page's first row is there.</summary>
    private static async Task<TimeSpan> ClickAsync(Screen screen, Uri page, int number)
    {
        var shown = screen.ShowsAsync(DeskItems.Reference(Items - 1 - (number - 1) * 50));
        var began = Stopwatch.GetTimestamp();
        await screen.Circuit.GoAsync(new Uri(page, $"?page={number}"));
        await shown.WaitAsync(Patience);
        return Stopwatch.GetElapsedTime(began);
    }

    /// <summary>What one open page shows.</summary>
    private sealed class Screen
    {
        private volatile Awaited? awaited;

        public HeadlessCircuit Circuit { get; set; } = null!;

        public Task ShowsAsync(string text)
        {
            var wanted = new Awaited(text);
            awaited = wanted;
            return wanted.Came.Task;
        }

        public void Take(ReadOnlyMemory<byte> batch)
        {
            if (awaited is { } wanted && HeadlessCircuit.Shows(batch, wanted.Text)) wanted.Came.TrySetResult();
        }

        private sealed record Awaited(string Text)
        {
            public TaskCompletionSource Came { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
