using Microsoft.Data.Sqlite;

namespace DextSage.Tests.Simulation.Checking;

/// <summary>Plain SQL on a database file: nothing of the code under test stands between the checker and the rows.</summary>
internal sealed class Rows : IDisposable
{
    private readonly SqliteConnection connection;
    private readonly SqliteCommand version;
    private readonly Dictionary<string, (long Version, object Rows)> known = new(StringComparer.Ordinal);

    public Rows(string file)
    {
        connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        version = connection.CreateCommand();
        version.CommandText = "PRAGMA data_version";
    }

    /// <summary>People look at each step whether it is their turn: what was read is read again once another connection has written.</summary>
    public IReadOnlyList<T> Of<T>(string sql, Func<SqliteDataReader, T> read, params (string Name, object? Value)[] values)
    {
        var now = (long)version.ExecuteScalar()!;
        var question = string.Join('\n', [sql, .. values.Select(v => v.Value?.ToString())]);
        if (known.TryGetValue(question, out var last) && last.Version == now) return (IReadOnlyList<T>)last.Rows;
        var rows = Read(sql, read, values);
        known[question] = (now, rows);
        return rows;
    }

    private List<T> Read<T>(string sql, Func<SqliteDataReader, T> read, (string Name, object? Value)[] values)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The checker's own sentences, every value a parameter.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read()) rows.Add(read(reader));
        return rows;
    }

    public long Count(string sql, params (string Name, object? Value)[] values) => Of(sql, r => r.GetInt64(0), values)[0];

    public void Dispose()
    {
        version.Dispose();
        connection.Dispose();
    }
}

internal static class Reading
{
    public static string? Text(this SqliteDataReader row, string column) => row[column] is string text ? text : null;

    /// <summary>Our databases keep money as whole ten-thousandths.</summary>
    public static decimal? Money(this SqliteDataReader row, string column) => row[column] is long scaled ? scaled / 10_000m : null;
}
