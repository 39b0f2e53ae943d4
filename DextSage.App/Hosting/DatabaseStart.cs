using DextSage.Integration.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DextSage.App.Hosting;

/// <summary>Brings the database to this version's schema, before anything else opens it.</summary>
internal static class DatabaseStart
{
    /// <exception cref="StartRefusedException">The database is newer than this program, or is none.</exception>
    public static async Task BringUpToDateAsync(IServiceProvider services)
    {
        var contexts = services.GetRequiredService<IDbContextFactory<DextSageDb>>();
        await using var db = await contexts.CreateDbContextAsync();
        try
        {
            await RefuseNewerAsync(db);
            await DropStaleLockAsync(db);
            await db.Database.MigrateAsync();
        }
        catch (SqliteException e)
        {
            throw new StartRefusedException($"The database {services.GetRequiredService<DatabaseOptions>().SqlitePath} cannot be used: {e.Message}");
        }
    }

    private static async Task RefuseNewerAsync(DextSageDb db)
    {
        var known = db.Database.GetMigrations().ToHashSet(StringComparer.Ordinal);
        var strange = (await db.Database.GetAppliedMigrationsAsync()).FirstOrDefault(m => !known.Contains(m));
        if (strange is not null)
            throw new StartRefusedException(
                $"The database was made by a newer version of DextSage (it knows '{strange}', this version does not). " +
                "Start that version, or restore a backup that this version made. Nothing was changed.");
    }

    // EF Core marks a running migration with a row, and waits for ever on one that a killed process left behind. We hold
    // the data folder's lock, so such a row is nobody's.
    private static Task DropStaleLockAsync(DextSageDb db) =>
        db.Database.IsSqlite() && File.Exists(new SqliteConnectionStringBuilder(db.Database.GetConnectionString()).DataSource)
            ? db.Database.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"")
            : Task.CompletedTask;
}
