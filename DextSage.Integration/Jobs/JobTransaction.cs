using System.Data.Common;
using DextSage.Integration.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Jobs;

/// <summary>A transaction of ours with a job in it. Disposed of without a commit, neither the rows nor the job ever were.</summary>
public sealed class JobTransaction : IAsyncDisposable
{
    private readonly DextSageDb db;

    private JobTransaction(DextSageDb db, DbTransaction underlying) => (this.db, Underlying) = (db, underlying);

    internal DbTransaction Underlying { get; }

    internal static async Task<JobTransaction> BeginAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        var connection = db.Database.GetDbConnection();
        // Deferred takes SQLite's one write lock with the first write, not before it.
        var underlying = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(cancellationToken);
        await db.Database.UseTransactionAsync(underlying, cancellationToken);
        return new JobTransaction(db, underlying);
    }

    public Task CommitAsync(CancellationToken cancellationToken = default) => Underlying.CommitAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await db.Database.UseTransactionAsync(null);
        await Underlying.DisposeAsync();
        await db.Database.CloseConnectionAsync();
    }
}
