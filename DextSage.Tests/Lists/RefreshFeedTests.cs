using System.Collections.Concurrent;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Lists;

public sealed class RefreshFeedTests
{
    [Fact]
    public async Task Every_screen_is_shown_the_run_at_once_and_each_of_them_sees_it_end()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var before = (await workshop.Get<ListRefresh>().LatestAsync(workshop.Admin))!.RunId;
        var feed = workshop.Get<RefreshFeed>();
        var screens = Enumerable.Range(0, 20).Select(_ => new ConcurrentQueue<RefreshView>()).ToList();
        var watches = new List<IDisposable>();
        foreach (var screen in screens) watches.Add(await feed.WatchAsync(workshop.Standard, run => screen.Enqueue(run!)));
        Assert.All(screens, screen => Assert.Equal(before, Assert.Single(screen).RunId));

        var asked = await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);

        foreach (var screen in screens)
            await workshop.EventuallyAsync(() => Task.FromResult(screen.Last()), last => last.RunId == asked && !last.IsLive);
        watches.ForEach(watch => watch.Dispose());
    }

    [Fact]
    public async Task A_screen_that_has_gone_is_shown_nothing_more_and_the_next_one_to_come_is()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var feed = workshop.Get<RefreshFeed>();
        var gone = new ConcurrentQueue<RefreshView?>();
        (await feed.WatchAsync(workshop.Admin, gone.Enqueue)).Dispose();
        var shown = gone.Count;
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
            await db.RefreshRuns.ExecuteUpdateAsync(set => set.SetProperty(r => r.Problem, "Changed while nobody looked"));

        var next = new ConcurrentQueue<RefreshView?>();
        using var watch = await feed.WatchAsync(workshop.Admin, next.Enqueue);

        Assert.Equal("Changed while nobody looked", Assert.Single(next)!.Problem);
        Assert.Equal(shown, gone.Count);
    }
}
