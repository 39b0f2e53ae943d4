using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DextSage.Integration.Storage;

/// <summary>
/// Inserts rows, or updates those that are there, by one prepared statement and past the change tracker. Columns and conversions come from EF
/// Core's model; the SQL is the same on SQLite and PostgreSQL.
/// </summary>
internal sealed class Upsert<T> : IAsyncDisposable where T : class, IBusinessOwned
{
    private readonly DextSageDb db;
    private readonly List<Column> columns = [];
    private readonly DbCommand command;
    private bool isPrepared;

    /// <param name="key">Properties that make a row the same row; a unique index must cover them.</param>
    /// <param name="keep">Properties that an existing row keeps.</param>
    public Upsert(DextSageDb db, string[] key, string[] keep)
    {
        this.db = db;
        var entity = db.Model.FindEntityType(typeof(T))!;
        var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
        var sql = db.GetService<ISqlGenerationHelper>();
        string Name(IProperty property) => sql.DelimitIdentifier(property.GetColumnName(table)!);

        command = db.Database.GetDbConnection().CreateCommand();
        foreach (var property in entity.GetProperties()) columns.Add(new Column(command, property, "@p" + columns.Count));
        var updated = entity.GetProperties().Where(p => !key.Contains(p.Name) && !keep.Contains(p.Name)).Select(p => $"{Name(p)} = excluded.{Name(p)}").ToList();
        var target = string.Join(", ", key.Select(k => Name(entity.FindProperty(k)!)));
#pragma warning disable CA2100 // Names come from our own model, values are parameters.
        command.CommandText =
            $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", entity.GetProperties().Select(Name))}) "
            + $"VALUES ({string.Join(", ", columns.Select(c => c.ParameterName))}) "
            + $"ON CONFLICT ({target}) DO {(updated.Count == 0 ? "NOTHING" : "UPDATE SET " + string.Join(", ", updated))}";
#pragma warning restore CA2100
    }

    /// <exception cref="InvalidOperationException">A row belongs to another business than the context.</exception>
    public async Task WriteAsync(IEnumerable<T> rows, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            foreach (var row in rows) await WriteAsync(row, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private async Task WriteAsync(T row, CancellationToken cancellationToken)
    {
        if (row.BusinessId != db.BusinessId)
            throw new InvalidOperationException($"A {typeof(T).Name} of business {row.BusinessId} was about to be written under another.");
        foreach (var column in columns) column.Take(row);
        if (!isPrepared)
        {
            await command.PrepareAsync(cancellationToken);
            isPrepared = true;
        }

        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => command.DisposeAsync();

    private sealed class Column
    {
        private readonly DbParameter parameter;
        private readonly IClrPropertyGetter getter;
        private readonly Func<object?, object?>? toStored;

        public Column(DbCommand command, IProperty property, string name)
        {
            var mapping = property.GetRelationalTypeMapping();
            (getter, toStored) = (property.GetGetter(), mapping.Converter?.ConvertToProvider);
            parameter = mapping.CreateParameter(command, name, value: null, nullable: true);
            command.Parameters.Add(parameter);
        }

        public string ParameterName => parameter.ParameterName;

        public void Take(T row)
        {
            var value = getter.GetClrValue(row);
            parameter.Value = (value is null || toStored is null ? value : toStored(value)) ?? DBNull.Value;
        }
    }
}
