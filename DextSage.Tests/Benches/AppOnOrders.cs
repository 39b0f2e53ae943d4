using System.Diagnostics;
using System.Globalization;
using DextSage.App.Hosting;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests.Benches;

/// <summary>
/// The whole app in a process of its own, so that it can be measured from outside, and killed. What people would click it is told on its standard input, a line
/// each, and it answers each with a line of numbers.
/// </summary>
internal sealed class AppOnOrders : IAsyncDisposable
{
    public const string Word = "app";
    private const string Marsh = "Marsh & Daughters Ltd";
    private readonly WebApplication app;
    private readonly BenchSage sage;
    private readonly Dictionary<string, Caller> callers = [];
    private readonly PublishOrders publishing;

    private AppOnOrders(WebApplication app, Uri home) => (this.app, sage, publishing) = (app, new BenchSage(home), new PublishOrders(app.Services));

    /// <param name="args">Sage's address, and the app's settings.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        var started = await DextSageHost.StartAsync([$"--contentRoot={AppContext.BaseDirectory}", "--environment=Production", .. args[1..]], builder =>
        {
            // What it writes is for its orders.
            builder.Logging.ClearProviders();
            builder.Services.AddSingleton(new SageRedirect(new Uri(BenchSage.Callback)));
        });
        await using var here = new AppOnOrders(started, new Uri(args[0]));
        await Orders.TakeAsync(here.ObeyAsync);
        return 0;
    }

    private Task<string> ObeyAsync(string[] order) => order switch
    {
        ["connect", var organisation] => ConnectAsync(organisation.Replace('_', ' ')),
        ["fill"] => FillAsync(),
        ["again"] => AgainAsync(),
        ["refresh", var business, var person] => RefreshAsync(new Caller(Guid.Parse(person), Guid.Parse(business))),
        ["stock", var organisation, var count, var bytes, var paid] => StockAsync(CallerOf(organisation), int.Parse(count, CultureInfo.InvariantCulture), int.Parse(bytes, CultureInfo.InvariantCulture), paid is "paid"),
        ["publish", .. var organisations] => PublishAsync([.. organisations.Select(CallerOf)]),
        ["singly", var organisation] => publishing.SinglyAsync(CallerOf(organisation)),
        ["heap"] => Task.FromResult(GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture)),
        _ => throw new InvalidOperationException($"'{string.Join(' ', order)}' is no order."),
    };

    /// <summary>A business of ours is connected to the organisation, and its lists come in for the first time.</summary>
    private async Task<string> ConnectAsync(string organisation)
    {
        var caller = callers[organisation] = new Caller(Guid.CreateVersion7(), Guid.CreateVersion7());
        await using (var everyone = await Get<BusinessStore>().OpenForEveryoneAsync())
        {
            everyone.Add(new Business { Id = caller.BusinessId, Slug = caller.BusinessId.ToString("N"), Name = organisation, CreatedAt = DateTimeOffset.UnixEpoch });
            everyone.Add(new Person { Id = caller.PersonId, UserName = caller.PersonId.ToString("N"), DisplayName = "Alma Marsh" });
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

    private Caller CallerOf(string organisation) => callers[organisation.Replace('_', ' ')];

    private async Task<string> StockAsync(Caller caller, int count, int bytes, bool isPaid)
    {
        await publishing.StockAsync(caller, count, bytes, isPaid);
        return "0";
    }

    private async Task<string> PublishAsync(IReadOnlyList<Caller> some) => (await publishing.PublishAsync(some)).ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>Everything comes in anew.</summary>
    private async Task<string> FillAsync()
    {
        var caller = callers[Marsh];
        await using (var db = Get<BusinessStore>().OpenForJob(caller.BusinessId))
        {
            foreach (var list in Lists(db)) await list.ExecuteDeleteAsync();
            await db.ListStates.ExecuteDeleteAsync();
        }

        return await TimedAsync(caller, () => Get<ListRefresh>().RequestWholeAsync(caller));
    }

    /// <summary>Once more, with how many rows of lists and reports were written.</summary>
    private async Task<string> AgainAsync()
    {
        var caller = callers[Marsh];
        var began = TimeProvider.System.GetUtcNow();
        var timed = await TimedAsync(caller, () => Get<ListRefresh>().RequestAsync(caller));
        var run = (await Get<ListRefresh>().LatestAsync(caller))!.RunId;
        await using var db = Get<BusinessStore>().OpenForJob(caller.BusinessId);
        var written = await db.ListChanges.CountAsync(c => c.RunId == run);
        foreach (var list in Lists(db)) written += await list.CountAsync(e => e.ChangedAt >= began);
        return $"{timed} {written}";
    }

    /// <summary>Every list whole: the longest refresh, with the most to watch.</summary>
    private Task<string> RefreshAsync(Caller caller) => TimedAsync(caller, () => Get<ListRefresh>().RequestWholeAsync(caller));

    private static IQueryable<ListEntry>[] Lists(DextSageDb db) =>
    [
        db.TaxRates, db.Categories, db.Suppliers, db.Customers, db.Products, db.BankAccounts, db.SagePaymentMethods, db.AnalysisTypes, db.AnalysisCategories, db.Currencies,
    ];

    /// <summary>From the request to the end as everybody sees it, with a screen that watches: milliseconds, requests, rows.</summary>
    private async Task<string> TimedAsync(Caller caller, Func<Task> ask)
    {
        using var screen = await Get<RefreshFeed>().WatchAsync(caller, _ => { });
        using var news = new SemaphoreSlim(0);
        using var listening = Get<BusinessSignal>().Listen(caller.BusinessId, () => news.Release(), News.Refresh);
        var before = (await Get<ListRefresh>().LatestAsync(caller))?.RunId;
        var began = Stopwatch.GetTimestamp();
        await ask();
        while (true)
        {
            if (await Get<ListRefresh>().LatestAsync(caller) is { IsLive: false } run && run.RunId != before)
                return run.Status is RefreshStatus.Completed
                    ? string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(began).TotalMilliseconds:0.0} {run.Requests} {run.Seen}")
                    : throw new InvalidOperationException($"{run.Status}: {run.Problem}");
            await news.WaitAsync();
        }
    }

    private T Get<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        sage.Dispose();
        publishing.Dispose();
    }
}
