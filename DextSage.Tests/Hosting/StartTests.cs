using DextSage.App.Hosting;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public async Task A_second_process_on_the_same_data_folder_is_refused()
    {
        await using var first = await TestApp.StartAsync();

        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestApp.StartWithAsync(null, first.DataFolder));

        Assert.Contains("Another DextSage is already running on the data folder", refusal.Message);
    }

    [Fact]
    public async Task A_restart_on_the_same_folder_keeps_sessions_and_people()
    {
        var folder = TestApp.NewFolder();
        try
        {
            var port = TestApp.FreePort();
            var first = await TestApp.StartWithAsync(null, folder, $"--DextSage:Url=http://localhost:{port}");
            using var alma = await first.SignInAsAsync("Alma Marsh");
            await first.DisposeAsync();

            await using var second = await TestApp.StartWithAsync(null, folder, $"--DextSage:Url=http://localhost:{port}");

            Assert.Contains("Alma Marsh", await alma.GetStringAsync("/account/security"));
            await using var db = await second.Services.GetRequiredService<IDbContextFactory<DextSageDb>>().CreateDbContextAsync();
            Assert.Equal(3, await db.Users.CountAsync());
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task A_database_newer_than_the_program_is_refused_and_left_alone()
    {
        var folder = TestApp.NewFolder();
        try
        {
            await (await TestApp.StartWithAsync(null, folder)).DisposeAsync();
            await ExecuteAsync(folder, "INSERT INTO \"__EFMigrationsHistory\" VALUES ('29991231235959_Tomorrow', '99.0')");

            var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestApp.StartWithAsync(null, folder));

            Assert.Contains("newer version of DextSage", refusal.Message);
            Assert.Contains("29991231235959_Tomorrow", refusal.Message);
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task A_migration_lock_that_a_killed_process_left_does_not_hang_the_start()
    {
        var folder = TestApp.NewFolder();
        try
        {
            await ExecuteAsync(folder, """
                CREATE TABLE "__EFMigrationsLock" ("Id" INTEGER NOT NULL PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" VALUES (1, '2026-01-01')
                """);

            await using var app = await TestApp.StartWithAsync(null, folder).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

            using var client = app.NewClient();
            Assert.Equal("Healthy", await client.GetStringAsync("/health/ready", TestContext.Current.CancellationToken));
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_with_its_path()
    {
        var folder = TestApp.NewFolder();
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "dextsage.db"), new string('x', 5000), TestContext.Current.CancellationToken);

            var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => TestApp.StartWithAsync(null, folder));

            Assert.Contains(Path.Combine(folder, "dextsage.db"), refusal.Message);
        }
        finally
        {
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task A_taken_port_is_refused_with_the_way_out()
    {
        await using var first = await TestApp.StartAsync();

        var folder = TestApp.NewFolder();
        try
        {
            var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => DextSageHost.StartAsync(
                [$"--DextSage:Url={first.Url}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=true"]));
            Assert.Contains("choose another address, for example --DextSage:Url=", refusal.Message);
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Folders.Delete(folder);
        }
    }

    [Fact]
    public async Task Refusals_end_the_program_with_exit_code_1()
    {
        Assert.Equal(1, await DextSageHost.RunAsync(["--DextSage:Url=nonsense", "--DextSage:Sandbox=perhaps"]));
    }

    [Fact]
    public async Task The_data_folder_and_its_keys_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Unix file modes");
            return;
        }
        var parent = TestApp.NewFolder();
        var folder = Path.Combine(parent, "data");
        try
        {
            await using (var app = await TestApp.StartWithAsync(null, folder))
            {
                using var client = app.NewClient();
                await client.GetStringAsync("/account/sign-in", TestContext.Current.CancellationToken);
            }

            const UnixFileMode forOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            Assert.Equal(forOwner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
            Assert.Equal(forOwner | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(folder, "keys")));
            var key = Assert.Single(Directory.GetFiles(Path.Combine(folder, "keys")));
            Assert.Equal(forOwner, File.GetUnixFileMode(key));
        }
        finally
        {
            Folders.Delete(parent);
        }
    }

    private static async Task ExecuteAsync(string folder, string sql)
    {
        await using var connection = new Microsoft.Data.Sqlite.SqliteConnection(new DatabaseOptions(folder).ConnectionString);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }
}
