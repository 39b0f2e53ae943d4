using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DextSage.Integration.Storage;

/// <summary>
/// Writes what EF Core's tracker says has changed of many rows, by one prepared statement per set of changed columns: what SaveChanges does with a statement of its own
/// for each row. Concurrency tokens count as they do there.
/// </summary>
internal sealed class ChangedRows<T>(DextSageDb db) : IAsyncDisposable where T : class, IBusinessOwned
{
    private readonly Dictionary<string, Statement> statements = new(StringComparer.Ordinal);

    /// <exception cref="DbUpdateConcurrencyException">A row was changed by somebody else meanwhile.</exception>
    public async Task WriteAsync(IEnumerable<EntityEntry<T>> rows, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            foreach (var row in rows) await WriteAsync(row, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task WriteAsync(EntityEntry<T> row, CancellationToken cancellationToken)
    {
        if (row.Entity.BusinessId != db.BusinessId)
            throw new InvalidOperationException($"A {typeof(T).Name} of business {row.Entity.BusinessId} was about to be written under another.");
        var changed = row.Properties.Where(p => p.IsModified).Select(p => p.Metadata).ToList();
        if (changed.Count == 0) return;
        var key = string.Join(',', changed.Select(p => p.Name));
        if (!statements.TryGetValue(key, out var statement)) statements[key] = statement = new Statement(db, row.Metadata, changed);
        if (await statement.RunAsync(row, cancellationToken) != 1)
            throw new DbUpdateConcurrencyException($"A {typeof(T).Name} was changed meanwhile.");
        // What was written is what is stored: put to Unchanged without this, EF Core would take the values back to those before.
        foreach (var property in changed) row.OriginalValues[property] = row.CurrentValues[property];
        row.State = EntityState.Unchanged;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var statement in statements.Values) await statement.DisposeAsync();
    }

    private sealed class Statement : IAsyncDisposable
    {
        private readonly DbCommand command;
        private readonly List<(DbParameter Parameter, IProperty Property, Func<object?, object?>? ToStored, bool IsOriginal)> parameters = [];

        public Statement(DextSageDb db, IEntityType entity, IReadOnlyList<IProperty> changed)
        {
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var sql = db.GetService<ISqlGenerationHelper>();
            command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            string Equal(IProperty property, bool isOriginal) => $"{sql.DelimitIdentifier(property.GetColumnName(table)!)} = {Add(property, isOriginal)}";

            var guards = entity.FindPrimaryKey()!.Properties.Concat(entity.GetProperties().Where(p => p.IsConcurrencyToken));
#pragma warning disable CA2100 // Names come from our own model, values are parameters.
            command.CommandText =
                $"UPDATE {sql.DelimitIdentifier(table.Name, table.Schema)} SET {string.Join(", ", changed.Select(p => Equal(p, isOriginal: false)))} "
                + $"WHERE {string.Join(" AND ", guards.Select(p => Equal(p, isOriginal: true)))}";
#pragma warning restore CA2100
        }

        public Task<int> RunAsync(EntityEntry<T> row, CancellationToken cancellationToken)
        {
            foreach (var (parameter, property, toStored, isOriginal) in parameters)
            {
                var value = isOriginal ? row.Property(property).OriginalValue : row.Property(property).CurrentValue;
                parameter.Value = (value is null || toStored is null ? value : toStored(value)) ?? DBNull.Value;
            }

            return command.ExecuteNonQueryAsync(cancellationToken);
        }

        private string Add(IProperty property, bool isOriginal)
        {
            var mapping = property.GetRelationalTypeMapping();
            var parameter = mapping.CreateParameter(command, "@p" + parameters.Count, value: null, nullable: true);
            command.Parameters.Add(parameter);
            parameters.Add((parameter, property, mapping.Converter?.ConvertToProvider, isOriginal));
            return parameter.ParameterName;
        }

        public ValueTask DisposeAsync() => command.DisposeAsync();
    }
}
