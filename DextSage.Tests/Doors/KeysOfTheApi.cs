using System.Net;
using System.Text;
using DextSage.Integration.Intake.Doors;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Doors;

/// <summary>What opens the API, and for how long.</summary>
public sealed class KeysOfTheApi
{
    [Fact]
    public async Task Only_a_key_that_counts_opens_the_door()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        var keys = app.Services.GetRequiredService<ApiKeys>();
        using var madeUp = Scanner.WithMadeUpKey(app, ApiKeys.Prefix + new string('0', 52));
        await Scanner.AssertProblemAsync(await madeUp.GetAsync("/api/v1/items"), 401, "/problems/unknown-key");
        using var alma = await app.SignInAsAsync("Alma Marsh");
        await Scanner.AssertProblemAsync(await alma.GetAsync("/api/v1/items"), 401, "/problems/no-key");
        await Scanner.AssertProblemAsync(await alma.GetAsync($"/api/v1/items?key={scanner.Key}"), 401, "/problems/no-key");
        Assert.Equal(HttpStatusCode.OK, (await scanner.GetAsync("/api/v1/items")).StatusCode);
        Assert.NotNull((await keys.ListAsync(Scanner.Alma))[0].LastUsedAt);

        await keys.RevokeAsync(Scanner.Alma, (await keys.ListAsync(Scanner.Alma))[0].Id);

        await Scanner.AssertProblemAsync(await scanner.GetAsync("/api/v1/items"), 401, "/problems/unknown-key");
        Assert.Equal("Alma Marsh", (await keys.ListAsync(Scanner.Alma))[0].RevokedBy);
    }

    [Fact]
    public async Task A_key_ends_with_the_membership_of_whoever_made_it()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        await using (var db = app.Services.GetRequiredService<BusinessStore>().OpenForJob(Scanner.Alma.BusinessId))
            await db.Memberships.Where(m => m.PersonId == Scanner.Alma.PersonId).ExecuteDeleteAsync();

        await Scanner.AssertProblemAsync(await scanner.SendAsync(Scanner.Paper()), 401, "/problems/unknown-key");
    }

    [Fact]
    public async Task A_key_is_in_no_file_and_in_no_log()
    {
        string[] files;
        string key;
        var folder = TestApp.NewFolder();
        TestLogs logs;
        await using (var app = await TestApp.StartWithAsync(null, folder))
        {
            using var scanner = await Scanner.WithKeyAsync(app);
            (key, logs) = (scanner.Key, app.Logs);
            (await scanner.SendAsync(Scanner.Paper(), idempotencyKey: "hall-1")).Dispose();
            (await scanner.GetAsync("/api/v1/items/nothing")).Dispose();
        }
        files = Directory.GetFiles(folder, "*", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.DoesNotContain(files, f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(key)) >= 0);
        Assert.DoesNotContain(logs.Entries, l => l.Contains(key[..20], StringComparison.Ordinal));
        Folders.Delete(folder);
    }

    [Fact]
    public async Task A_key_that_asks_without_end_is_told_to_wait()
    {
        await using var app = await TestApp.StartAsync();
        using var scanner = await Scanner.WithKeyAsync(app);
        using var other = await Scanner.WithKeyAsync(app, name: "Other");
        for (var n = 0; n < 120; n++) (await scanner.GetAsync("/api/v1/items")).Dispose();

        using var late = await scanner.GetAsync("/api/v1/items");

        await Scanner.AssertProblemAsync(late, 429, "/problems/too-often");
        Assert.NotNull(late.Headers.RetryAfter);
        Assert.Equal(HttpStatusCode.OK, (await other.GetAsync("/api/v1/items")).StatusCode);
    }
}
