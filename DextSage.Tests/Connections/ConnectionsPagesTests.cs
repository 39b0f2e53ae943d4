using Microsoft.Extensions.DependencyInjection;
using DextSage.App.Hosting;
using Bunit;
using DextSage.App;
using DextSage.App.Connections;
using DextSage.App.Layout;
using DextSage.App.Shared;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace DextSage.Tests.Connections;

public sealed class ConnectionsPagesTests : Screen
{
    /// <summary>Every page of the settings: a new one is found by itself.</summary>
    public static TheoryData<Type> Pages => [.. typeof(ConnectionPage).Assembly.GetTypes().Where(t =>
        t.Namespace == typeof(ConnectionPage).Namespace && t.GetCustomAttributes(typeof(RouteAttribute), false).Length > 0 && t != typeof(ReturnProblemPage))];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Only_an_Admin_gets_into_the_settings(Type page)
    {
        await SettleInAsync();
        foreach (var role in new[] { Role.Bookkeeper, Role.Standard })
        {
            var refused = await Assert.ThrowsAsync<AccessDeniedException>(async () => { Open(page, role); await Task.CompletedTask; });
            Assert.True(refused.IsMember);
            Assert.Contains("This needs the role Admin", Render<Failure>(p => p.Add(f => f.Exception, refused)).Markup, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(Role.Admin, true)]
    [InlineData(Role.Bookkeeper, true)]
    [InlineData(Role.Standard, false)]
    public void Business_settings_is_in_the_sidebar_of_Admins_and_of_Bookkeepers_for_the_lists(Role role, bool isThere) =>
        Assert.Equal(isThere, SidebarAs(role, sandbox: false).Contains("Business settings", StringComparison.Ordinal));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_sandboxs_books_are_in_the_sidebar_only_where_there_is_a_sandbox(bool sandbox) =>
        Assert.Equal(sandbox, SidebarAs(Role.Standard, sandbox).Contains(Urls.Sandbox, StringComparison.Ordinal));

    private string SidebarAs(Role role, bool sandbox)
    {
        Services.AddSingleton(new SandboxMode(sandbox));
        return Render<Sidebar>(p => p.Add(s => s.Business, MemberAs(role))).Markup;
    }

    [Fact]
    public async Task Without_a_connection_there_is_one_thing_to_do()
    {
        await SettleInAsync();
        var page = RenderAs<ConnectionsPage>(Role.Admin);

        Assert.Contains("You are not currently connected", page.Markup, StringComparison.Ordinal);
        Assert.Equal("Connect", Assert.Single(page.FindAll($"a[href='{Urls.AvailableSoftware("marsh")}']")).TextContent.Trim());
    }

    [Fact]
    public async Task Connected_it_names_the_organisation_and_keeps_Connect_for_the_way_to_Reconnect()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var page = RenderAs<ConnectionsPage>(Role.Admin);

        Assert.Contains("Marsh & Daughters Ltd", page.Find(".ds-software").TextContent, StringComparison.Ordinal);
        Assert.Contains("Connected", page.Find(".ds-chip").TextContent, StringComparison.Ordinal);
        Assert.Single(page.FindAll($"a[href='{Urls.AvailableSoftware("marsh")}']"));
        Assert.Single(page.FindAll($"a[href='{Urls.SageConnection("marsh")}']"));
    }

    [Theory]
    [InlineData("sage", true)]
    [InlineData("  Business Cloud ", true)]
    [InlineData("xero", false)]
    public async Task The_list_of_software_can_be_searched_and_pretends_nothing(string search, bool isFound)
    {
        await SettleInAsync();
        var page = RenderAs<AvailableSoftwarePage>(Role.Admin);
        await page.Find("input").InputAsync(search);

        Assert.Equal(isFound, page.FindAll("button[aria-label='Connect Sage Accounting']").Count == 1);
        Assert.Equal(!isFound, page.Markup.Contains("Nothing here is called", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_software_that_is_connected_is_managed_not_connected_again()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.ReconnectNeeded, ReconnectReason.SignInExpired);
        var page = RenderAs<AvailableSoftwarePage>(Role.Admin);

        Assert.Single(page.FindAll($"a[href='{Urls.SageConnection("marsh")}']"));
        Assert.Empty(page.FindAll("button[aria-label='Connect Sage Accounting']"));
    }

    [Fact]
    public async Task The_connection_page_shows_every_list_and_Reconnect()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var page = RenderAs<SageConnectionPage>(Role.Admin);

        Assert.Equal(Enum.GetValues<ListKind>().Select(l => l.Name()), page.FindAll("tbody th").Select(h => h.TextContent));
        Assert.Equal("Reconnect", page.Find($"header a[href='{Urls.SageReconnect("marsh")}']").TextContent.Trim());
    }

    [Fact]
    public async Task Lists_that_Sage_kept_back_are_named_with_who_can_grant_them()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var run = new RefreshRun { BusinessId = Business.Id, Cause = RefreshCause.Requested, RequestedById = null, QueuedAt = DateTimeOffset.UnixEpoch, Status = RefreshStatus.Completed };
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Business.Id, List = ListKind.AnalysisTypes, Stage = ListStage.NotAllowed });
        run.Lists.Add(new ListProgress { RunId = run.Id, BusinessId = Business.Id, List = ListKind.Suppliers, Stage = ListStage.Done });
        await WriteAsync(run);

        var notice = RenderAs<SageConnectionPage>(Role.Admin).Find(".ds-notice").TextContent;

        Assert.Contains("Not among the lists: classes and locations", notice, StringComparison.Ordinal);
        Assert.Contains("The owner of Marsh & Daughters Ltd can grant it there", notice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Matching_shows_what_items_use_with_a_proposal_of_the_same_name()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var old = Category("C1", "Office costs", DateTimeOffset.UnixEpoch);
        await WriteAsync(old, Category("C2", "Office costs", retiredAt: null), Category("C3", "Old and unused", DateTimeOffset.UnixEpoch));
        await WriteAsync(new Item { BusinessId = Business.Id, Code = "ABCDEFGHJK", OwnerId = Guid.Empty, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, CategoryId = old.Id });

        var page = RenderAs<MatchPage>(Role.Admin, p => p.Add(m => m.List, "categories"));

        Assert.Contains("Office costs (C1)", Assert.Single(page.FindAll("tbody th")).TextContent, StringComparison.Ordinal);
        Assert.Contains("1 item", page.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal("Office costs (C2)", Assert.Single(page.FindComponent<MatchTable>().Instance.Picks.Values)!.Name);
        await page.InvokeAsync(() => page.FindAll("button").Single(b => b.TextContent.Trim() == "Continue").ClickAsync(new()));
        Assert.EndsWith("/settings/connections/sage/settings?matched=1", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private Category Category(string sageId, string name, DateTimeOffset? retiredAt) => new()
    {
        BusinessId = Business.Id, SageId = sageId, Name = name, DisplayName = $"{name} ({sageId})", ForExpenses = true, RetiredAt = retiredAt,
    };

    [Fact]
    public async Task A_step_that_no_longer_stands_says_so()
    {
        await SettleInAsync();
        Assert.Contains(WizardProblem.StepGone.Title(), RenderAs<OrganisationPage>(Role.Admin).Markup, StringComparison.Ordinal);
        Assert.Contains(WizardProblem.StepGone.Title(), RenderAs<ConnectedPage>(Role.Admin).Markup, StringComparison.Ordinal);
    }

    private void Open(Type page, Role role) => Render(builder =>
    {
        builder.OpenComponent<CascadingValue<BusinessMembership>>(0);
        builder.AddComponentParameter(1, "Value", MemberAs(role));
        builder.AddComponentParameter(2, "ChildContent", (RenderFragment)(inner => { inner.OpenComponent(0, page); inner.CloseComponent(); }));
        builder.CloseComponent();
    });
}
