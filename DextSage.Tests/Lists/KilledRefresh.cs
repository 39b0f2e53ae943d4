using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Benches;
using DextSage.Tests.Sandbox;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>A process that is killed in the middle of a refresh, and another that is started on its folder.</summary>
public sealed class KilledRefresh
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_run_goes_on_behind_the_last_page_kept_and_counts_nothing_twice()
    {
        await using var sandbox = await SandboxHost.StartAsync(o =>
        {
            (o.LargeSuppliers, o.NewGrantEndsEarlierOnes) = (2500, false);
            o.RedirectUris.Add(BenchSage.Callback);
        });
        var folder = Folders.New("killed");
        try
        {
            // Of the fourteen pages of contacts six come, and the others never.
            await sandbox.FaultAsync(new { method = "GET", path = "/contacts", kind = "slow", times = 1000, delayMs = 3_600_000, skip = 6 });
            using (var first = await ContestantProcess.StartAppAsync(sandbox.Home, folder))
            {
                await first.TellAsync("connect Marsh_&_Daughters_Ltd");
                await EventuallyAsync(folder, async db => await db.RefreshPages.IgnoreQueryFilters().CountAsync(p => p.Question == "Suppliers" || p.Question == "Customers") == 6);
                await first.KillAsync();
            }

            using var wire = sandbox.Wire();
            (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
            (await wire.DeleteAsync("control/journal")).EnsureSuccessStatusCode();
            using var second = await ContestantProcess.StartAppAsync(sandbox.Home, folder);
            await EventuallyAsync(folder, db => db.RefreshRuns.IgnoreQueryFilters().AnyAsync(r => r.EndedAt != null));

            await using var db = Open(folder);
            var run = await db.RefreshRuns.IgnoreQueryFilters().Include(r => r.Lists).SingleAsync();
            Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
            var suppliers = run.Lists.Single(l => l.List == ListKind.Suppliers);
            Assert.Equal((2501, 2501, 2501), (suppliers.Seen, suppliers.Added, suppliers.Announced));
            Assert.Equal(2501, await db.Suppliers.IgnoreQueryFilters().CountAsync());
            using var sage = new BenchSage(sandbox.Home);
            Assert.Equal(14 - 6, (await sage.ListRequestsAsync()).Count(r => r.StartsWith("/contacts", StringComparison.Ordinal)));
            Assert.Equal("ok", await IntegrityAsync(folder));
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Folders.Delete(folder);
        }
    }

    private static async Task EventuallyAsync(string folder, Func<DextSageDb, Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (true)
        {
            await using (var db = Open(folder))
                if (await isSo(db)) return;
            await again.WaitForNextTickAsync(patience.Token);
        }
    }

    private static async Task<string?> IntegrityAsync(string folder)
    {
        await using var connection = new SqliteConnection(new DatabaseOptions(folder).ConnectionString);
        await connection.OpenAsync();
        await using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return (string?)await check.ExecuteScalarAsync();
    }

    private static DextSageDb Open(string folder)
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(folder).Configure(options);
        return new DextSageDb(options.Options);
    }
}
