using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Storage;

/// <summary>For as long as it lasts, a context's open connection is set for writing much at once, for work that begins again where the database left off.</summary>
/// <remarks>
/// The rows of a large transaction stay in memory until it is committed, and what was committed goes into the database file less often. A power cut may undo the
/// last transactions, whole and in their order; a process that is killed loses none. See https://sqlite.org/pragma.html.
/// </remarks>
internal sealed class BulkWriting : IAsyncDisposable
{
    // Twelve megabytes of pages; 8,000 pages of four kilobytes.
    private const string Much = "PRAGMA synchronous = NORMAL; PRAGMA cache_size = -12000; PRAGMA wal_autocheckpoint = 8000";

    private readonly DextSageDb db;

    private BulkWriting(DextSageDb db) => this.db = db;

    public static async Task<BulkWriting> BeginAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync(Much, cancellationToken);
        return new BulkWriting(db);
    }

    /// <summary>Nobody else is lent the connection: it ends here, whatever state it is in.</summary>
    public async ValueTask DisposeAsync()
    {
        SqliteConnection.ClearPool((SqliteConnection)db.Database.GetDbConnection());
        await db.Database.CloseConnectionAsync();
    }
}
