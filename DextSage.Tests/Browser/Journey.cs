using System.Globalization;
using System.Net.Http.Json;
using DextSage.Tests.Sandbox;
using Microsoft.Playwright;
using Xunit;

namespace DextSage.Tests.Browser;

/// <summary>
/// One walk through the real app: a process and a data folder of its own, and as many browsers as it has people. When it ends,
/// whatever a browser complained about fails the test.
/// </summary>
[Collection(nameof(Chromium))]
public abstract class Journey(Chromium chromium) : IAsyncLifetime
{
    private readonly List<Visitor> visitors = [];
    private readonly HttpClient outside = new();

    private protected AppProcess? App { get; private set; }
    private protected string Folder { get; } = TestApp.NewFolder();
    private protected Uri Home { get; private set; } = null!;

    /// <summary>The sandbox's address, in the app's process unless a test names another.</summary>
    private protected Uri Sage { get; set; } = null!;

    /// <summary>Where the journey happens: fast answers and few suppliers, unless the test is about watching them.</summary>
    private protected async Task StartAsync(params string[] args)
    {
        chromium.SkipWithoutBrowser();
        Home ??= new Uri($"http://localhost:{TestApp.FreePort()}");
        Sage ??= new Uri(Home, "/sandbox/sage/");
        App = await AppProcess.StartAsync(
        [
            $"--DextSage:Url={Home.GetLeftPart(UriPartial.Authority)}", $"--DextSage:DataFolder={Folder}", "--DextSage:Sandbox=true", "--environment=Production",
            "--Sandbox:Latency=00:00:00", "--Sandbox:LargeSuppliers=60", .. args,
        ]);
    }

    /// <summary>The address, where it must be known before the app starts.</summary>
    private protected void UseHome(Uri home) => Home = home;

    /// <summary>SIGKILL to the app. Its browsers stay, and say what they see.</summary>
    private protected async Task KillAsync()
    {
        await App!.DisposeAsync();
        App = null;
    }

    /// <summary>Somebody with a browser of their own who is not signed in.</summary>
    private protected async Task<Visitor> ComeAsync(bool onPhone = false)
    {
        var visitor = await Visitor.ComeAsync(await chromium.OpenAsync(Home, onPhone));
        visitors.Add(visitor);
        return visitor;
    }

    /// <summary>One of the ready people, by one click on the sign-in page.</summary>
    private protected async Task<Visitor> SignInAsync(string name)
    {
        var visitor = await ComeAsync();
        await visitor.Page.GotoAsync("/");
        await visitor.Button(name).ClickAsync();
        await visitor.IsAtAsync("Costs");
        return visitor;
    }

    /// <summary>An Admin whose business is connected, its lists in, and the sample documents read.</summary>
    private protected async Task<Visitor> SignInConnectedAsync(bool withSamples = true)
    {
        var alma = await SignInAsync("Alma Marsh");
        await alma.ConnectAsync("Marsh & Daughters Ltd");
        await Assertions.Expect(alma.RefreshBanner).ToContainTextAsync("added");
        await alma.RefreshBanner.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await alma.Menu("Costs").ClickAsync();
        if (withSamples) await alma.AddSamplesAsync();
        return alma;
    }

    /// <summary>Orders trouble at the sandbox's door.</summary>
    private protected async Task FaultAsync(object fault) =>
        (await outside.PostAsJsonAsync(new Uri(Sage, "control/faults"), fault)).EnsureSuccessStatusCode();

    /// <summary>Does in Sage what somebody else may do there meanwhile.</summary>
    private protected async Task MutateAsync(object mutation) =>
        (await outside.PostAsJsonAsync(new Uri(Sage, "control/mutate"), mutation)).EnsureSuccessStatusCode();

    private protected async Task<string> JournalAsync() => await outside.GetStringAsync(new Uri(Sage, "control/journal"));

    /// <summary>Asks again and again, without a fixed pause to guess, until it is so.</summary>
    private protected static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var again = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await isSo())
        {
            try { await again.WaitForNextTickAsync(patience.Token); }
            catch (OperationCanceledException given) { throw new TimeoutException($"Not so in 30 seconds: {what}", given); }
        }
    }

    /// <summary>Exactly these bills are in the organisation's books: how many, and how many files each has.</summary>
    private protected async Task BooksHoldAsync(Visitor by, int bills, int filesEach = 1, string organisation = "Marsh & Daughters Ltd")
    {
        var page = await by.NewPageAsync();
        await page.GotoAsync(new Uri(Sage, $"ledger/{SandboxHost.BusinessId(organisation)}").AbsoluteUri);
        var rows = page.GetByRole(AriaRole.Table, new() { NameString = "Purchases" }).Locator("tbody tr:has(a)");
        await Assertions.Expect(rows).ToHaveCountAsync(bills);
        foreach (var row in await rows.AllAsync())
            await Assertions.Expect(row.Locator("td").Last).ToHaveTextAsync(filesEach.ToString(CultureInfo.InvariantCulture));
        await page.CloseAsync();
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        var failed = TestContext.Current.TestState?.Result is TestResult.Failed;
        if (failed) await TellAsync();
        foreach (var visitor in visitors) await visitor.DisposeAsync();
        if (App is not null) await App.DisposeAsync();
        outside.Dispose();
        Folders.Delete(Folder);
        GC.SuppressFinalize(this);
        var complaints = visitors.SelectMany(visitor => visitor.Complaints).ToList();
        Assert.True(failed || complaints.Count == 0, string.Join('\n', complaints));
    }

    private async Task TellAsync()
    {
        var output = TestContext.Current.TestOutputHelper!;
        output.WriteLine(App?.Said ?? "");
        foreach (var visitor in visitors)
        {
            output.WriteLine(visitor.Page.Url);
            foreach (var complaint in visitor.Complaints) output.WriteLine(complaint);
            if (Screens.Folder is { } folder)
                await visitor.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"failed-{GetType().Name}-{visitors.IndexOf(visitor)}.png") });
        }
    }
}
