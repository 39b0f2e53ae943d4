using System.Net;
using System.Text;
using DextSage.App;
using DextSage.App.Account;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>
/// Every address that the real app maps, asked by each kind of person, and what each is answered. A new address fails here until it
/// is listed. Pages of a business answer everybody who is signed in with the same empty frame; what is in it is PageMatrix's subject.
/// </summary>
public sealed class EndpointMatrix
{
    private const string Password = "seven quiet herons";

    // visitor | stranger | ex-member | standard | bookkeeper | admin. "in" leads to the sign-in page. A POST here carries no token.
    private static readonly Dictionary<string, string> Answers = new(StringComparer.Ordinal)
    {
        ["GET /"] = "in | 302 | 302 | 302 | 302 | 302",
        ["GET /_blazor"] = "401 | 400 | 400 | 400 | 400 | 400",
        ["GET /_blazor/disconnect/"] = "401 | 405 | 405 | 405 | 405 | 405",
        ["GET /_blazor/initializers/"] = "401 | 200 | 200 | 200 | 200 | 200",
        ["GET /_blazor/negotiate"] = "401 | 405 | 405 | 405 | 405 | 405",
        ["GET /_framework/opaque-redirect"] = "in | 400 | 400 | 400 | 400 | 400",
        ["GET /account/first-run"] = "in | in | in | in | in | in",
        ["GET /account/recovery-code"] = "in | in | in | in | in | in",
        ["GET /account/security"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /account/security/authenticator"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /account/sign-in"] = "200 | 302 | 302 | 302 | 302 | 302",
        ["GET /account/two-factor"] = "in | in | in | in | in | in",
        ["GET /api/v1/items/"] = "401 | 401 | 401 | 401 | 401 | 401", // A key opens it, and a cookie nothing.
        ["GET /api/v1/items/{id}"] = "401 | 401 | 401 | 401 | 401 | 401",
        ["GET /api/{**rest}"] = "404 | 404 | 404 | 404 | 404 | 404",
        ["GET /api/{documentName}/openapi.json"] = "404 | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/help/api"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/api-keys"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/watched-folder"] = "in | 200 | 200 | 200 | 200 | 200",
        ["POST /b/{slug}/settings/watched-folder"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /api/v1/items/"] = "401 | 401 | 401 | 401 | 401 | 401",
        ["GET /b/{slug}/import"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/import/{id:guid}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/import/{id:guid}/missing.csv"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/import/{id:guid}/report.csv"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{slug}/import"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/import/{id:guid}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/import/files"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /api/{**rest}"] = "404 | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{slug}/help/api"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/api-keys"] = "in | 400 | 400 | 400 | 400 | 400",
        ["GET /b/{slug}/activity/bulk"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/activity/sage-check"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/help/publishing"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/help/publishing/{reason}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/activity/bulk/{run:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/exports/{id:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{Slug}/costs"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/costs/{Code}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/costs/{Code}/compare/{Other}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/sales"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/sales/{Code}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/sales/{Code}/compare/{Other}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/costs/{Code}/split"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/sales/{Code}/split"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/costs/merge"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{Slug}/sales/merge"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/connect/sage/{intent:regex(^(connect|reconnect|change)$)}"] = "in | 404 | 404 | 403 | 403 | 302",
        ["GET /b/{slug}/costs/suppliers"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/costs/suppliers/import"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/documents/{id:guid}"] = "in | 404 | 404 | 404 | 200 | 200",
        ["GET /b/{slug}/documents/{id:guid}/invoice.xml"] = "in | 404 | 404 | 404 | 404 | 404", // The document is no e-invoice.
        ["GET /b/{slug}/proof/{Code}"] = "in | 404 | 404 | 404 | 200 | 200",
        ["GET /b/{slug}/rules"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/rules/auto-publish"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/rules/new/{kindWord}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/rules/{tab}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/rules/edit/{rule:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/sales/customers"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/sales/customers/import"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/available"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/change"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/connected/{request}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/match/{list}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/organisation/{request}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/problem/{problem}"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/reconnect"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/refreshes"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/connections/sage/refreshes/{run:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/settings/connections/sage/settings"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/analysis/{analysisType:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["GET /b/{slug}/settings/lists/bank-accounts"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/categories"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/categories/import"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/currencies"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/payment-methods"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/products"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/settings/lists/tax-rates"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /b/{slug}/uploads"] = "in | 404 | 404 | 200 | 200 | 200",
        ["GET /businesses"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /connect/sage/callback"] = "302 | 302 | 302 | 302 | 302 | 302",
        ["GET /connect/sage/problem/{problem}"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["GET /error"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["GET /health/live"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["GET /health/ready"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["GET /not-found"] = "in | 200 | 200 | 200 | 200 | 200",
        ["GET /theme.css"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["GET {**path:file}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /_blazor"] = "403 | 403 | 403 | 403 | 403 | 403",
        ["POST /_blazor/disconnect/"] = "403 | 403 | 403 | 403 | 403 | 403",
        ["POST /_blazor/initializers/"] = "403 | 403 | 403 | 403 | 403 | 403",
        ["POST /_blazor/negotiate"] = "403 | 403 | 403 | 403 | 403 | 403",
        ["POST /account/first-run"] = "400 | 400 | 400 | 400 | 400 | 400",
        ["POST /account/passkeys/creation"] = "in | 200 | 200 | 200 | 200 | 200",
        ["POST /account/passkeys/request"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["POST /account/recovery-code"] = "400 | 400 | 400 | 400 | 400 | 400",
        ["POST /account/security"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /account/security/authenticator"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /account/sign-in"] = "400 | 400 | 400 | 400 | 400 | 400",
        ["POST /account/sign-out"] = "302 | 302 | 302 | 302 | 302 | 302",
        ["POST /account/two-factor"] = "400 | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/activity/bulk"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/activity/sage-check"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/help/publishing"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/help/publishing/{reason}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/activity/bulk/{run:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{Slug}/costs"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/costs/{Code}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/costs/{Code}/compare/{Other}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/sales"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/sales/{Code}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/sales/{Code}/compare/{Other}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/costs/{Code}/split"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/sales/{Code}/split"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/costs/merge"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{Slug}/sales/merge"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/costs/suppliers"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/costs/suppliers/import"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/rules"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/rules/auto-publish"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/rules/new/{kindWord}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/rules/{tab}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/rules/edit/{rule:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{slug}/sales/customers"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/sales/customers/import"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/available"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/change"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/connected/{request}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/match/{list}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/organisation/{request}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/problem/{problem}"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/reconnect"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/refreshes"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/connections/sage/refreshes/{run:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{slug}/settings/connections/sage/settings"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/analysis/{analysisType:guid}"] = "in | 404 | 404 | 404 | 404 | 404",
        ["POST /b/{slug}/settings/lists/bank-accounts"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/categories"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/categories/import"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/currencies"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/payment-methods"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/products"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/settings/lists/tax-rates"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /b/{slug}/uploads"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /businesses"] = "in | 400 | 400 | 400 | 400 | 400",
        ["POST /connect/sage/problem/{problem}"] = "400 | 400 | 400 | 400 | 400 | 400",
        ["POST /health/live"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["POST /health/ready"] = "200 | 200 | 200 | 200 | 200 | 200",
        ["POST /not-found"] = "in | 400 | 400 | 400 | 400 | 400",
    };

    [Fact]
    public async Task Every_address_answers_each_as_listed()
    {
        await using var app = await TestApp.StartAsync();
        var document = await SettleInAsync(app);
        // Each signs in once: the door counts who comes in.
        var clients = new Dictionary<Who, HttpClient>();
        foreach (var who in Enum.GetValues<Who>()) clients[who] = await ClientAsync(app, who);
        var got = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (method, pattern) in OursOf(app).OrderBy(e => e.Pattern == Urls.SignOut).ThenBy(e => e.Pattern, StringComparer.Ordinal))
        {
            var answers = new List<string>();
            foreach (var who in Enum.GetValues<Who>()) answers.Add(await AskAsync(clients[who], method, pattern, document));
            got[$"{method} {pattern}"] = string.Join(" | ", answers);
        }

        foreach (var client in clients.Values) client.Dispose();
        var wrong = new StringBuilder();
        foreach (var (address, answer) in got.Where(g => Answers.GetValueOrDefault(g.Key) != g.Value)) wrong.Append("[\"").Append(address).Append("\"] = \"").Append(answer).AppendLine("\",");
        foreach (var gone in Answers.Keys.Where(a => !got.ContainsKey(a))) wrong.Append(gone).AppendLine(" is listed and not mapped.");
        Assert.True(wrong.Length == 0, wrong.ToString());
    }

    [Fact]
    public async Task Without_the_sandbox_nothing_of_it_is_mapped()
    {
        await using var app = await TestApp.StartAsync("--DextSage:Sandbox=false", "--Sage:ClientId=id", "--Sage:ClientSecret=secret");
        var patterns = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).ToList();
        Assert.Contains("/b/{slug}/uploads", patterns);
        Assert.DoesNotContain(patterns, p => p.Contains("sandbox", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>All but static files, which are the same for everybody, and the sandbox, which is another program's part.</summary>
    private static IEnumerable<(string Method, string Pattern)> OursOf(TestApp app) =>
        from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !endpoint.RoutePattern.RawText!.StartsWith("/sandbox/", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"]
        where method is not "HEAD"
        select (method, endpoint.RoutePattern.RawText!);

    private static async Task<string> AskAsync(HttpClient client, string method, string pattern, Guid document)
    {
        var address = pattern.Replace("{slug}", ReadyPeople.BusinessSlug, StringComparison.OrdinalIgnoreCase).Replace("{intent:regex(^(connect|reconnect|change)$)}", "connect", StringComparison.Ordinal)
            .Replace("{id:guid}", document.ToString("N"), StringComparison.Ordinal).Replace("{problem}", "denied", StringComparison.Ordinal)
            .Replace("{**path:file}", "no-such.file", StringComparison.Ordinal).Replace("{Code}", "MATRIX", StringComparison.Ordinal).Replace("{request}", Guid.Empty.ToString("N"), StringComparison.Ordinal);
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method is "POST") request.Content = new FormUrlEncodedContent([]);
        using var answer = await client.SendAsync(request);
        return answer.Headers.Location?.OriginalString is { } to && to.Contains(Urls.SignIn, StringComparison.Ordinal) && pattern != Urls.SignOut ? "in" : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<TestApp.Visitor> ClientAsync(TestApp app, Who who)
    {
        if (who is Who.Standard or Who.Bookkeeper or Who.Admin) return await app.SignInAsAsync(ReadyPeople.All.Single(p => p.Role.ToString() == who.ToString()).Name);
        var client = app.NewClient();
        if (who is Who.Visitor) return client;
        using var answer = await TestApp.SubmitAsync(client, Urls.SignIn, "password", ("Password.Email", $"{who}@next-door.example"), ("Password.Text", Password));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return client;
    }

    /// <summary>A stranger with a business of their own, somebody who was a member here, and an item of the Admin's with a document.</summary>
    private static async Task<Guid> SettleInAsync(TestApp app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<UserManager<Person>>();
        foreach (var who in new[] { Who.Stranger, Who.ExMember })
            Assert.True((await people.CreateAsync(new Person { Id = Guid.CreateVersion7(), UserName = $"{who}@next-door.example", Email = $"{who}@next-door.example", EmailConfirmed = true, DisplayName = who.ToString() }, Password)).Succeeded);
        var store = app.Services.GetRequiredService<BusinessStore>();
        var nextDoor = new Business { Slug = "next-door", Name = "Next Door Ltd", CreatedAt = DateTimeOffset.UnixEpoch };
        await using (var everyone = await store.OpenForEveryoneAsync())
        {
            everyone.Add(nextDoor);
            await everyone.SaveChangesAsync();
        }
        await using (var theirs = store.OpenForJob(nextDoor.Id))
        {
            theirs.Add(new Membership { BusinessId = nextDoor.Id, PersonId = (await people.FindByEmailAsync($"{Who.Stranger}@next-door.example"))!.Id, Role = Role.Admin });
            await theirs.SaveChangesAsync();
        }
        var stored = await app.Services.GetRequiredService<DocumentStore>().SaveAsync("%PDF-1.4"u8.ToArray());
        await using var ours = store.OpenForJob(ReadyPeople.BusinessId);
        var item = new Item
        {
            BusinessId = ReadyPeople.BusinessId, Code = "MATRIX", OwnerId = ReadyPeople.All[0].Id, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
            Document = new Document { BusinessId = ReadyPeople.BusinessId, Sha256 = stored.Sha256, FileName = "a.pdf", ContentType = "application/pdf", Length = stored.Length },
        };
        ours.Add(item);
        await ours.SaveChangesAsync();
        return item.Document!.Id;
    }
}
