using System.Diagnostics;
using System.Globalization;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Sandbox;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests.Benches;

/// <summary>
/// One side of the refresh benchmark as a process of its own, so that it can be measured from outside, and killed. Takes orders on its standard input, a line
/// each, and answers each with a line of numbers.
/// </summary>
internal sealed class RefreshContestant : IAsyncDisposable
{
    public const string Word = "contestant";
    public const string ReadsAtOnce = "BENCH_READS";
    private readonly BenchSage sage;
    private readonly string folder;
    private readonly IHost host;
    private readonly Dictionary<string, Caller> callers = [];

    private RefreshContestant(Uri home, string folder)
    {
        (sage, this.folder) = (new BenchSage(home), folder);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys"))).SetApplicationName("DextSage");
        builder.Services.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri(BenchSage.Callback)));
        var app = new SageSandboxOptions();
        builder.Services.Configure<SageOptions>(o =>
        {
            (o.ClientId, o.ClientSecret, o.ApiUrl, o.TokenUrl) = (app.ClientId, app.ClientSecret, new Uri(home, "v3.1"), new Uri(home, "token"));
            (o.AuthoriseUrl, o.RevokeUrl) = (new Uri(home, "oauth2/auth/central"), new Uri(home, "revoke"));
            if (int.TryParse(Environment.GetEnvironmentVariable(ReadsAtOnce), CultureInfo.InvariantCulture, out var reads)) o.ReadsPerBusiness = reads;
        });
        host = builder.Build();
    }

    public static async Task<int> RunAsync(string[] args)
    {
        Directory.CreateDirectory(args[1]);
        await using var contestant = new RefreshContestant(new Uri(args[0]), args[1]);
        await using (var everyone = await contestant.Get<BusinessStore>().OpenForEveryoneAsync()) await everyone.Database.MigrateAsync();
        await contestant.host.StartAsync();
        await Console.Out.WriteLineAsync("ready");
        while (await Console.In.ReadLineAsync() is { } order) await Console.Out.WriteLineAsync(await contestant.ObeyAsync(order.Split(' ')));
        return 0;
    }

    private async Task<string> ObeyAsync(string[] order)
    {
        try
        {
            return order switch
            {
                ["connect", var organisation] => await ConnectAsync(organisation.Replace('_', ' ')),
                ["fill"] => await FillAsync(),
                ["again"] => await AgainAsync(),
                ["bare", var what, var requests] => await BareAsync(what, await File.ReadAllLinesAsync(requests)),
                _ => throw new InvalidOperationException($"'{string.Join(' ', order)}' is no order."),
            };
        }
        catch (Exception e)
        {
            return "failed " + e.ToString().ReplaceLineEndings(" | ");
        }
    }

    /// <summary>A business of ours is connected to the organisation, and its lists come in for the first time.</summary>
    private async Task<string> ConnectAsync(string organisation)
    {
        var caller = callers[organisation] = new Caller(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var everyone = await Get<BusinessStore>().OpenForEveryoneAsync())
        {
            everyone.Add(new Business { Id = caller.BusinessId, Slug = caller.BusinessId.ToString("N"), Name = organisation, CreatedAt = DateTimeOffset.UnixEpoch });
            everyone.Add(new DextSage.Integration.People.Person { Id = caller.PersonId, UserName = caller.PersonId.ToString("N"), DisplayName = "Alma Marsh" });
            await everyone.SaveChangesAsync();
        }

        await using (var db = Get<BusinessStore>().OpenForJob(caller.BusinessId))
        {
            db.Add(new Membership { BusinessId = caller.BusinessId, PersonId = caller.PersonId, Role = Role.Admin });
            await db.SaveChangesAsync();
        }

        var back = await sage.WalkAsync((await Get<Authorisation>().BeginAsync(caller, AuthorisationIntent.Connect, "bench"))!.ToString());
        var returned = await Get<Authorisation>().ReturnAsync(caller.PersonId, "bench", new SageCallback(back["state"], back["code"], back["country"], Error: null, Reason: null));
        var choice = await Get<Organisations>().ListAsync(caller, returned.RequestId!.Value);
        var id = choice!.Organisations.Single(o => o.Name == organisation).Id;
        return await TimedAsync(caller, () => Get<Organisations>().ChooseAsync(caller, returned.RequestId.Value, id));
    }

    private async Task<string> FillAsync()
    {
        var caller = callers["Marsh & Daughters Ltd"];
        await using (var db = Get<BusinessStore>().OpenForJob(caller.BusinessId))
        {
            await db.Suppliers.ExecuteDeleteAsync();
            await db.Customers.ExecuteDeleteAsync();
            await db.Categories.ExecuteDeleteAsync();
            await db.ListStates.ExecuteDeleteAsync();
        }

        return await TimedAsync(caller, () => Get<ListRefresh>().RequestWholeAsync(caller));
    }

    private async Task<string> AgainAsync()
    {
        var caller = callers["Marsh & Daughters Ltd"];
        var began = TimeProvider.System.GetUtcNow();
        var timed = await TimedAsync(caller, () => Get<ListRefresh>().RequestAsync(caller));
        await using var db = Get<BusinessStore>().OpenForJob(caller.BusinessId);
        var written = await db.Suppliers.CountAsync(e => e.ChangedAt >= began) + await db.Customers.CountAsync(e => e.ChangedAt >= began)
            + await db.Categories.CountAsync(e => e.ChangedAt >= began) + await db.TaxRates.CountAsync(e => e.ChangedAt >= began)
            + await db.BankAccounts.CountAsync(e => e.ChangedAt >= began) + await db.AnalysisCategories.CountAsync(e => e.ChangedAt >= began);
        return $"{timed} {written}";
    }

    /// <summary>From the request to the end, with somebody who watches: milliseconds, requests, rows.</summary>
    private async Task<string> TimedAsync(Caller caller, Func<Task> ask)
    {
        var began = Stopwatch.GetTimestamp();
        using var beat = new SemaphoreSlim(0);
        using var listening = Get<BusinessSignal>().Listen(caller.BusinessId, () => beat.Release());
        await ask();
        while (true)
        {
            var run = await Get<ListRefresh>().LatestAsync(caller);
            if (run is { IsLive: false })
                return run.Status is RefreshStatus.Completed
                    ? string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} {run.Requests} {run.Seen}")
                    : $"failed {run.Status}: {run.Problem}";
            await beat.WaitAsync(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<string> BareAsync(string what, string[] requests)
    {
        var place = Path.Combine(folder, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(place);
        using var bare = new BareFill(sage.Home, await sage.TokenAsync(), place);
        await bare.MakeDatabaseAsync();
        var first = requests.Where(r => r.Contains("page=1&", StringComparison.Ordinal)).ToList();
        var began = Stopwatch.GetTimestamp();
        var count = what switch
        {
            "floor" => await bare.FloorAsync(first),
            "wire" => await bare.WireAsync(requests),
            "tracked" => await bare.TrackedAsync(first),
            _ => throw new InvalidOperationException($"There is no '{what}'."),
        };
        return string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} {count}");
    }

    private T Get<T>() where T : notnull => host.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
        sage.Dispose();
    }
}
