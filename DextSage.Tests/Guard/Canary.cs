using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Web;
using Bunit;
using DextSage.App;
using DextSage.App.Account;
using DextSage.App.Connections;
using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>
/// Connect, refresh, renew, publish, lose the sign-in and reconnect in the real app, over its own HTTP, and then look everywhere for what
/// must be nowhere: tokens, codes, verifiers, states and the client secret. What to look for is read off the wire to Sage, so a word that
/// was never there fails the test as well.
/// </summary>
public sealed class Canary : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task No_secret_of_the_main_job_is_left_anywhere()
    {
        var wire = new Wire();
        await using var app = await TestApp.StartWithAsync(builder => Listen(builder, wire), dataFolder: null, "--Sandbox:LargeSuppliers=5", "--Sandbox:Latency=00:00:00");
        using var alma = await app.SignInAsAsync("Alma Marsh");
        var seen = new List<string>();

        var request = await WalkAsync(app, alma, "connect", wire, seen);
        await ChooseAsync(app, request);
        await UntilRefreshedAsync(app);
        await ExpireAccessAsync(app);
        await app.Services.GetRequiredService<ListRefresh>().RequestAsync(Alma);
        await UntilRefreshedAsync(app);
        await PublishAsync(app);
        seen.AddRange(await PagesAsync(app, request));
        await ChooseAsync(app, await WalkAsync(app, alma, "reconnect", wire, seen));
        await UntilRefreshedAsync(app);
        seen.AddRange(await PagesAsync(app, request));
        seen.Add(await alma.GetStringAsync("/sandbox/sage/control/journal"));

        AssertFoundWhereTheyMustBe(wire);
        var secrets = wire.Secrets.Append(app.Services.GetRequiredService<IOptions<SageOptions>>().Value.ClientSecret).ToList();
        AssertNowhere(secrets, "the logs", string.Join('\n', app.Logs.Entries));
        foreach (var text in seen) AssertNowhere(secrets, "a page, an address or the journal", text);
        foreach (var file in Directory.EnumerateFiles(app.DataFolder, "*", SearchOption.AllDirectories).Where(IsOurs))
            AssertNowhere(secrets, file, await BytesAsTextAsync(file));
    }

    // The sandbox keeps what it issued in a file of its own: it is Sage. The lock is empty, and held.
    private static bool IsOurs(string file) => !Path.GetFileName(file).StartsWith("sage-sandbox", StringComparison.Ordinal) && Path.GetExtension(file) != ".lock";

    private static Caller Alma => new(ReadyPeople.All[0].Id, ReadyPeople.BusinessId);

    private static void Listen(WebApplicationBuilder builder, Wire wire)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Trace);
        builder.Services.Configure<LoggerFilterOptions>(o =>
        {
            o.Rules.Clear();
            o.MinLevel = LogLevel.Trace;
        });
        builder.Services.AddHttpClient("sage-oauth").AddHttpMessageHandler(() => new Tap(wire));
        builder.Services.AddHttpClient("sage-api").AddHttpMessageHandler(() => new Tap(wire));
    }

    private static Task<Guid> WalkAsync(TestApp app, HttpClient browser, string intent, Wire wire, List<string> seen) =>
        SageWalk.ToOrganisationsAsync(app.Url, browser, intent, (address, answer, html) =>
        {
            var query = HttpUtility.ParseQueryString(address.Query);
            if (query["state"] is { } state) wire.Add("state", state);
            if (query["code"] is { } code) wire.Add("code", code);
            // Sage's own pages and the callback carry state and code; nothing after them may.
            if (address.AbsolutePath == Urls.SageCallback) seen.Add($"{answer.Headers.Location} {answer.Headers}");
            if (html is not null && address.AbsolutePath.Contains("/organisation/", StringComparison.Ordinal)) seen.Add(html);
        });

    private static async Task ChooseAsync(TestApp app, Guid request)
    {
        var organisations = app.Services.GetRequiredService<Organisations>();
        var choice = await organisations.ListAsync(Alma, request);
        Assert.Null((await organisations.ChooseAsync(Alma, request, choice!.Organisations.Single(o => o.Name == "Marsh & Daughters Ltd").Id)).Problem);
    }

    private static Task UntilRefreshedAsync(TestApp app) =>
        Wait.UntilAsync(async () => (await app.Services.GetRequiredService<ListRefresh>().LatestAsync(Alma)) is { Status: RefreshStatus.Completed }, "the lists are in");

    private static async Task ExpireAccessAsync(TestApp app)
    {
        using var knob = app.NewClient();
        (await knob.PostAsync("/sandbox/sage/control/expire-access-tokens", content: null)).EnsureSuccessStatusCode();
    }

    private static async Task PublishAsync(TestApp app)
    {
        var (desk, details, pickers) = (app.Services.GetRequiredService<ItemDesk>(), app.Services.GetRequiredService<ItemDetails>(), app.Services.GetRequiredService<Pickers>());
        var code = (await app.Services.GetRequiredService<Arrivals>().AddSamplesAsync(Alma)).First(r => r.Codes.Count == 1).Codes[0];
        await Wait.UntilAsync(async () => (await details.FindAsync(Alma, code))!.Status is not ItemStatus.Processing, "the item is read");
        async Task EditAsync(ItemEdit edit) => Assert.Null((await desk.EditAsync(Alma, code, edit, (await details.FindAsync(Alma, code))!.Version)).Refusal);
        await EditAsync(new ItemEdit.SetCategory((await pickers.CategoriesAsync(Alma, "Office costs"))[0].Id));
        await EditAsync(new ItemEdit.SetTaxRate((await pickers.TaxRatesAsync(Alma)).Single(r => r.Percentage == 20).Id));
        while ((await details.FindAsync(Alma, code))!.Issues.FirstOrDefault(i => i.Fix is not null) is { Fix: { } fix }) await EditAsync(fix.Edit);
        Assert.Null(await app.Services.GetRequiredService<PublishDesk>().PublishAsync(Alma, code, (await details.FindAsync(Alma, code))!.Version));
        await Wait.UntilAsync(async () => (await details.FindAsync(Alma, code))!.Status is ItemStatus.Published, "the item is published");
    }

    /// <summary>What the pages of the connection draw, over the app's own services.</summary>
    private static async Task<List<string>> PagesAsync(TestApp app, Guid request)
    {
        var drawn = new List<string>();
        await using var screen = new BunitContext();
        screen.JSInterop.Mode = JSRuntimeMode.Loose;
        screen.Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        screen.Services.AddFallbackServiceProvider(app.Services);
        var member = (await app.Services.GetRequiredService<BusinessDirectory>().FindAsync(Alma.PersonId, ReadyPeople.BusinessSlug))!;
        foreach (var page in typeof(ConnectionPage).Assembly.GetTypes().Where(t => t.Namespace == typeof(ConnectionPage).Namespace && t.GetCustomAttributes(typeof(RouteAttribute), false).Length > 0))
        {
            var shown = screen.Render(builder =>
            {
                builder.OpenComponent<CascadingValue<BusinessMembership>>(0);
                builder.AddComponentParameter(1, "Value", member);
                builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner =>
                {
                    inner.OpenComponent(0, page);
                    if (page.GetProperty("Request") is not null) inner.AddComponentParameter(1, "Request", request.ToString("N"));
                    inner.CloseComponent();
                }));
                builder.CloseComponent();
            });
            shown.WaitForState(() => !shown.Markup.Contains('…', StringComparison.Ordinal), Patience);
            drawn.Add(shown.Markup);
        }
        Assert.Contains(drawn, m => m.Contains("Marsh &amp; Daughters Ltd", StringComparison.Ordinal));
        return drawn;
    }

    private static void AssertFoundWhereTheyMustBe(Wire wire)
    {
        Assert.Equal(2, wire.Count("code"));
        Assert.Equal(2, wire.Count("state"));
        Assert.Equal(2, wire.Count("code_verifier"));
        Assert.True(wire.Count("access_token") >= 3, "two sign-ins and a renewal");
        Assert.True(wire.Count("refresh_token") >= 3, "two sign-ins and a renewal");
        Assert.All(wire.Secrets, s => Assert.True(s.Length >= 20, s));
        // The search itself can find.
        Assert.Throws<Xunit.Sdk.DoesNotContainException>(() => AssertNowhere(wire.Secrets, "a control", $"Location: /x?code={wire.Secrets[0]}"));
    }

    private static void AssertNowhere(IEnumerable<string> secrets, string place, string text)
    {
        foreach (var secret in secrets)
        foreach (var form in new[] { secret, Uri.EscapeDataString(secret), Convert.ToBase64String(Encoding.UTF8.GetBytes(secret)) }.Distinct(StringComparer.Ordinal))
            Assert.DoesNotContain($"{place}: {form}", Around(place, text, form), StringComparison.Ordinal);
    }

    // Named by its place, and with the words before it, so that a finding can be traced.
    private static string Around(string place, string text, string form) =>
        text.IndexOf(form, StringComparison.Ordinal) is >= 0 and var at ? $"{text[Math.Max(0, at - 200)..at]} {place}: {form}" : "";

    private static async Task<string> BytesAsTextAsync(string file)
    {
        try
        {
            await using var open = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            await open.CopyToAsync(bytes);
            return Encoding.Latin1.GetString(bytes.ToArray());
        }
        catch (FileNotFoundException) when (file.EndsWith("-shm", StringComparison.Ordinal) || file.EndsWith("-wal", StringComparison.Ordinal))
        {
            // SQLite took it away with its last connection: what was in it is in the database.
            return "";
        }
    }

    /// <summary>The secrets that went over the wire, each under its name.</summary>
    private sealed class Wire
    {
        private readonly ConcurrentDictionary<string, string> secrets = new(StringComparer.Ordinal);

        public IReadOnlyList<string> Secrets => [.. secrets.Keys];

        public void Add(string kind, string secret) => secrets.TryAdd(secret, kind);

        public int Count(string kind) => secrets.Values.Count(k => k == kind);
    }

    private sealed class Tap(Wire wire) : DelegatingHandler
    {
        private static readonly string[] Fields = ["code_verifier", "refresh_token", "access_token"];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Headers.Authorization?.Parameter is { } bearer) wire.Add("access_token", bearer);
            if (request.Content is FormUrlEncodedContent form)
            {
                var sent = HttpUtility.ParseQueryString(await form.ReadAsStringAsync(cancellationToken));
                foreach (var field in Fields) if (sent[field] is { } secret) wire.Add(field, secret);
            }
            var answer = await base.SendAsync(request, cancellationToken);
            if (request.Content is not FormUrlEncodedContent) return answer;
            await answer.Content.LoadIntoBufferAsync(cancellationToken);
            var given = JsonNode.Parse(await answer.Content.ReadAsStringAsync(cancellationToken)) as JsonObject;
            foreach (var field in Fields) if ((string?)given?[field] is { } secret) wire.Add(field, secret);
            return answer;
        }
    }
}
