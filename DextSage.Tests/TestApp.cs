using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using DextSage.App.Account;
using DextSage.App.Hosting;
using DextSage.Tests.Intake;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DextSage.Tests;

/// <summary>
/// The real app in this process: Kestrel on a free loopback port, a data folder of its own that goes away with it, the
/// sandbox's ready people. Settings are given as arguments ("--DextSage:Sandbox=false"), stand-ins through <c>also</c>.
/// <code>
/// await using var app = await TestApp.StartAsync();
/// using var alma = await app.SignInAsAsync("Alma Marsh");
/// var page = await alma.GetStringAsync("/account/security");
/// </code>
/// </summary>
internal sealed partial class TestApp : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly bool ownsFolder;

    private TestApp(WebApplication app, Uri url, string dataFolder, bool ownsFolder, TestLogs logs)
    {
        this.app = app;
        this.ownsFolder = ownsFolder;
        Url = url;
        DataFolder = dataFolder;
        Logs = logs;
    }

    public Uri Url { get; }
    public string DataFolder { get; }
    public TestLogs Logs { get; }
    public IServiceProvider Services => app.Services;

    public static Task<TestApp> StartAsync(params string[] args) => StartWithAsync(null, null, args);

    /// <param name="also">Replaces services before the app is built.</param>
    /// <param name="dataFolder">One that outlives this app, for tests that restart it; null for a fresh one.</param>
    /// <param name="args">Win over this class's own settings.</param>
    public static async Task<TestApp> StartWithAsync(Action<WebApplicationBuilder>? also, string? dataFolder, params string[] args)
    {
        var folder = dataFolder ?? NewFolder();
        var logs = new TestLogs();
        for (var attempt = 1; ; attempt++)
        {
            var url = new Uri($"http://localhost:{FreePort()}");
            try
            {
                var started = await DextSageHost.StartAsync([.. Defaults(url, folder), .. args], builder =>
                {
                    builder.Logging.ClearProviders().AddProvider(logs);
                    TestPapers.UseIn(builder.Services);
                    also?.Invoke(builder);
                });
                var origin = started.Services.GetRequiredService<HostSettings>().Url;
                return new TestApp(started, origin, folder, ownsFolder: dataFolder is null, logs);
            }
            catch (StartRefusedException refusal) when (attempt < 5 && refusal.Message.Contains("has this port", StringComparison.Ordinal))
            {
                // Somebody else took the port between our looking and our listening.
            }
        }
    }

    /// <summary>A data folder of the test's own; the test deletes it.</summary>
    public static string NewFolder() => Folders.New("data");

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A browser without scripts: keeps cookies, follows no redirect.</summary>
    public Visitor NewClient() => new(Url);

    /// <summary>One of the sandbox's ready people, signed in through the sign-in page. Names: Alma Marsh, Ben Okafor, Cara Lind.</summary>
    public async Task<Visitor> SignInAsAsync(string name)
    {
        if (ReadyPeople.All.All(p => p.Name != name)) throw new ArgumentException($"There is no ready person called {name}.", nameof(name));
        var client = NewClient();
        using var answer = await SubmitAsync(client, "/account/sign-in", "ready", ("Ready.Name", name));
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther
            ? client
            : throw new InvalidOperationException($"Signing in as {name} was answered with {(int)answer.StatusCode}.");
    }

    /// <summary>Opens a page and sends one of its forms, with the hidden fields that the page put there.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string page, string form, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(page);
        var token = TokenField().Match(html) is { Success: true } found
            ? found.Groups["token"].Value
            : throw new InvalidOperationException($"{page} has no form with a token.");
        var content = fields.Select(f => KeyValuePair.Create(f.Name, f.Value))
            .Append(new("_handler", form))
            .Append(new("__RequestVerificationToken", WebUtility.HtmlDecode(token)));
        return await client.PostAsync(page, new FormUrlEncodedContent(content));
    }

    // Settings of the machine (a developer's user secrets, the environment) must not decide a test.
    private static string[] Defaults(Uri url, string folder) =>
    [
        $"--DextSage:Url={url.GetLeftPart(UriPartial.Authority)}",
        $"--DextSage:DataFolder={folder}",
        "--DextSage:Sandbox=true",
        $"--contentRoot={AppContext.BaseDirectory}",
        "--environment=Production",
    ];

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (ownsFolder) Folders.Delete(DataFolder);
    }

    /// <summary>An HttpClient whose cookies can be lent to a WebSocket or a browser.</summary>
    internal sealed class Visitor : HttpClient
    {
        public Visitor(Uri url) : this(url, new CookieContainer()) { }

        private Visitor(Uri url, CookieContainer cookies)
            : base(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies, UseProxy = false })
        {
            BaseAddress = url;
            Cookies = cookies;
        }

        public CookieContainer Cookies { get; }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking)]
    private static partial Regex TokenField();
}
