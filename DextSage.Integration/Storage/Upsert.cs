using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace DextSage.Integration.Storage;

/// <summary>
/// Inserts rows, or updates those that are there, in few statements and past the change tracker. Columns and conversions come from EF Core's
/// model; the SQL is the same on SQLite and PostgreSQL.
/// </summary>
internal static class Upsert
{
    // SQLite's driver slows down with many parameters: this many rows a statement is where it is fastest.
    private const int RowsPerStatement = 25;

    /// <param name="key">Properties that make a row the same row; a unique index must cover them.</param>
    /// <param name="keep">Properties that an existing row keeps.</param>
    public static async Task WriteAsync<T>(DextSageDb db, IReadOnlyList<T> rows, string[] key, string[] keep, CancellationToken cancellationToken) where T : class, IBusinessOwned
    {
        if (rows.FirstOrDefault(r => r.BusinessId != db.BusinessId) is { } stranger)
            throw new InvalidOperationException($"A {typeof(T).Name} of business {stranger.BusinessId} was about to be written under another.");
        var shape = new Shape(db, typeof(T), key, keep);
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            foreach (var chunk in rows.Chunk(RowsPerStatement)) await shape.ExecuteAsync(chunk, cancellationToken);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private sealed class Shape
    {
        private readonly DextSageDb db;
        private readonly IReadOnlyList<IProperty> properties;
        private readonly string insert;
        private readonly string onConflict;

        public Shape(DextSageDb db, Type type, string[] key, string[] keep)
        {
            this.db = db;
            var entity = db.Model.FindEntityType(type)!;
            var table = StoreObjectIdentifier.Create(entity, StoreObjectType.Table)!.Value;
            var sql = db.GetService<ISqlGenerationHelper>();
            string Column(IProperty property) => sql.DelimitIdentifier(property.GetColumnName(table)!);

            properties = [.. entity.GetProperties()];
            insert = $"INSERT INTO {sql.DelimitIdentifier(table.Name, table.Schema)} ({string.Join(", ", properties.Select(Column))}) VALUES ";
            var updated = properties.Where(p => !key.Contains(p.Name) && !keep.Contains(p.Name)).Select(p => $"{Column(p)} = excluded.{Column(p)}");
            onConflict = $" ON CONFLICT ({string.Join(", ", key.Select(k => Column(entity.FindProperty(k)!)))}) DO UPDATE SET {string.Join(", ", updated)}";
        }

        public async Task ExecuteAsync<T>(T[] rows, CancellationToken cancellationToken) where T : class
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            var text = new StringBuilder(insert);
            foreach (var row in rows)
            {
                text.Append(command.Parameters.Count == 0 ? "(" : ", (");
                for (var i = 0; i < properties.Count; i++)
                {
                    var name = "@p" + command.Parameters.Count;
                    text.Append(i == 0 ? "" : ", ").Append(name);
                    command.Parameters.Add(properties[i].GetRelationalTypeMapping()
                        .CreateParameter(command, name, properties[i].GetGetter().GetClrValue(row), properties[i].IsNullable));
                }
                text.Append(')');
            }
#pragma warning disable CA2100 // Names come from our own model, values are parameters.
            command.CommandText = text.Append(onConflict).ToString();
#pragma warning restore CA2100
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
