using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Browser;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items.Bulk;

/// <summary>The program is killed in the middle of a run over many items, and started again on its folder.</summary>
public sealed class KilledRun
{
    private const int Many = BulkWork.ItemsAtATime * 5 + 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task The_run_comes_to_its_end_and_changes_each_item_exactly_once()
    {
        var folder = TestApp.NewFolder();
        try
        {
            // The program makes its database; what is asked for stands in it before it is started again.
            await (await StartAsync(folder)).DisposeAsync();
            var run = await AskAsync(folder);

            // Killed where it is, at once and once more: most likely between the first write of a stretch and its commit.
            foreach (var beyond in new[] { 0, BulkWork.ItemsAtATime })
            {
                await using var app = await StartAsync(folder);
                await EventuallyAsync(folder, db => db.BulkRuns.IgnoreQueryFilters().AnyAsync(r => r.Id == run && r.Position > beyond));
                await app.KillAsync();
            }

            await using (var db = Open(folder))
            {
                var broken = await db.BulkRuns.IgnoreQueryFilters().AsNoTracking().SingleAsync(r => r.Id == run);
                Assert.True(broken.Status is BulkStatus.Running && broken.Position < Many, "It had ended before it was killed.");
                Assert.Equal(broken.Position, await db.Items.IgnoreQueryFilters().CountAsync(i => i.Note == "noted"));
            }

            await using (await StartAsync(folder)) await EventuallyAsync(folder, db => db.BulkRuns.IgnoreQueryFilters().AnyAsync(r => r.Id == run && r.EndedAt != null));
            await using (var db = Open(folder))
            {
                var ended = await db.BulkRuns.IgnoreQueryFilters().AsNoTracking().SingleAsync(r => r.Id == run);
                Assert.Equal((BulkStatus.Completed, Many, Many, 0, 0), (ended.Status, ended.Position, ended.Done, ended.Skipped, ended.Failed));
                Assert.Equal(Many, await db.Items.IgnoreQueryFilters().CountAsync(i => i.Version == 1 && i.Note == "noted"));
                Assert.Equal(Many, await db.ItemChanges.IgnoreQueryFilters().Where(c => c.Field == ItemField.Note && c.From == null && c.To == "noted").Select(c => c.ItemId).CountAsync());
                Assert.Equal(Many, await db.BulkResults.IgnoreQueryFilters().Where(r => r.RunId == run && r.Outcome == BulkOutcome.Done && r.Version == 1).Select(r => r.ItemId).Distinct().CountAsync());
                Assert.Equal("ok", await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS Value FROM pragma_integrity_check").SingleAsync());
                await db.Database.ExecuteSqlRawAsync("INSERT INTO ItemSearch(ItemSearch, rank) VALUES('integrity-check', 1)");
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Folders.Delete(folder);
        }
    }

    private static Task<AppProcess> StartAsync(string folder) => AppProcess.StartAsync(
        $"--DextSage:Url=http://localhost:{TestApp.FreePort()}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=true", "--environment=Production", "--Sandbox:Latency=00:00:00");

    /// <summary>The rows that the desk writes when somebody edits many items.</summary>
    private static async Task<Guid> AskAsync(string folder)
    {
        await using var everyone = Open(folder);
        var member = await everyone.Memberships.IgnoreQueryFilters().AsNoTracking().FirstAsync(m => m.Role == Role.Admin);
        await using var db = Open(folder, member.BusinessId);
        var items = Enumerable.Range(0, Many).Select(n => new Item
        {
            BusinessId = member.BusinessId, Code = ItemCode.New(), OwnerId = member.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(n), Status = ItemStatus.ToReview, Reference = $"R{n}",
        }).ToList();
        var run = new BulkRun { BusinessId = member.BusinessId, PersonId = member.PersonId, Action = BulkAction.Edit, Edits = BulkEdits.Write([new ItemEdit.SetNote("noted")]), AskedAt = TimeProvider.System.GetUtcNow(), Total = Many };
        db.AddRange(items);
        db.AddRange(run, new BulkSelection { RunId = run.Id, BusinessId = run.BusinessId, Items = BulkSelection.Pack(items.ConvertAll(i => i.Id)) });
        await db.SaveChangesAsync();
        return run.Id;
    }

    private static async Task EventuallyAsync(string folder, Func<DextSageDb, Task<bool>> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        await using var db = Open(folder);
        while (!await isSo(db)) await again.WaitForNextTickAsync(patience.Token);
    }

    private static DextSageDb Open(string folder, Guid business = default)
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(folder).Configure(options);
        return new DextSageDb(options.Options) { BusinessId = business };
    }
}
