using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Storage;

/// <summary>
/// For as long as it lasts, a context's connection stays open and keeps in memory what SQLite notes to undo a single statement. Each new item moves triggers, and each trigger has all pages
/// noted that its statement touches: for many items in one transaction, in a file beside the database (https://sqlite.org/tempfiles.html#statement_journal_files).
/// </summary>
internal sealed class UndoInMemory : IAsyncDisposable
{
    private readonly DextSageDb db;

    private UndoInMemory(DextSageDb db) => this.db = db;

    public static async Task<UndoInMemory> BeginAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        await db.Database.ExecuteSqlRawAsync("PRAGMA temp_store = MEMORY", cancellationToken);
        return new UndoInMemory(db);
    }

    /// <summary>Whoever is lent the connection next finds it as it was.</summary>
    public async ValueTask DisposeAsync()
    {
        await db.Database.ExecuteSqlRawAsync("PRAGMA temp_store = DEFAULT", CancellationToken.None);
        await db.Database.CloseConnectionAsync();
    }
}
