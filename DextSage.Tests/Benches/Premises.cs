using DextSage.App.Account;
using DextSage.Integration;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Browser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Benches;

/// <summary>The app and the sandbox, each as a process of its own, over the ready business, which is connected and has its lists.</summary>
internal sealed class Premises : IAsyncDisposable
{
    private const string Password = "correct horse battery staple 7";
    private static readonly Caller Admin = new(ReadyPeople.All[0].Id, ReadyPeople.BusinessId);
    private readonly string folder = TestApp.NewFolder();
    private readonly Uri sageHome = new($"http://localhost:{TestApp.FreePort()}");
    private readonly List<string> staff = [];
    private AppProcess? sandbox;
    private ContestantProcess? app;
    private ServiceProvider? services;

    public Uri Home { get; } = new($"http://localhost:{TestApp.FreePort()}");

    /// <param name="latency">How long Sage takes over each request.</param>
    /// <param name="suppliers">How many it has.</param>
    /// <param name="people">How many members are added to the ready ones.</param>
    public static async Task<Premises> OpenAsync(TimeSpan latency, int suppliers, int people)
    {
        var premises = new Premises();
        premises.sandbox = await AppProcess.StartAsync("sandbox", $"--DextSage:Url={premises.sageHome.GetLeftPart(UriPartial.Authority)}",
            $"--DextSage:DataFolder={Path.Combine(premises.folder, "sage")}", $"--Sandbox:RedirectUris:0={new Uri(premises.Home, "/connect/sage/callback")}",
            $"--Sandbox:Latency={latency:c}", $"--Sandbox:LargeSuppliers={suppliers}");
        await premises.SettleInAsync(people);
        premises.app = await ContestantProcess.StartAppAsync(new Uri(premises.sageHome, "/sandbox/sage/"), premises.folder, premises.Arguments);
        premises.services = premises.Services();
        return premises;
    }

    /// <summary>Asks for a refresh of everything, in the app as a click does, and returns when it is done.</summary>
    public async Task<RefreshView> RefreshAsync()
    {
        await app!.AskAsync($"refresh {Admin.BusinessId:N} {Admin.PersonId:N}");
        return (await services!.GetRequiredService<ListRefresh>().LatestAsync(Admin))!;
    }

    /// <summary>The same, with each time at which the run's row has changed: as the database has it, whatever the app tells its pages.</summary>
    public async Task<(RefreshView Run, IReadOnlyCollection<DateTimeOffset> Changes)> RefreshWithChangesAsync()
    {
        var refresh = RefreshAsync();
        var began = TimeProvider.System.GetUtcNow();
        var changes = new HashSet<DateTimeOffset>();
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        do
        {
            await using var db = services!.GetRequiredService<BusinessStore>().OpenForJob(ReadyPeople.BusinessId);
            var at = await db.RefreshRuns.Where(r => r.QueuedAt >= began.AddSeconds(-1)).OrderByDescending(r => r.QueuedAt).Select(r => r.ProgressAt).FirstOrDefaultAsync();
            if (at >= began) changes.Add(at.Value);
        }
        while (await again.WaitForNextTickAsync() && !refresh.IsCompleted);
        var run = await refresh;
        changes.Add(run.EndedAt!.Value);
        return (run, changes);
    }

    /// <summary>One client for each of the added people, signed in.</summary>
    public async Task<IReadOnlyList<TestApp.Visitor>> SignInAsync()
    {
        var visitors = new List<TestApp.Visitor>();
        foreach (var name in staff)
        {
            var visitor = new TestApp.Visitor(Home);
            using var answer = await TestApp.SubmitAsync(visitor, "/account/sign-in", "password", ("Password.Email", name), ("Password.Text", Password));
            if ((int)answer.StatusCode is < 300 or >= 400) throw new InvalidOperationException($"{name} could not sign in: {(int)answer.StatusCode}.");
            visitors.Add(visitor);
        }

        return visitors;
    }

    /// <summary>The ready business's rows, beside the app.</summary>
    public DextSageDb Open() => services!.GetRequiredService<BusinessStore>().OpenForJob(ReadyPeople.BusinessId);

    /// <summary>Bytes of the app's heap that are in use.</summary>
    public async Task<double> HeapAsync() => (await app!.AskAsync("heap"))[0];

    private string[] Arguments =>
    [
        $"--DextSage:Url={Home.GetLeftPart(UriPartial.Authority)}", $"--DextSage:DataFolder={folder}", "--DextSage:Sandbox=true", "--environment=Production",
        .. AppProcess.At(new Uri(sageHome, "/sandbox/sage/")),
    ];

    /// <summary>Our services in this process on the app's own database, to look; no job runs here.</summary>
    private ServiceProvider Services()
    {
        var here = new ServiceCollection().AddLogging();
        here.AddDataProtection();
        return here.AddDextSage(new DatabaseOptions(folder), new SageRedirect(new Uri(Home, "/connect/sage/callback"))).BuildServiceProvider();
    }

    /// <summary>Connects and fills the lists through the app in this process, which is gone before the one to be measured starts.</summary>
    private async Task SettleInAsync(int people)
    {
        await using var here = await TestApp.StartWithAsync(also: null, folder, Arguments);
        await ConnectAsync(here, Home);

        await using var scope = here.Services.CreateAsyncScope();
        await using var household = await Household.OpenAsync(scope.ServiceProvider, ReadyPeople.BusinessId);
        for (var n = 0; n < people; n++)
        {
            var person = new Integration.People.Person { Id = Guid.CreateVersion7(), UserName = $"watcher{n}@marsh.example", Email = $"watcher{n}@marsh.example", DisplayName = $"Watcher {n}" };
            var made = await household.People.CreateAsync(person, Password);
            if (!made.Succeeded) throw new InvalidOperationException(string.Join(' ', made.Errors.Select(e => e.Description)));
            household.Db.Add(new Membership { BusinessId = ReadyPeople.BusinessId, PersonId = person.Id, Role = Role.Bookkeeper });
            staff.Add(person.Email);
        }

        await household.Db.SaveChangesAsync();
        await household.CommitAsync();
    }

    /// <summary>Connects the ready business, and waits for its lists.</summary>
    public static async Task ConnectAsync(TestApp here, Uri home)
    {
        using var alma = await here.SignInAsAsync("Alma Marsh");
        var step = await SageWalk.ToOrganisationsAsync(home, alma, "connect");
        var organisations = here.Services.GetRequiredService<Organisations>();
        var choice = await organisations.ListAsync(Admin, step);
        await organisations.ChooseAsync(Admin, step, choice!.Organisations.Single(o => o.Name == "Marsh & Daughters Ltd").Id);
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
        while (await here.Services.GetRequiredService<ListRefresh>().LatestAsync(Admin) is not { Status: RefreshStatus.Completed }) await again.WaitForNextTickAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (services is not null) await services.DisposeAsync();
        app?.Dispose();
        if (sandbox is not null) await sandbox.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folders.Delete(folder);
    }
}
