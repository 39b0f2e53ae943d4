using System.Diagnostics;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Storage;

public sealed class BusyWaitTests
{
    [Fact]
    public async Task Whoever_waits_for_another_writer_goes_on_as_soon_as_that_one_is_done()
    {
        var folder = Folders.New("busy");
        try
        {
            await using var one = Open(folder);
            await using var other = Open(folder);
            await one.Database.ExecuteSqlRawAsync("CREATE TABLE Papers (Id INTEGER)", TestContext.Current.CancellationToken);
            var waits = new List<TimeSpan>();
            for (var turn = 0; turn < 5; turn++)
            {
                await using var transaction = await one.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
                using var begun = new ManualResetEventSlim();
                var waiting = Task.Run(() =>
                {
                    begun.Set();
                    other.Database.ExecuteSqlRaw("INSERT INTO Papers VALUES (1)");
                    return Stopwatch.GetTimestamp();
                }, TestContext.Current.CancellationToken);
                begun.Wait(TestContext.Current.CancellationToken);
                await Task.Delay(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken);
                var done = Stopwatch.GetTimestamp();
                await transaction.CommitAsync(TestContext.Current.CancellationToken);
                waits.Add(Stopwatch.GetElapsedTime(done, await waiting));
            }

            // The best of a few, since the machine may be busy too; never less than the rest of 150 ms where the driver waits.
            Assert.InRange(waits.Min(), TimeSpan.MinValue, TimeSpan.FromMilliseconds(100));
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Folders.Delete(folder);
        }
    }

    private static DextSageDb Open(string folder)
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(folder).Configure(options);
        return new DextSageDb(options.Options);
    }
}
