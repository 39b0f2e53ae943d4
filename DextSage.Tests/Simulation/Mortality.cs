using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace DextSage.Tests.Simulation;

/// <summary>A process that is dead does nothing any more: not even what its handlers of exceptions would like to.</summary>
internal sealed class ProcessDiedException() : Exception("The process has died.");

/// <summary>
/// Lets a process die before or after a durable write of its own choosing, and keeps the dead from the database. Its open connections close with it, and what
/// they had not committed is undone, as the operating system would see to.
/// </summary>
internal sealed class Mortality(OurProcess process) : IDbCommandInterceptor, ISaveChangesInterceptor, IDbTransactionInterceptor, IDbConnectionInterceptor
{
    private readonly HashSet<DbConnection> open = [];

    public void CloseAll()
    {
        foreach (var connection in open.ToList()) connection.Close();
        open.Clear();
    }

    ValueTask<InterceptionResult<int>> ISaveChangesInterceptor.SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken)
    {
        process.ComeTo($"before saving {Changed(eventData)}");
        return new(result);
    }

    ValueTask<int> ISaveChangesInterceptor.SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (eventData.Context?.Database.CurrentTransaction is null) process.ComeTo("after saving");
        return new(result);
    }

    ValueTask<InterceptionResult<int>> IDbCommandInterceptor.NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken)
    {
        if (IsUpdateOfItsOwn(eventData, command)) process.ComeTo("before an update");
        return new(Alive(result));
    }

    ValueTask<int> IDbCommandInterceptor.NonQueryExecutedAsync(DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken)
    {
        if (IsUpdateOfItsOwn(eventData, command)) process.ComeTo("after an update");
        return new(result);
    }

    ValueTask<InterceptionResult<DbDataReader>> IDbCommandInterceptor.ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken) => new(Alive(result));

    ValueTask<InterceptionResult<object>> IDbCommandInterceptor.ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken) => new(Alive(result));

    ValueTask<InterceptionResult> IDbTransactionInterceptor.TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData, InterceptionResult result, CancellationToken cancellationToken)
    {
        process.ComeTo("before a commit");
        return new(result);
    }

    Task IDbTransactionInterceptor.TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken)
    {
        process.ComeTo("after a commit");
        return Task.CompletedTask;
    }

    ValueTask<InterceptionResult> IDbConnectionInterceptor.ConnectionOpeningAsync(DbConnection connection, ConnectionEventData eventData, InterceptionResult result, CancellationToken cancellationToken) => new(Alive(result));

    Task IDbConnectionInterceptor.ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken)
    {
        open.Add(connection);
        return Task.CompletedTask;
    }

    Task IDbConnectionInterceptor.ConnectionClosedAsync(DbConnection connection, ConnectionEndEventData eventData)
    {
        open.Remove(connection);
        return Task.CompletedTask;
    }

    private T Alive<T>(T result) => process.IsDead ? throw new ProcessDiedException() : result;

    // Those within SaveChanges or a transaction are not durable before these are.
    private static bool IsUpdateOfItsOwn(CommandEventData eventData, DbCommand command) =>
        eventData.CommandSource is CommandSource.ExecuteUpdate or CommandSource.ExecuteDelete && command.Transaction is null;

    private static string Changed(DbContextEventData eventData) =>
        string.Join(", ", eventData.Context!.ChangeTracker.Entries().Where(e => e.State is not Microsoft.EntityFrameworkCore.EntityState.Unchanged).Select(e => e.Metadata.ClrType.Name).Distinct());
}
