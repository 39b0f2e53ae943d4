using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using DextSage.Integration.Sage;
using DextSage.Integration.Sandbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace DextSage.Tests.Simulation;

/// <summary>The sandbox as it is mapped into the app, with no socket before it and a file of books of its own.</summary>
internal sealed class PretendSage : IDisposable
{
    public static readonly Uri Callback = new("https://dext.example/Callback?from=sage");
    private static readonly Uri Home = new("https://sage.example/sandbox/sage/");

    private readonly ServiceProvider own;

    private PretendSage(ServiceProvider own) => this.own = own;

    /// <summary>Opens a file that <see cref="SeedAsync"/> has filled.</summary>
    public static PretendSage Open(string books, TimeProvider time) => new(Furnish(books, time));

    /// <summary>Where we find it, as our settings would say.</summary>
    public static void Introduce(SageOptions options)
    {
        var sandbox = new SageSandboxOptions();
        (options.ClientId, options.ClientSecret) = (sandbox.ClientId, sandbox.ClientSecret);
        (options.AuthoriseUrl, options.TokenUrl) = (new Uri(Home, "oauth2/auth/central"), new Uri(Home, "token"));
        (options.RevokeUrl, options.ApiUrl) = (new Uri(Home, "revoke"), new Uri(Home, "v3.1"));
    }

    public static string Below(Uri address) => address.PathAndQuery[(Home.AbsolutePath.Length - 1)..];

    /// <summary>An organisation's id, from its name.</summary>
    public static string IdOf(string organisation) => Organisation.All.Single(o => o.Name == organisation).Id;

    public Task<PostedAnswer> AnswerAsync(Letter letter) => AnswerAsync(letter.Method, letter.PathAndQuery, letter.Headers, letter.Body);

    /// <summary>What somebody at Sage does meanwhile, as the sandbox's controls take it.</summary>
    public async Task<int> ControlAsync(string path, object order)
    {
        var answer = await AnswerAsync("POST", path, [new("Content-Type", "application/json")], JsonSerializer.SerializeToUtf8Bytes(order));
        return answer.Status;
    }

    /// <summary>Olivia logs in and consents: the code with which she is sent back.</summary>
    public string Consent(Uri address)
    {
        var request = new DextSage.Integration.Sandbox.AuthorisationRequest(new QueryCollection(QueryHelpers.ParseQuery(address.Query + "&country=gb")));
        var grants = own.GetRequiredService<Grants>();
        grants.Consent(Person.All[0]);
        return grants.NewCode(Person.All[0], request);
    }

    /// <summary>She removes the app again.</summary>
    public void RemoveAccess() => own.GetRequiredService<Grants>().RemoveAccess(Person.All[0].Id, new SageSandboxOptions().ClientId);

    public void ExpireAccessTokens() => own.GetRequiredService<Grants>().ExpireAccessTokens();

    public void Dispose() => own.Dispose();

    /// <summary>Fills a new file.</summary>
    public static void Seed(string books)
    {
        using var services = Furnish(books, TimeProvider.System);
        _ = Mapped(services);
    }

    private async Task<PostedAnswer> AnswerAsync(string method, string pathAndQuery, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
    {
        var question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var http = new DefaultHttpContext { RequestServices = own };
        var request = http.Request;
        (request.Method, request.Scheme, request.Host) = (method, Home.Scheme, new HostString(Home.Host));
        request.Path = Home.AbsolutePath.TrimEnd('/') + Uri.UnescapeDataString(question < 0 ? pathAndQuery : pathAndQuery[..question]);
        request.QueryString = new QueryString(question < 0 ? "" : pathAndQuery[question..]);
        foreach (var (name, value) in headers) request.Headers[name] = value;
        (request.Body, request.ContentLength) = (new MemoryStream(body), body.Length);
        http.Features.Set<IHttpRequestBodyDetectionFeature>(new HasBody(body.Length > 0));
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        var written = new MemoryStream();
        http.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(written));

        await Pipeline.Value(http);
        return new(http.Response.StatusCode, written.ToArray(), http.Response.ContentType ?? "application/json",
            [.. http.Response.Headers.Where(h => h.Key is not ("Content-Type" or "Content-Length")).Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))]);
    }

    // Its endpoints take their services from the request, so that one pipeline serves every world.
    private static readonly Lazy<RequestDelegate> Pipeline = new(() => Mapped(Furnish(Path.Combine(Folders.New("simulation"), "sage.db"), TimeProvider.System)));

    private static RequestDelegate Mapped(ServiceProvider services)
    {
        var app = new ApplicationBuilder(services);
        app.UseRouting();
        app.UseEndpoints(endpoints => endpoints.MapSageSandbox());
        return app.Build();
    }

    private static ServiceProvider Furnish(string books, TimeProvider time)
    {
        var services = new ServiceCollection().AddLogging().AddRouting();
        services.AddSingleton(new DiagnosticListener("simulation")).AddSingleton<DiagnosticSource>(s => s.GetRequiredService<DiagnosticListener>());
        services.AddSingleton(time);
        services.AddSageSandbox(options =>
        {
            (options.DatabasePath, options.Latency, options.NewGrantEndsEarlierOnes) = (books, TimeSpan.Zero, false);
            (options.LargeSuppliers, options.LargeCustomers, options.LargeProducts) = (9, 4, 4);
            options.RedirectUris.Add(Callback.OriginalString);
        });
        return services.BuildServiceProvider();
    }

    private sealed class HasBody(bool itHas) : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => itHas;
    }
}
