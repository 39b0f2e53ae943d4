using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Storage;

/// <summary>
/// Keeps SQLite's write-ahead log short. By itself SQLite begins the log anew only in a moment in which nobody reads, and never gives back what it has grown
/// to: many open pages, or one reader that stayed for long, would leave it as long as all that was written meanwhile.
/// </summary>
public sealed partial class WriteAheadLog(DatabaseOptions database, TimeProvider time, ILogger<WriteAheadLog> logger) : BackgroundService
{
    internal static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>In bytes. SQLite itself writes the log back at 4 MiB.</summary>
    internal const long LongEnough = 16 * 1024 * 1024;

    // Milliseconds. So long writers may be held up while those who read an old state come to their end.
    private const int WaitForReaders = 2000;

    private FileInfo File => new(database.SqlitePath + "-wal");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (File is { Exists: true, Length: > LongEnough }) await ShortenAsync(stoppingToken);
            }
            catch (SqliteException e)
            {
                Log.NotShortened(logger, e);
            }
        }
    }

    private async Task ShortenAsync(CancellationToken cancellationToken)
    {
        // A connection of its own: SQLite's way of waiting, which this needs, is not that of the others.
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder(database.ConnectionString) { Pooling = false }.ToString());
        await connection.OpenAsync(cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA busy_timeout = {WaitForReaders}; PRAGMA wal_checkpoint(TRUNCATE)";
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The database's log could not be shortened; it is tried again")]
        public static partial void NotShortened(ILogger logger, Exception exception);
    }
}
