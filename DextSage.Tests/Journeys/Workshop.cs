using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Intake;
using DextSage.Tests.Sandbox;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>
/// Our services, jobs and database as the app runs them, without its pages, against the sandbox over real HTTP. A business with an
/// Admin, a Bookkeeper and a Standard user is there from the start.
/// </summary>
internal sealed class Workshop : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    public const string DatabaseFile = "dextsage.db";
    private readonly string folder;

    private Workshop(SandboxHost sandbox, string folder, LogCapture logs, Action<IServiceCollection>? furnish)
    {
        (Sandbox, this.folder, Logs, Furnish) = (sandbox, folder, logs, furnish);
        Host = Build();
    }

    public SandboxHost Sandbox { get; }
    public IHost Host { get; private set; }
    public LogCapture Logs { get; }

    /// <summary>Services or settings otherwise than the app has them, from the next start on.</summary>
    public Action<IServiceCollection>? Furnish { get; set; }
    public Guid BusinessId { get; } = Guid.CreateVersion7();
    public Caller Admin { get; private set; }
    public Caller Bookkeeper { get; private set; }
    public Caller Standard { get; private set; }
    public string DataFolder => folder;

    public T Get<T>() where T : notnull => Host.Services.GetRequiredService<T>();

    /// <param name="furnish">Services or settings otherwise than the app has them.</param>
    public static async Task<Workshop> OpenAsync(Action<DextSage.Integration.Sandbox.SageSandboxOptions>? sandbox = null, Action<IServiceCollection>? furnish = null)
    {
        var workshop = new Workshop(await SandboxHost.StartAsync(sandbox), Folders.New("workshop"), new LogCapture(), furnish);
        await workshop.SettleInAsync();
        await workshop.Host.StartAsync();
        return workshop;
    }

    /// <summary>Connected to Marsh &amp; Daughters Ltd, its lists in.</summary>
    public static async Task<Workshop> OpenConnectedAsync(Action<DextSage.Integration.Sandbox.SageSandboxOptions>? sandbox = null, Action<IServiceCollection>? furnish = null)
    {
        var workshop = await OpenAsync(sandbox, furnish);
        await workshop.ConnectAsync();
        await workshop.RefreshedAsync();
        return workshop;
    }

    /// <summary>Stops the host as a crash would leave its rows, and starts another on the same folder.</summary>
    /// <param name="before">Done by the other one before it starts.</param>
    public async Task RestartAsync(Func<IHost, Task>? before = null)
    {
        await Host.StopAsync();
        Host.Dispose();
        Host = Build();
        if (before is not null) await before(Host);
        await Host.StartAsync();
    }

    /// <summary>A copy of the database as an operator makes one while people work; its file.</summary>
    public async Task<string> CopyDatabaseAsync()
    {
        var file = Path.Combine(folder, $"copy-{Guid.NewGuid():N}.db");
        await using var here = new SqliteConnection($"Data Source={Path.Combine(folder, DatabaseFile)};Mode=ReadOnly;Pooling=False");
        await using var copy = new SqliteConnection($"Data Source={file};Pooling=False");
        await here.OpenAsync();
        await copy.OpenAsync();
        here.BackupDatabase(copy);
        return file;
    }

    /// <summary>Puts a copy where the database was, and starts on it.</summary>
    /// <param name="log">The write-ahead log that belongs to the copy.</param>
    public Task RestoreAsync(string copy, string? log = null) => RestartAsync(_ =>
    {
        SqliteConnection.ClearAllPools();
        foreach (var name in (string[])[DatabaseFile + "-wal", DatabaseFile + "-shm"]) File.Delete(Path.Combine(folder, name));
        File.Copy(copy, Path.Combine(folder, DatabaseFile), overwrite: true);
        if (log is not null) File.Copy(log, Path.Combine(folder, DatabaseFile + "-wal"));
        return Task.CompletedTask;
    });

    /// <summary>Walks to the sandbox and back and chooses the organisation.</summary>
    public async Task<ChoiceOutcome> ConnectAsync(string organisation = "Marsh & Daughters Ltd", AuthorisationIntent intent = AuthorisationIntent.Connect, string email = "olivia@sandbox.test", Caller? by = null)
    {
        var back = await WalkAsync(intent, email, by: by);
        Assert.Null(back.Problem);
        var choice = await Get<Organisations>().ListAsync(by ?? Admin, back.RequestId!.Value);
        return await Get<Organisations>().ChooseAsync(by ?? Admin, back.RequestId.Value, choice!.Organisations.Single(o => o.Name == organisation).Id);
    }

    public async Task<AuthorisationReturn> WalkAsync(AuthorisationIntent intent = AuthorisationIntent.Connect, string email = "olivia@sandbox.test", string decision = "allow", Caller? by = null)
    {
        var callback = await ToCallbackAsync(intent, email, decision, by);
        return await Get<Authorisation>().ReturnAsync(Admin.PersonId, "the browser's secret", callback);
    }

    public async Task<SageCallback> ToCallbackAsync(AuthorisationIntent intent = AuthorisationIntent.Connect, string email = "olivia@sandbox.test", string decision = "allow", Caller? by = null)
    {
        var address = (await Get<Authorisation>().BeginAsync(by ?? Admin, intent, "the browser's secret"))!;
        using var dance = new Dance(Sandbox);
        var after = dance.Location(await dance.Browser.GetAsync(address + "&country=gb"));
        after = await dance.LogInAsync(after, email);
        if (after.AbsolutePath.EndsWith("/consent", StringComparison.Ordinal)) after = await dance.DecideAsync(after, decision);
        var query = QueryHelpers.ParseQuery(after.Query);
        string? Of(string name) => query.TryGetValue(name, out var value) ? value.ToString() : null;
        return new SageCallback(Of("state"), Of("code"), Of("country"), Of("error"), Of("reason"));
    }

    /// <summary>A second business of ours, of the same Admin.</summary>
    public async Task<Caller> AddBusinessAsync(string slug, string name)
    {
        var caller = Admin with { BusinessId = Guid.CreateVersion7() };
        await using (var everyone = await Get<BusinessStore>().OpenForEveryoneAsync())
        {
            everyone.Add(new Business { Id = caller.BusinessId, Slug = slug, Name = name, CreatedAt = DateTimeOffset.UnixEpoch });
            await everyone.SaveChangesAsync();
        }

        await using var db = Get<BusinessStore>().OpenForJob(caller.BusinessId);
        db.Add(new Membership { BusinessId = caller.BusinessId, PersonId = caller.PersonId, Role = Role.Admin });
        await db.SaveChangesAsync();
        return caller;
    }

    public async Task<RefreshView> RefreshedAsync() =>
        (await EventuallyAsync(() => Get<ListRefresh>().LatestAsync(Admin), run => run is { IsLive: false }))!;

    /// <summary>Connected, refreshed, with the samples read.</summary>
    public async Task<IReadOnlyList<InboxRow>> WithSamplesAsync()
    {
        await ConnectAsync();
        await RefreshedAsync();
        await Get<Arrivals>().AddSamplesAsync(Admin);
        return (await EventuallyAsync(InboxAsync, page => page.Rows.All(r => r.Status is not ItemStatus.Processing))).Rows;
    }

    public Task<InboxPage> InboxAsync() => Get<Inbox>().PageAsync(Admin, new InboxQuery(new ItemFilter()));

    public async Task<ItemView> ItemAsync(string code) => (await Get<ItemDetails>().FindAsync(Admin, code))!;

    public Task<ItemView> ItemAsync(string code, Func<ItemView, bool> isSo) => EventuallyAsync(() => ItemAsync(code), isSo);

    /// <summary>Gives the item a category and what else it lacks, until it is Ready.</summary>
    public async Task<ItemView> MakeReadyAsync(string code)
    {
        var item = await ItemAsync(code);
        var categories = item switch
        {
            { Workspace: Workspace.Sales } => await Get<Pickers>().CategoriesAsync(Admin, search: null, CategoryUse.Sales),
            { Destination: Destination.OtherPayment } => await Get<Pickers>().CategoriesAsync(Admin, "Office costs", CategoryUse.OtherPayments),
            _ => await Get<Pickers>().CategoriesAsync(Admin, "Office costs"),
        };
        await EditAsync(code, new ItemEdit.SetCategory(categories[0].Id));
        var rates = await Get<Pickers>().TaxRatesAsync(Admin);
        item = await ItemAsync(code);
        if (item.TaxRateId is null) await EditAsync(code, new ItemEdit.SetTaxRate(rates.Single(r => r.Percentage == 20).Id));
        for (item = await ItemAsync(code); item.Issues.FirstOrDefault(i => i.Fix is not null) is { Fix: { } fix }; item = await ItemAsync(code))
            await EditAsync(code, fix.Edit);
        Assert.True(item.Status is ItemStatus.Ready, string.Join('\n', item.Issues.Select(i => i.Sentence)));
        return item;
    }

    public async Task EditAsync(string code, ItemEdit edit)
    {
        var outcome = await Get<ItemDesk>().EditAsync(Admin, code, edit, (await ItemAsync(code)).Version);
        Assert.Null(outcome.Refusal);
    }

    public async Task PublishAsync(string code) =>
        Assert.Null(await Get<PublishDesk>().PublishAsync(Admin, code, (await ItemAsync(code)).Version));

    /// <summary>Waits for what jobs bring about, by looking again.</summary>
    public async Task<T> EventuallyAsync<T>(Func<Task<T>> look, Func<T, bool> isSo)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var now = await look();
            if (isSo(now)) return now;
            try { await again.WaitForNextTickAsync(patience.Token); }
            catch (OperationCanceledException given) { throw new TimeoutException($"Still not so after {Patience}: {now}\n{Logs.Troubles}", given); }
        }
    }

    /// <summary>A second process on the same database and keys, its jobs not started.</summary>
    public IHost Another(Action<IServiceCollection>? more = null) => Build(more);

    private IHost Build(Action<IServiceCollection>? more = null)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Debug);
        AddOurs(builder.Services, folder, Sandbox.Home);
        TestPapers.UseIn(builder.Services);
        more?.Invoke(builder.Services);
        Furnish?.Invoke(builder.Services);
        return builder.Build();
    }

    /// <summary>What the app has of ours, on a folder, with the sandbox at an address for Sage.</summary>
    public static void AddOurs(IServiceCollection services, string folder, Uri sage)
    {
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(folder, "keys"))).SetApplicationName("DextSage");
        services.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri(SandboxHost.Callback)));
        var app = new DextSage.Integration.Sandbox.SageSandboxOptions();
        services.Configure<SageOptions>(o =>
        {
            (o.ClientId, o.ClientSecret) = (app.ClientId, app.ClientSecret);
            (o.AuthoriseUrl, o.TokenUrl) = (new Uri(sage, "oauth2/auth/central"), new Uri(sage, "token"));
            (o.RevokeUrl, o.ApiUrl) = (new Uri(sage, "revoke"), new Uri(sage, "v3.1"));
        });
    }

    private async Task SettleInAsync()
    {
        await using (var everyone = await Get<BusinessStore>().OpenForEveryoneAsync())
        {
            await everyone.Database.MigrateAsync();
            everyone.Add(new Business { Id = BusinessId, Slug = "marsh-daughters", Name = "Marsh & Daughters Ltd", CreatedAt = DateTimeOffset.UnixEpoch });
            await everyone.SaveChangesAsync();
        }
        await using var db = Get<BusinessStore>().OpenForJob(BusinessId);
        Admin = Add(db, "Alma Marsh", Role.Admin);
        Bookkeeper = Add(db, "Ben Okafor", Role.Bookkeeper);
        Standard = Add(db, "Cara Lind", Role.Standard);
        await db.SaveChangesAsync();
    }

    private Caller Add(DextSageDb db, string name, Role role)
    {
        var person = new Person { Id = Guid.CreateVersion7(), DisplayName = name, UserName = name, NormalizedUserName = name.ToUpperInvariant() };
        db.Add(person);
        db.Add(new Membership { BusinessId = BusinessId, PersonId = person.Id, Role = role });
        return new Caller(person.Id, BusinessId);
    }

    public async ValueTask DisposeAsync()
    {
        await Host.StopAsync();
        Host.Dispose();
        await Sandbox.DisposeAsync();
        SqliteConnection.ClearAllPools();
        Folders.Delete(folder);
    }
}
