using System.Reflection;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using DextSage.App;
using DextSage.App.Shared;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>
/// Every page below /b/{business}, found by its route, opened through the real router, layout and services as each kind of person.
/// A new page fails here until it is listed.
/// </summary>
public sealed class PageMatrix : BunitContext
{
    /// <summary>The least role that a page is for, by its route.</summary>
    private static readonly Dictionary<string, Who> Least = new(StringComparer.Ordinal)
    {
        ["/b/{slug}/activity/bulk"] = Who.Standard,
        ["/b/{slug}/activity/bulk/{run:guid}"] = Who.Standard,
        ["/b/{slug}/activity/sage-check"] = Who.Bookkeeper,
        ["/b/{slug}/import"] = Who.Standard,
        ["/b/{slug}/import/{id:guid}"] = Who.Standard,
        ["/b/{slug}/settings/watched-folder"] = Who.Admin,
        ["/b/{slug}/help/api"] = Who.Standard,
        ["/b/{slug}/settings/api-keys"] = Who.Admin,
        ["/b/{slug}/help/publishing"] = Who.Standard,
        ["/b/{slug}/help/publishing/{reason}"] = Who.Standard,
        ["/b/{Slug}/costs"] = Who.Standard,
        ["/b/{Slug}/costs/{Code}"] = Who.Standard,
        ["/b/{Slug}/costs/{Code}/split"] = Who.Standard,
        ["/b/{Slug}/sales/{Code}/split"] = Who.Standard,
        ["/b/{Slug}/costs/merge"] = Who.Standard,
        ["/b/{Slug}/sales/merge"] = Who.Standard,
        ["/b/{Slug}/costs/{Code}/compare/{Other}"] = Who.Standard,
        ["/b/{Slug}/sales/{Code}/compare/{Other}"] = Who.Standard,
        ["/b/{Slug}/sales"] = Who.Standard,
        ["/b/{Slug}/sales/{Code}"] = Who.Standard,
        ["/b/{slug}/costs/suppliers"] = Who.Bookkeeper,
        ["/b/{slug}/costs/suppliers/import"] = Who.Admin,
        ["/b/{slug}/sales/customers/import"] = Who.Admin,
        ["/b/{slug}/settings/lists/categories/import"] = Who.Admin,
        ["/b/{slug}/sales/customers"] = Who.Bookkeeper,
        ["/b/{slug}/rules"] = Who.Bookkeeper,
        ["/b/{slug}/rules/{tab}"] = Who.Bookkeeper,
        ["/b/{slug}/rules/auto-publish"] = Who.Bookkeeper,
        ["/b/{slug}/rules/edit/{rule:guid}"] = Who.Admin,
        ["/b/{slug}/rules/new/{kindWord}"] = Who.Admin,
        ["/b/{slug}/settings/lists"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/analysis/{analysisType:guid}"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/bank-accounts"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/categories"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/currencies"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/payment-methods"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/products"] = Who.Bookkeeper,
        ["/b/{slug}/settings/lists/tax-rates"] = Who.Bookkeeper,
        ["/b/{slug}/settings/connections"] = Who.Admin,
        ["/b/{slug}/settings/connections/available"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/change"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/connected/{request}"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/match/{list}"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/organisation/{request}"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/problem/{problem}"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/reconnect"] = Who.Admin,
        ["/b/{slug}/settings/connections/sage/refreshes"] = Who.Bookkeeper,
        ["/b/{slug}/settings/connections/sage/refreshes/{run:guid}"] = Who.Bookkeeper,
        ["/b/{slug}/settings/connections/sage/settings"] = Who.Admin,
    };

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly BunitAuthorizationContext identity;
    private readonly string folder = Folders.New("pages");

    public PageMatrix()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        Services.AddSingleton<DextSage.App.Items.ItemPresence>();
        Services.AddDataProtection();
        Services.AddSingleton(new DextSage.App.Hosting.SandboxMode(IsOn: true));
        Services.AddSingleton(new DextSage.App.Hosting.HostSettings(new Uri("http://localhost"), folder, Sandbox: true, []));
        Services.AddSingleton<INavigationInterception, NoInterception>();
        Services.AddSingleton<IScrollToLocationHash, NoScrolling>();
        identity = AddAuthorization();
        Quarter.AddTo(Services, folder);
    }

    public static TheoryData<string> Routes => [.. Least.Keys];

    private static IEnumerable<(Type Page, string Route)> Pages => typeof(Urls).Assembly.GetTypes()
        .SelectMany(t => t.GetCustomAttributes<RouteAttribute>().Select(r => (t, r.Template)));

    [Fact]
    public void Every_page_of_a_business_is_listed() => Assert.Equal(
        Least.Keys.Order(StringComparer.Ordinal), Pages.Select(p => p.Route).Where(r => r.StartsWith("/b/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_page_is_for_signed_in_people_unless_it_says_otherwise() => Assert.Equal(
        ["/account/first-run", "/account/recovery-code", "/account/sign-in", "/account/two-factor", "/connect/sage/problem/{problem}"],
        Pages.Where(p => p.Page.GetCustomAttributes<AuthorizeAttribute>().Any() is false || p.Page.GetCustomAttribute<AllowAnonymousAttribute>() is not null)
            .Select(p => p.Route).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_page_opens_for_whom_it_is_and_tells_everybody_else_nothing(string route)
    {
        var town = await Town.SettleAsync(Services);
        foreach (var who in Enum.GetValues<Who>())
        {
            var page = Open(town, who, route, town.Marsh.StandardsItem.Code);
            Assert.Equal((who, Expected(Least[route], who)), (who, Seen(page)));
            Assert.DoesNotContain(Town.BrooksOwn, page.Markup, StringComparison.Ordinal);
            if (who < Who.Bookkeeper) Assert.DoesNotContain(Town.AdminsOwn, page.Markup, StringComparison.Ordinal);
            await DisposeComponentsAsync();
        }
    }

    [Theory]
    [InlineData(Who.Standard, Answer.NothingHere)]
    [InlineData(Who.Bookkeeper, Answer.Shown)]
    public async Task A_colleagues_item_is_not_there_for_a_Standard_user(Who who, Answer expected)
    {
        var town = await Town.SettleAsync(Services);
        var page = Open(town, who, "/b/{Slug}/costs/{Code}", town.Marsh.AdminsItem.Code);
        Assert.Equal(expected, Seen(page));
        // The word can be found where it may be: the search below would see it.
        Assert.Equal(who is Who.Bookkeeper, page.Markup.Contains(Town.AdminsOwn, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task An_open_page_ends_when_its_person_is_removed(string route)
    {
        var town = await Town.SettleAsync(Services);
        var page = Open(town, Who.Admin, route, town.Marsh.AdminsItem.Code);
        Assert.Equal(Answer.Shown, Seen(page));
        // The one page that shows no rows: what it asks for is refused by the service when it asks.
        if (!typeof(LiveComponent).IsAssignableFrom(Pages.Single(p => p.Route == route).Page))
        {
            Assert.EndsWith("/organisation/{request}", route, StringComparison.Ordinal);
            return;
        }

        await town.RemoveAsync(Who.Admin);

        page.WaitForAssertion(() => Assert.Equal(Answer.NothingHere, Seen(page)), Patience);
        Assert.DoesNotContain(Town.AdminsOwn, page.Find("main").InnerHtml, StringComparison.Ordinal);
    }

    public enum Answer { Waiting, Shown, NotThisRole, NothingHere, Broken }

    private static Answer Expected(Who least, Who who) =>
        who < Who.Standard ? Answer.NothingHere : who < least ? Answer.NotThisRole : Answer.Shown;

    private IRenderedComponent<DextSage.App.Routes> Open(Town town, Who who, string route, string code)
    {
        if (who is Who.Visitor) identity.SetNotAuthorized();
        else identity.SetAuthorized(who.ToString()).SetClaims(new Claim(ClaimTypes.NameIdentifier, town.PersonId(who).ToString()));
        var address = route.Replace("{Slug}", town.Marsh.Slug, StringComparison.OrdinalIgnoreCase).Replace("{Code}", code, StringComparison.Ordinal).Replace("{Other}", town.Marsh.StandardsOther.Code, StringComparison.Ordinal)
            .Replace("{request}", town.Marsh.WalkId.ToString("N"), StringComparison.Ordinal).Replace("{problem}", "denied", StringComparison.Ordinal).Replace("{reason}", "tax-rate-refused", StringComparison.Ordinal)
            .Replace("{analysisType:guid}", town.Marsh.AnalysisTypeId.ToString("N"), StringComparison.Ordinal).Replace("{list}", "categories", StringComparison.Ordinal).Replace("{tab}", "suppliers", StringComparison.Ordinal).Replace("{kindWord}", "condition", StringComparison.Ordinal).Replace("{rule:guid}", town.Marsh.WalkId.ToString("N"), StringComparison.Ordinal).Replace("{id:guid}", town.Marsh.WalkId.ToString("N"), StringComparison.Ordinal).Replace("{run:guid}", town.Marsh.WalkId.ToString("N"), StringComparison.Ordinal);
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var page = Render<DextSage.App.Routes>();
        page.WaitForState(() => Seen(page) is not Answer.Waiting, Patience);
        return page;
    }

    private static Answer Seen(IRenderedComponent<DextSage.App.Routes> page)
    {
        var main = page.FindAll("main");
        if (main.Count == 0) return Answer.Waiting;
        return main[0].TextContent switch
        {
            var text when text.Contains("There is nothing here", StringComparison.Ordinal) => Answer.NothingHere,
            var text when text.Contains("You don't have access to this", StringComparison.Ordinal) => Answer.NotThisRole,
            var text when text.Contains("Something went wrong", StringComparison.Ordinal) => Answer.Broken,
            var text when text.Contains('…', StringComparison.Ordinal) || !text.Any(char.IsLetter) => Answer.Waiting,
            _ => Answer.Shown,
        };
    }

    // What the runner calls: it disposes of what can be disposed of in both ways in this one alone.
    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Folders.Delete(folder);
    }

    private sealed class NoInterception : INavigationInterception
    {
        public Task EnableNavigationInterceptionAsync() => Task.CompletedTask;
    }

    private sealed class NoScrolling : IScrollToLocationHash
    {
        public Task RefreshScrollPositionForHash(string locationAbsolute) => Task.CompletedTask;
    }
}
