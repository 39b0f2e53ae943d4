using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using DextSage.Tests.Lists;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Storage;

/// <summary>SQLite has one writer at a time, and its log shrinks only when nobody reads an old state.</summary>
public sealed class BusyDatabase
{
    private static readonly TimeSpan ForSeconds = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task A_writer_that_holds_the_database_for_seconds_is_waited_for_by_everybody_and_no_reader_minds()
    {
        await using var workshop = await Workshop.OpenAsync(o => o.NewGrantEndsEarlierOnes = false);
        var code = (await workshop.WithSamplesAsync())[0].Code;
        var version = (await workshop.ItemAsync(code)).Version;
        var tokens = workshop.Get<ISageTokens>();
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var grant = await db.Grants.Select(g => g.Id).SingleAsync();
        var old = await tokens.GetAccessTokenAsync(grant, CancellationToken.None);
        var supplier = (await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Northgate"))[0].Id;

        await using var other = await OpenAsync(workshop);
        Task[] writers;
        await using (var held = other.BeginTransaction(deferred: false))
        {
            using var release = new PeriodicTimer(ForSeconds);
            // Whoever waits for SQLite keeps a thread.
            writers =
            [
                Task.Run(() => workshop.Get<ItemDesk>().EditAsync(workshop.Admin, code, new ItemEdit.SetNote("While it was busy"), version)),
                Task.Run(() => workshop.Get<ListVisibility>().SetAsync(workshop.Admin, new ListQuery(ListKind.Suppliers), [supplier], visible: false)),
                Task.Run(() => workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin)),
                Task.Run(() => tokens.RenewAsync(grant, old, CancellationToken.None).AsTask()),
                Task.Run(() => workshop.Get<ListRefresh>().RequestAsync(workshop.Admin)),
            ];

            await workshop.InboxAsync();
            await workshop.Get<ListRefresh>().LatestAsync(workshop.Standard);
            await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Standard);
            Assert.DoesNotContain(writers, w => w.IsCompleted);
            await release.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        await Task.WhenAll(writers).WaitAsync(Workshop.Patience);
        Assert.Equal("While it was busy", (await workshop.ItemAsync(code)).Note);
        Assert.DoesNotContain(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Northgate"), s => s.Id == supplier);
        Assert.NotEqual(old, await tokens.GetAccessTokenAsync(grant, CancellationToken.None));
        Assert.Equal(RefreshStatus.Completed, (await workshop.RefreshedAsync()).Status);
    }

    [Fact]
    public async Task A_reader_that_stays_keeps_nobody_from_writing_and_once_it_has_gone_the_log_is_given_back()
    {
        await using var workshop = await Refreshes.OpenLargeAsync(suppliers: 2500);
        var clock = new FakeTimeProvider();
        using var keeper = await KeeperAsync(workshop, clock);
        await using (var reader = await OpenAsync(workshop))
        {
            await using var old = reader.BeginTransaction(deferred: true);
            await CountAsync(reader);
            await RewriteAsync(workshop, times: 24);
            Assert.True(LogLength(workshop) > WriteAheadLog.LongEnough, $"{LogLength(workshop)}: the reader holds the log, otherwise this shows nothing.");
            clock.Advance(WriteAheadLog.Every);
        }

        await ShortenedAsync(workshop, clock);
        var run = await workshop.RefreshWholeAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.InRange(LogLength(workshop), 0, WriteAheadLog.LongEnough);
        await keeper.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Readers_who_take_turns_without_a_pause_do_not_let_the_log_grow_for_ever()
    {
        await using var workshop = await Refreshes.OpenLargeAsync(suppliers: 2500);
        var clock = new FakeTimeProvider();
        using var keeper = await KeeperAsync(workshop, clock);
        using var enough = new CancellationTokenSource();
        var readers = Task.Run(() => ReadOnAsync(workshop, enough.Token));

        for (var round = 0; round < 2; round++)
        {
            await RewriteAsync(workshop, times: 24);
            await ShortenedAsync(workshop, clock);
        }

        await enough.CancelAsync();
        await readers;
        await keeper.StopAsync(CancellationToken.None);
    }

    private static async Task<WriteAheadLog> KeeperAsync(Workshop workshop, TimeProvider clock)
    {
        var keeper = new WriteAheadLog(new DatabaseOptions(workshop.DataFolder), clock, NullLogger<WriteAheadLog>.Instance);
        await keeper.StartAsync(CancellationToken.None);
        return keeper;
    }

    /// <summary>In the next minutes.</summary>
    private static Task<long> ShortenedAsync(Workshop workshop, FakeTimeProvider clock) => workshop.EventuallyAsync(() =>
    {
        clock.Advance(WriteAheadLog.Every);
        return Task.FromResult(LogLength(workshop));
    }, length => length < WriteAheadLog.LongEnough);

    /// <summary>Each time most of a mebibyte.</summary>
    private static async Task RewriteAsync(Workshop workshop, int times)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        for (var i = 0; i < times; i++) await db.Suppliers.ExecuteUpdateAsync(set => set.SetProperty(s => s.VisibilityChange, Guid.NewGuid()));
    }

    private static async Task ReadOnAsync(Workshop workshop, CancellationToken enough)
    {
        await using var one = await OpenAsync(workshop);
        await using var other = await OpenAsync(workshop);
        var last = one.BeginTransaction(deferred: true);
        for (var next = other; !enough.IsCancellationRequested; next = next == other ? one : other)
        {
            // Before one of them stops reading, the other has begun.
            await using var ends = last;
            last = next.BeginTransaction(deferred: true);
            await CountAsync(next);
        }

        await last.DisposeAsync();
    }

    private static async Task CountAsync(SqliteConnection connection)
    {
        await using var count = connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM Suppliers";
        await count.ExecuteScalarAsync();
    }

    private static async Task<SqliteConnection> OpenAsync(Workshop workshop)
    {
        var connection = new SqliteConnection(new DatabaseOptions(workshop.DataFolder).ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static long LogLength(Workshop workshop) => new FileInfo(new DatabaseOptions(workshop.DataFolder).SqlitePath + "-wal") is { Exists: true, Length: var length } ? length : 0;
}
