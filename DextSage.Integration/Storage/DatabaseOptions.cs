using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace DextSage.Integration.Storage;

/// <summary>Which database, and where: the one place that decides it.</summary>
/// <param name="DataFolder">Holds the SQLite file, the documents and the keys.</param>
public sealed record DatabaseOptions(string DataFolder)
{
    public string SqlitePath => Path.Combine(DataFolder, "dextsage.db");

    /// <summary>For EF Core and for Quartz alike.</summary>
    public string ConnectionString => new SqliteConnectionStringBuilder
    {
        DataSource = SqlitePath,
        DefaultTimeout = 30,
        ForeignKeys = true,
    }.ToString();

    public void Configure(DbContextOptionsBuilder builder) => builder.UseSqlite(ConnectionString).AddInterceptors(BusyWait.Instance);
}

/// <summary>For <c>dotnet ef migrations add</c> alone.</summary>
internal sealed class DesignTimeDb : IDesignTimeDbContextFactory<DextSageDb>
{
    public DextSageDb CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<DextSageDb>();
        new DatabaseOptions(Path.GetTempPath()).Configure(options);
        return new DextSageDb(options.Options);
    }
}
