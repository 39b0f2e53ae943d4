using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DextSage.Tests.Storage;

public enum DiskTrouble { Full, ReadOnly, Failing }

/// <summary>A disk on which no file can grow, or that takes no writing, or that fails: in a transaction SQLite answers as it does then.</summary>
internal sealed class SickDisk : DbTransactionInterceptor
{
    private const long Roomy = 1_073_741_823;

    /// <summary>Null for a disk that is well.</summary>
    public DiskTrouble? Trouble { get; set; }

    public override async ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (Trouble is DiskTrouble.ReadOnly) throw new SqliteException("SQLite Error 8: 'attempt to write a readonly database'.", 8);
        if (Trouble is DiskTrouble.Failing) throw new SqliteException("SQLite Error 10: 'disk I/O error'.", 10);
        await using var limit = connection.CreateCommand();
        limit.Transaction = result;
        // Fewer pages than there are means: as many as there are.
        limit.CommandText = string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {(Trouble is DiskTrouble.Full ? 1 : Roomy)}");
        await limit.ExecuteScalarAsync(cancellationToken);
        return result;
    }
}

/// <summary>The rows of one table cannot be written; all others can.</summary>
internal sealed class LockedTable(string table) : DbCommandInterceptor
{
    public bool IsLocked { get; set; }

    /// <summary>Completed by the first that cannot.</summary>
    public TaskCompletionSource Met { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (!IsLocked || !command.CommandText.Contains($"UPDATE \"{table}\"", StringComparison.Ordinal)) return new(result);
        Met.TrySetResult();
        throw new SqliteException("SQLite Error 13: 'database or disk is full'.", 13);
    }
}
