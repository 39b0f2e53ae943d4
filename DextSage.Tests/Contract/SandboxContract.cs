using System.Collections.Concurrent;
using System.Net;
using System.Web;
using DextSage.Integration.Sage;
using DextSage.Integration.Sandbox;
using DextSage.Tests.Sage;
using DextSage.Tests.Sandbox;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Contract;

/// <summary>Our client and our sandbox, over a real wire, with Sage's own description as the judge between them.</summary>
public sealed class SandboxContract
{
    [Fact]
    public async Task Every_call_of_the_client_is_answered_by_the_sandbox_as_Sage_describes()
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        await using var rig = new SandboxRig(sandbox);
        var cancel = TestContext.Current.CancellationToken;
        await rig.ConnectAsync(cancel);
        var ids = new CallIds { Business = SandboxHost.BusinessId("Marsh & Daughters Ltd"), Page = new(1) };

        var failures = new List<string>();
        foreach (var (name, call) in ClientCalls.All)
            if (await call(rig.Client, new(Guid.Empty, ids.Business), ids, cancel) is { } failure)
                failures.Add($"{name}: {failure.Kind} {failure.HttpStatus} {failure.SageMessage} {string.Join(", ", failure.SageErrors.Select(e => e.Source))}");

        Assert.Empty(failures);
        Assert.Equal(ClientCalls.All.Count, rig.Exchanges.Count);
        Assert.Equal("", string.Join(Environment.NewLine, rig.Exchanges.SelectMany(e => spec.CheckAnswer(e.Method, e.Path, e.Status, e.Body)).Select(d => d.ToString()).Distinct()));
    }

    [Fact]
    public async Task What_the_sandbox_refuses_it_refuses_in_Sage_s_shape()
    {
        var spec = SageSpec.LoadOrSkip();
        await using var sandbox = await SandboxHost.StartAsync();
        await using var rig = new SandboxRig(sandbox);
        var cancel = TestContext.Current.CancellationToken;
        await rig.ConnectAsync(cancel);
        var plus = new SageTarget(Guid.Empty, SandboxHost.BusinessId("Marsh & Daughters Ltd"));
        var start = plus with { SageBusinessId = SandboxHost.BusinessId("Tidewater Crafts") };
        var invoice = SageBodies.Document(SageDocumentKind.PurchaseInvoice, ClientCalls.Invoice(new()), new string('a', 32));

        Assert.Equal(SageFailureKind.NotFound, (await rig.Client.ContactAsync(plus, "nobody", cancel)).Failure?.Kind);
        Assert.Equal(SageFailureKind.Rejected, (await rig.Client.CreateDocumentAsync(plus, SageDocumentKind.PurchaseInvoice, invoice, cancel)).Failure?.Kind);
        Assert.Equal(SageFailureKind.NoSubscription, (await rig.Client.CreateDocumentAsync(start, SageDocumentKind.PurchaseInvoice, invoice, cancel)).Failure?.Kind);
        rig.Tokens.Current = "not a token";
        rig.Tokens.Trouble = new SageSignInNeededException(SignInProblem.Refused);
        Assert.Equal(SageFailureKind.SignInNeeded, (await rig.Client.UserAsync(plus, cancel)).Failure?.Kind);

        Assert.Equal(4, rig.Exchanges.Count);
        Assert.Empty(rig.Exchanges.SelectMany(e => spec.CheckAnswer(e.Method, e.Path, e.Status, e.Body)));
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_a_revoked_one_not_at_all()
    {
        await using var sandbox = await SandboxHost.StartAsync();
        await using var rig = new SandboxRig(sandbox);
        var cancel = TestContext.Current.CancellationToken;
        var first = await rig.ConnectAsync(cancel);

        var second = (await rig.OAuth.RefreshAsync(first.RefreshToken, cancel)).Value!;
        var again = (await rig.OAuth.RefreshAsync(first.RefreshToken, cancel)).Failure;
        var third = (await rig.OAuth.RefreshAsync(second.RefreshToken, cancel)).Value ?? second;
        var revoked = await rig.OAuth.RevokeAsync(third.RefreshToken, cancel);

        Assert.Equal(SignInProblem.Refused, again?.SignInProblem);
        Assert.True(revoked.IsSuccess);
        Assert.Equal(SignInProblem.Refused, (await rig.OAuth.RefreshAsync(third.RefreshToken, cancel)).Failure?.SignInProblem);
    }

    [Fact]
    public async Task A_list_longer_than_a_page_is_read_whole()
    {
        await using var sandbox = await SandboxHost.StartAsync(o => o.LargeSuppliers = 450);
        await using var rig = new SandboxRig(sandbox);
        var cancel = TestContext.Current.CancellationToken;
        await rig.ConnectAsync(cancel);
        var target = new SageTarget(Guid.Empty, SandboxHost.BusinessId("Marsh & Daughters Ltd"));

        var seen = new List<string?>();
        var reading = new SageReading();
        while (reading.Next() is { } request)
        {
            var page = (await rig.Client.ContactsAsync(target, SageContactType.Vendor, request, cancel)).Value!;
            reading.Accept(page.Total, [.. page.Items.Select(c => c.Id!)]);
            seen.AddRange(page.Items.Select(c => c.Name));
        }

        Assert.True(reading.IsSettled);
        Assert.True(seen.Count >= 450);
        Assert.DoesNotContain(null, seen);
    }
}

/// <summary>The client as it is registered, pointed at a sandbox, with its answers written down.</summary>
internal sealed class SandboxRig : IAsyncDisposable
{
    private static readonly Uri Callback = new(SandboxHost.Callback);

    private readonly ServiceProvider _services;
    private readonly HttpClient _browser;

    public SandboxRig(SandboxHost sandbox)
    {
        _browser = sandbox.Browser();
        var services = new ServiceCollection();
        services.AddSingleton<ISageTokens>(Tokens);
        services.AddLogging();
        services.AddSage();
        services.Configure<SageOptions>(o =>
        {
            (o.ClientId, o.ClientSecret) = (sandbox.Options.ClientId, sandbox.Options.ClientSecret);
            (o.AuthoriseUrl, o.TokenUrl) = (new(sandbox.Home, "oauth2/auth/central"), new(sandbox.Home, "token"));
            (o.RevokeUrl, o.ApiUrl) = (new(sandbox.Home, "revoke"), new(sandbox.Home, "v3.1"));
        });
        // Added last, so next to the wire.
        services.AddHttpClient(SageRegistration.HttpClientName).AddHttpMessageHandler(() => new Recorder(Exchanges, new Uri(sandbox.Home, "v3.1").AbsolutePath));
        _services = services.BuildServiceProvider();
    }

    public ConcurrentQueue<Exchange> Exchanges { get; } = new();
    public FakeTokens Tokens { get; } = new();
    public ISageClient Client => _services.GetRequiredService<ISageClient>();
    public SageOAuth OAuth => _services.GetRequiredService<SageOAuth>();

    /// <summary>Walks the sandbox's pages as Olivia, and trades the code.</summary>
    public async Task<SageGrant> ConnectAsync(CancellationToken cancellationToken)
    {
        const string verifier = "a-verifier-of-at-least-forty-three-characters-long";
        var at = await FollowAsync(OAuth.AuthoriseUrl("state-1", SageOAuth.Challenge(verifier), Callback, "gb"), cancellationToken);
        at = await SubmitAsync(at, cancellationToken, ("email", "olivia@sandbox.test"), ("password", "sandbox"));
        if (!IsCallback(at)) at = await SubmitAsync(at, cancellationToken, ("decision", "allow"));
        var query = HttpUtility.ParseQueryString(at.Query);
        Assert.Equal("state-1", query["state"]);
        var grant = (await OAuth.ExchangeAsync(query["code"]!, verifier, Callback, cancellationToken)).Value!;
        Tokens.Current = grant.AccessToken;
        return grant;
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _services.DisposeAsync();
    }

    private async Task<Uri> SubmitAsync(Uri page, CancellationToken cancellationToken, params (string, string)[] fields)
    {
        using var form = SandboxHost.Form(fields);
        using var answer = await _browser.PostAsync(page, form, cancellationToken);
        var next = new Uri(page, answer.Headers.Location!);
        return IsCallback(next) ? next : await FollowAsync(next, cancellationToken);
    }

    // To the page where a person has to do something, or to the callback, which nobody serves here.
    private async Task<Uri> FollowAsync(Uri at, CancellationToken cancellationToken)
    {
        while (!IsCallback(at))
        {
            using var answer = await _browser.GetAsync(at, cancellationToken);
            if (answer.StatusCode is HttpStatusCode.OK) return at;
            at = new(at, answer.Headers.Location!);
        }

        return at;
    }

    private static bool IsCallback(Uri address) => address.Host == Callback.Host;

    internal sealed record Exchange(string Method, string Path, int Status, string Body);

    private sealed class Recorder(ConcurrentQueue<Exchange> exchanges, string root) : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            await response.Content.LoadIntoBufferAsync(cancellationToken);
            exchanges.Enqueue(new(request.Method.Method, request.RequestUri!.AbsolutePath[root.Length..], (int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken)));
            return response;
        }
    }
}
