using System.Diagnostics;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Benches;

/// <summary>How much longer a page of the inbox takes with 100,000 items than with 1,000: as it opens, far down, sorted, filtered and searched.</summary>
internal static class DeskPages
{
    private const int Few = 1_000;
    private const int Many = 100_000;
    private const int Rounds = 60;
    private const double Target = 1.5;

    /// <summary>The same question of both, with the same number of rows in the answer.</summary>
    private static readonly (string Name, Func<int, InboxQuery> Ask)[] Questions =
    [
        ("page", _ => new InboxQuery(new ItemFilter())),
        ("page-ready", _ => new InboxQuery(new ItemFilter(Tab: InboxTab.Ready))),
        ("search", count => new InboxQuery(new ItemFilter { Search = DeskItems.Reference(count / 2) })),
    ];

    /// <summary>What has more to do where there is more: told, and held against nothing but patience.</summary>
    private static readonly (string Name, InboxQuery Ask)[] Large =
    [
        ("last-page", new InboxQuery(new ItemFilter(), Page: Many / 50 - 1)),
        ("sorted-by-date", new InboxQuery(new ItemFilter(), InboxColumn.Date)),
        ("sorted-by-supplier", new InboxQuery(new ItemFilter(), InboxColumn.Party, Descending: false)),
        ("filtered-by-amount", new InboxQuery(new ItemFilter { Total = new(50, 50.5m) })),
        ("common-search", new InboxQuery(new ItemFilter { Search = "Supplier number 7" })),
    ];

    public static async Task<IReadOnlyList<Figure>> MeasureAsync()
    {
        await using var few = await OpenAsync(Few);
        await using var many = await OpenAsync(Many);
        var figures = new List<Figure>();
        foreach (var (name, ask) in Questions)
        {
            // In turns, so that whatever else goes on weighs on both.
            var (quick, slow) = (new List<double>(), new List<double>());
            for (var round = -5; round < Rounds; round++)
            {
                var (one, other) = (await TimeAsync(few, ask(Few)), await TimeAsync(many, ask(Many)));
                if (round < 0) continue;
                quick.Add(one);
                slow.Add(other);
            }

            figures.Add(new Figure($"desk/{name}-100k-over-1k", Median(slow) / Median(quick), Target));
            figures.Add(new Figure($"desk/{name}-100k-ms", Median(slow), 100));
        }

        foreach (var (name, query) in Large)
        {
            var times = new List<double>();
            for (var round = 0; round < 7; round++) times.Add(await TimeAsync(many, query));
            figures.Add(new Figure($"desk/{name}-100k-ms", Median(times), 500));
        }

        return figures;
    }

    private static async Task<double> TimeAsync(Desk desk, InboxQuery query)
    {
        var began = Stopwatch.GetTimestamp();
        var page = await desk.Inbox.PageAsync(desk.Caller, query);
        return page.Rows.Count == 0 ? throw new InvalidOperationException("Nothing was found.") : Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

    private static async Task<Desk> OpenAsync(int count)
    {
        var folder = Folders.New("desk");
        var services = new ServiceCollection().AddLogging();
        services.AddDataProtection();
        var provider = services.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri("https://books.example/connect/sage/callback"))).BuildServiceProvider();
        var store = provider.GetRequiredService<BusinessStore>();
        var caller = new Caller(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var everyone = await store.OpenForEveryoneAsync())
        {
            await everyone.Database.MigrateAsync();
            everyone.Add(new Business { Id = caller.BusinessId, Slug = "desk", Name = "Desk", CreatedAt = DateTimeOffset.UnixEpoch });
            everyone.Add(new Person { Id = caller.PersonId, UserName = "desk", DisplayName = "Alma Marsh" });
            await everyone.SaveChangesAsync();
        }

        await using var db = store.OpenForJob(caller.BusinessId);
        db.Add(new Membership { BusinessId = caller.BusinessId, PersonId = caller.PersonId, Role = Role.Admin });
        await db.SaveChangesAsync();
        await DeskItems.FillAsync(db, caller.PersonId, count);
        return new Desk(folder, provider, caller);
    }

    private sealed record Desk(string Folder, ServiceProvider Services, Caller Caller) : IAsyncDisposable
    {
        public Inbox Inbox { get; } = Services.GetRequiredService<Inbox>();

        public async ValueTask DisposeAsync()
        {
            await Services.DisposeAsync();
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Folders.Delete(Folder);
        }
    }
}
