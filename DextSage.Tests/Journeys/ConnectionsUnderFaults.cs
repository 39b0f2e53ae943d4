using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Tokens that are renewed once, walks that end well or say why not, refreshes that lose nothing.</summary>
public sealed class ConnectionsUnderFaults
{
    [Fact]
    public async Task Fifty_callers_with_an_expired_token_make_one_renewal()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync(grant, CancellationToken.None);
        await Books.ForgetJournalAsync(workshop);

        var renewed = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => tokens.RenewAsync(grant, old, CancellationToken.None).AsTask()));

        Assert.Single(renewed.Distinct());
        Assert.NotEqual(old, renewed[0]);
        Assert.Single((await Books.JournalAsync(workshop)), r => ((string?)r["path"])!.EndsWith("/token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pair_that_was_lost_on_its_way_asks_for_a_reconnect_within_one_try()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync(grant, CancellationToken.None);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "answer-lost-after-commit", times = 1 });
        await Books.ForgetJournalAsync(workshop);

        await Assert.ThrowsAsync<SageSignInNeededException>(() => tokens.RenewAsync(grant, old, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<SageSignInNeededException>(() => tokens.RenewAsync(grant, old, CancellationToken.None).AsTask());

        // The lost one and one cautious second try; after that nobody asks again.
        Assert.Equal(2, (await Books.JournalAsync(workshop)).Count(r => ((string?)r["path"])!.EndsWith("/token", StringComparison.Ordinal)));
        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Bookkeeper);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved), (notice.Status, notice.Reason));
        Assert.NotEmpty(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Northgate"));
    }

    [Fact]
    public async Task A_token_endpoint_that_is_down_for_a_moment_breaks_no_connection()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync(grant, CancellationToken.None);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "lost-before", times = 2 });

        await Assert.ThrowsAsync<SageTokenDelayedException>(() => tokens.RenewAsync(grant, old, CancellationToken.None).AsTask());

        Assert.Equal(ConnectionStatus.Connected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
        Assert.NotEqual(old, await tokens.RenewAsync(grant, old, CancellationToken.None));
    }

    [Fact]
    public async Task A_refresh_whose_token_dies_on_the_way_goes_on()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        using (var wire = workshop.Sandbox.Wire()) (await wire.PostAsync("control/expire-access-tokens", content: null)).EnsureSuccessStatusCode();

        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);

        var run = await workshop.RefreshedAsync();
        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
    }

    [Fact]
    public async Task A_refresh_that_breaks_off_retires_nothing_and_says_why()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await Books.DeleteSupplierAsync(workshop, "Pelican Couriers Ltd");
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/bank_accounts", kind = "status", status = 400, times = 50 });

        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);

        var run = await workshop.RefreshedAsync();
        Assert.Equal((RefreshStatus.Failed, 0), (run.Status, run.Retired));
        Assert.StartsWith("Bank accounts:", run.Problem, StringComparison.Ordinal);
        Assert.Single(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Pelican"));
    }

    [Fact]
    public async Task A_second_request_joins_the_run_that_is_going_on()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/currencies", kind = "slow", delayMs = 60_000 });

        var first = await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        var second = await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);

        Assert.Equal(first, second);
        // Whenever the slow answer's waiting begins, its end comes.
        await workshop.EventuallyAsync(() =>
        {
            workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(10));
            return workshop.Get<ListRefresh>().LatestAsync(workshop.Admin);
        }, run => run is { IsLive: false });
    }

    [Fact]
    public async Task A_user_without_the_Settings_right_gets_every_other_list()
    {
        await using var workshop = await Workshop.OpenAsync();
        Assert.Null((await workshop.ConnectAsync(email: "ravi@sandbox.test")).Problem);

        var run = await workshop.RefreshedAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal([ListKind.AnalysisTypes, ListKind.AnalysisCategories], run.Lists.Where(l => l.Stage is ListStage.NotAllowed).Select(l => l.List));
        Assert.All(run.Lists.Where(l => l.Stage is not ListStage.NotAllowed), l => Assert.Equal(ListStage.Done, l.Stage));
    }

    [Fact]
    public async Task A_return_works_once_and_only_in_its_own_browser_for_its_own_person()
    {
        await using var workshop = await Workshop.OpenAsync();
        var authorisation = workshop.Get<Authorisation>();
        var callback = await workshop.ToCallbackAsync();

        Assert.Equal(WizardProblem.UnknownState, (await authorisation.ReturnAsync(workshop.Admin.PersonId, "another browser", callback)).Problem);
        Assert.Equal(WizardProblem.UnknownState, (await authorisation.ReturnAsync(workshop.Admin.PersonId, sessionSecret: null, callback)).Problem);
        Assert.Equal(WizardProblem.UnknownState, (await authorisation.ReturnAsync(workshop.Bookkeeper.PersonId, "the browser's secret", callback)).Problem);
        Assert.Equal(WizardProblem.UnknownState, (await authorisation.ReturnAsync(workshop.Admin.PersonId, "the browser's secret", callback with { State = "made up" })).Problem);
        Assert.Null((await authorisation.ReturnAsync(workshop.Admin.PersonId, "the browser's secret", callback)).Problem);
        Assert.Equal(WizardProblem.AlreadyUsed, (await authorisation.ReturnAsync(workshop.Admin.PersonId, "the browser's secret", callback)).Problem);
    }

    [Fact]
    public async Task A_walk_that_was_left_before_the_choice_can_be_ended()
    {
        await using var workshop = await Workshop.OpenAsync();
        var desk = workshop.Get<ConnectionDesk>();
        var back = await workshop.WalkAsync();

        Assert.Equal(back.RequestId, (await desk.ViewAsync(workshop.Admin)).HalfWay);
        var choice = await workshop.Get<Organisations>().ListAsync(workshop.Admin, back.RequestId!.Value);
        var organisation = choice!.Organisations.Single(o => o.Name == "Marsh & Daughters Ltd");
        Assert.Null((await workshop.Get<Organisations>().ChooseAsync(workshop.Admin, back.RequestId.Value, organisation.Id)).Problem);
        Assert.Null((await desk.ViewAsync(workshop.Admin)).HalfWay);
        await workshop.RefreshedAsync();
    }

    [Fact]
    public async Task A_no_on_Sages_page_changes_nothing()
    {
        await using var workshop = await Workshop.OpenAsync();

        var back = await workshop.WalkAsync(decision: "deny");

        Assert.Equal((WizardProblem.Denied, "marsh-daughters"), (back.Problem, back.BusinessSlug));
        Assert.Equal(ConnectionStatus.NotConnected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
    }

    [Fact]
    public async Task A_code_that_Sage_no_longer_takes_says_so()
    {
        await using var workshop = await Workshop.OpenAsync();
        var callback = await workshop.ToCallbackAsync();
        workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(61));

        var back = await workshop.Get<Authorisation>().ReturnAsync(workshop.Admin.PersonId, "the browser's secret", callback);

        Assert.Equal(WizardProblem.CodeRefused, back.Problem);
    }

    private static async Task<Guid> GrantAsync(Workshop workshop)
    {
        await using var db = workshop.Get<DextSage.Integration.Storage.BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.Connections.Select(c => c.GrantId!.Value).SingleAsync();
    }
}
