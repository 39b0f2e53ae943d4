using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Sandbox;

/// <summary>
/// The sandbox's memory: one SQLite file in WAL mode. A record is kept as the JSON that Sage would send, next to the few columns by which
/// lists are filtered. Writers take turns, as Sage asks of its clients anyway (Sage API 5.1).
/// </summary>
internal sealed class Books : IDisposable
{
    private const string Tables = """
        PRAGMA journal_mode = WAL;
        CREATE TABLE IF NOT EXISTS record (
            business TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, position INTEGER NOT NULL, body TEXT NOT NULL,
            created_at TEXT NOT NULL, updated_at TEXT NOT NULL, deleted_at TEXT NULL,
            PRIMARY KEY (business, kind, id));
        CREATE INDEX IF NOT EXISTS record_order ON record (business, kind, position);
        CREATE TABLE IF NOT EXISTS file (attachment TEXT PRIMARY KEY, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS remembered (
            business TEXT NOT NULL, idempotency_id TEXT NOT NULL, kind TEXT NOT NULL, answer TEXT NOT NULL, at TEXT NOT NULL,
            PRIMARY KEY (business, idempotency_id));
        CREATE TABLE IF NOT EXISTS session (hash TEXT PRIMARY KEY, person TEXT NOT NULL, at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS consent (person TEXT NOT NULL, client TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (person, client));
        CREATE TABLE IF NOT EXISTS code (
            hash TEXT PRIMARY KEY, person TEXT NOT NULL, redirect_uri TEXT NOT NULL, scope TEXT NOT NULL,
            challenge TEXT NULL, method TEXT NULL, expires_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS refresh_token (
            family TEXT PRIMARY KEY, person TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL, hash TEXT NOT NULL, expires_at TEXT NOT NULL);
        CREATE TABLE IF NOT EXISTS access_token (
            hash TEXT PRIMARY KEY, person TEXT NOT NULL, client TEXT NOT NULL, scope TEXT NOT NULL, expires_at TEXT NOT NULL);
        """;

    private readonly string connectionString;
    private readonly Lock writing = new();
    private readonly ListCache lists = new();

    public Books(IOptions<SageSandboxOptions> options)
    {
        var path = Path.GetFullPath(options.Value.DatabasePath);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        connectionString = new SqliteConnectionStringBuilder { DataSource = path }.ToString();
        using var connection = Open();
        new BookSession(connection, lists).Execute(Tables);
    }

    public T Read<T>(Func<BookSession, T> work)
    {
        using var connection = Open();
        return work(new BookSession(connection, lists));
    }

    /// <summary>Runs one unit of writing; nothing of it stays unless <paramref name="keep"/> says so of its result.</summary>
    public T Write<T>(Func<BookSession, T> work, Func<T, bool>? keep = null)
    {
        lock (writing)
        {
            using var connection = Open();
            using var transaction = connection.BeginTransaction();
            var session = new BookSession(connection, lists);
            var result = work(session);
            if (keep is null || keep(result)) transaction.Commit();
            if (session.HasWritten) lists.Forget();
            return result;
        }
    }

    public void Write(Action<BookSession> work) => Write(session => { work(session); return true; });

    public void Dispose()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }
}
