using System.Net.Http.Headers;
using DextSage.Integration.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Sandbox;

/// <summary>The sandbox alone on a loopback port, with a clock of its own and a file that goes with it.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    public const string Callback = "https://dext.example/Callback?from=sage";
    private readonly WebApplication server;
    private readonly string folder;
    private readonly bool keepsFolder;

    private SandboxHost(WebApplication server, FakeTimeProvider time, string folder, bool keepsFolder)
    {
        (this.server, Time, this.folder, this.keepsFolder) = (server, time, folder, keepsFolder);
        Origin = new Uri(server.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Options = server.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<SageSandboxOptions>>().Value;
    }

    public FakeTimeProvider Time { get; }
    public Uri Origin { get; }
    public SageSandboxOptions Options { get; }
    public Uri Home => new(Origin, Options.PathBase + "/");

    public static async Task<SandboxHost> StartAsync(Action<SageSandboxOptions>? configure = null, string? folder = null, System.Net.IPAddress? from = null)
    {
        var place = folder ?? Folders.New("sandbox");
        if (folder is null) File.Copy(await Seeded.Value, Path.Combine(place, "sage.db"));
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSageSandbox(options =>
        {
            options.DatabasePath = Path.Combine(place, "sage.db");
            options.Latency = TimeSpan.Zero;
            options.LargeSuppliers = 60;
            options.RedirectUris.Add(Callback);
            configure?.Invoke(options);
        });
        var app = builder.Build();
        if (from is not null)
            app.Use((http, next) =>
            {
                http.Connection.RemoteIpAddress = from;
                return next(http);
            });
        app.MapSageSandbox();
        await app.StartAsync();
        return new SandboxHost(app, time, place, folder is not null);
    }

    /// <summary>A file seeded once, of which every test gets its copy.</summary>
    private static readonly Lazy<Task<string>> Seeded = new(async () =>
    {
        var place = Folders.New("sandbox-seed");
        await using (await StartAsync(folder: place)) { }
        return Path.Combine(place, "sage.db");
    });

    /// <summary>A browser: keeps cookies, follows nothing by itself.</summary>
    public HttpClient Browser() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = true }) { BaseAddress = Home };

    /// <summary>The application's client for the wire, without a token.</summary>
    public HttpClient Wire() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Home };

    /// <summary>Walks the whole dance as somebody and returns what the token endpoint gave.</summary>
    public async Task<Tokens> ConnectAsync(string email = "olivia@sandbox.test", string country = "gb", string scope = "full_access")
    {
        using var dance = new Dance(this);
        var code = await dance.ToCodeAsync(email, country, scope);
        return await Tokens.OfAsync(await TokenAsync(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Callback)));
    }

    public async Task<SandboxApi> ApiAsync(string business = "Marsh & Daughters Ltd", string email = "olivia@sandbox.test", string scope = "full_access")
    {
        var tokens = await ConnectAsync(email, scope: scope);
        return Api(tokens.Access, business);
    }

    public SandboxApi Api(string accessToken, string business = "Marsh & Daughters Ltd")
    {
        var http = Wire();
        http.BaseAddress = new Uri(Home, "v3.1/");
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        http.DefaultRequestHeaders.Add("X-Business", BusinessId(business));
        return new SandboxApi(http);
    }

    public static string BusinessId(string name) => Organisation.All.Single(one => one.Name == name).Id;

    public async Task<HttpResponseMessage> TokenAsync(params (string Name, string Value)[] fields)
    {
        using var wire = Wire();
        (string, string)[] client = [("client_id", Options.ClientId), ("client_secret", Options.ClientSecret)];
        return await wire.PostAsync("token", Form([.. client.Where(own => fields.All(field => field.Name != own.Item1)), .. fields]));
    }

    public async Task<HttpResponseMessage> RefreshAsync(string token) => await TokenAsync(("grant_type", "refresh_token"), ("refresh_token", token));

    public async Task FaultAsync(object fault)
    {
        using var wire = Wire();
        Assert.Equal(System.Net.HttpStatusCode.Created, (await wire.PostAsync("control/faults", JsonContent(fault))).StatusCode);
    }

    public async Task MutateAsync(object mutation)
    {
        using var wire = Wire();
        (await wire.PostAsync("control/mutate", JsonContent(mutation))).EnsureSuccessStatusCode();
    }

    public static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    public static StringContent JsonContent(object body) =>
        new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync();
        await server.DisposeAsync();
        if (!keepsFolder) Folders.Delete(folder);
    }
}
