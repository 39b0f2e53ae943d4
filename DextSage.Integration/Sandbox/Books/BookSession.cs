using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;

namespace DextSage.Integration.Sandbox;

/// <summary>One open look into the books, or one unit of writing.</summary>
internal sealed class BookSession(SqliteConnection connection, ListCache lists)
{
    public ListCache Lists => lists;

    /// <summary>Whether a record was written: lists that were sent before are no longer right.</summary>
    public bool HasWritten { get; private set; }

    public Record? Find(string business, string kind, string id) =>
        First("SELECT body, deleted_at FROM record WHERE business = $p0 AND kind = $p1 AND id = $p2", ReadRecord(business, kind), business, kind, id);

    public IReadOnlyList<Record> All(string business, string kind) =>
        Rows("SELECT body, deleted_at FROM record WHERE business = $p0 AND kind = $p1 ORDER BY position", ReadRecord(business, kind), business, kind);

    public int Count(RecordQuery query) => Convert.ToInt32(Scalar($"SELECT COUNT(*) {query.From}", query.Values), CultureInfo.InvariantCulture);

    public IReadOnlyList<Record> Page(RecordQuery query, int skip, int take) =>
        Rows(
            $"SELECT body, deleted_at {query.From} ORDER BY {query.Order} LIMIT {take.ToString(CultureInfo.InvariantCulture)} OFFSET {skip.ToString(CultureInfo.InvariantCulture)}",
            ReadRecord(query.Business, query.Kind), query.Values);

    /// <summary>All records of a query, each seen through a function as it is read: a long list is never in memory as a whole.</summary>
    public IReadOnlyList<T> All<T>(RecordQuery query, Func<Record, T> see)
    {
        var read = ReadRecord(query.Business, query.Kind);
        return Rows($"SELECT body, deleted_at {query.From} ORDER BY {query.Order}", row => see(read(row)), query.Values);
    }

    /// <summary>Adds a record; one that is there already stays as it is, so that seeding may be repeated.</summary>
    public void Add(string business, string kind, string id, JsonObject body, string at)
    {
        HasWritten = true;
        Execute("""
            INSERT INTO record (business, kind, id, position, body, created_at, updated_at)
            VALUES ($p0, $p1, $p2, (SELECT COALESCE(MAX(position), 0) + 1 FROM record WHERE business = $p0 AND kind = $p1), $p3, $p4, $p4)
            ON CONFLICT DO NOTHING
            """, business, kind, id, body.ToJsonString(), at);
    }

    /// <summary>Keeps a record's new body and moves its <c>updated_at</c>; with <paramref name="deleted"/> also its <c>deleted_at</c>.</summary>
    public void Save(Record record, string at, bool deleted = false)
    {
        HasWritten = true;
        if (record.Body.ContainsKey("updated_at")) record.Body["updated_at"] = at;
        if (deleted && record.Body.ContainsKey("deleted_at")) record.Body["deleted_at"] = at;
        Execute("UPDATE record SET body = $p3, updated_at = $p4, deleted_at = COALESCE($p5, deleted_at) WHERE business = $p0 AND kind = $p1 AND id = $p2",
            record.Business, record.Kind, record.Id, record.Body.ToJsonString(), at, deleted ? at : null);
    }

    public int Execute(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteNonQuery();
    }

    public object? Scalar(string sql, params object?[] values)
    {
        using var command = Command(sql, values);
        return command.ExecuteScalar() is { } value and not DBNull ? value : null;
    }

    public T? First<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values) => Rows(sql, read, values) is [var first, ..] ? first : default;

    public IReadOnlyList<T> Rows<T>(string sql, Func<SqliteDataReader, T> read, params object?[] values)
    {
        using var command = Command(sql, values);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"$p{i}"), values[i] ?? DBNull.Value);
        return command;
    }

    private static Func<SqliteDataReader, Record> ReadRecord(string business, string kind) => reader =>
    {
        var body = JsonNode.Parse(reader.GetString(0))!.AsObject();
        return new Record(business, kind, body.Text("id") ?? kind, body, !reader.IsDBNull(1));
    };
}
