using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using static SQLitePCL.raw;

namespace DextSage.Integration.Storage;

/// <summary>
/// SQLite has one writer at a time, and most have done in less than a millisecond. Microsoft.Data.Sqlite sleeps for 150 ms before it asks again; SQLite itself
/// asks after one, two, five. So SQLite does the waiting.
/// </summary>
internal sealed class BusyWait : DbConnectionInterceptor
{
    public static readonly BusyWait Instance = new();

    /// <summary>Milliseconds; the connection string's command timeout.</summary>
    private const int Longest = 30_000;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Set(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Set(connection);
        return Task.CompletedTask;
    }

    private static void Set(DbConnection connection) => sqlite3_busy_timeout(((SqliteConnection)connection).Handle!, Longest);
}
