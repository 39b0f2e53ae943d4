using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using DextSage.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Sage's refresh token works once: who renews it, what a crash in between costs, and that it never runs out unused.</summary>
public sealed class StayingAlive
{
    [Fact]
    public async Task A_sleeper_whose_lease_has_ended_writes_nothing_and_nobody_asks_again()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var held = new Held(_ => true);
        using var asleep = workshop.Another(services => services.AddHttpClient(SageOAuth.HttpClientName).AddHttpMessageHandler(() => held));
        var grant = await GrantAsync(workshop);
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync(grant.Id, CancellationToken.None);
        await Books.ForgetJournalAsync(workshop);

        var sleeper = asleep.Services.GetRequiredService<ISageTokens>().RenewAsync(grant.Id, old, CancellationToken.None).AsTask();
        await held.IsAsleep.WaitAsync(Workshop.Patience);
        await WriteAsync(workshop, g => g.LeaseUntil = DateTimeOffset.UnixEpoch);
        await Assert.ThrowsAsync<SageSignInNeededException>(() => tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask());
        await Assert.ThrowsAsync<SageSignInNeededException>(() => tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask());

        // The sleeper's and one more.
        Assert.Equal(2, await TokenRequestsAsync(workshop));
        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Bookkeeper);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved), (notice.Status, notice.Reason));

        held.LetGo();
        await Assert.ThrowsAsync<SageSignInNeededException>(() => sleeper);
        Assert.Equal(GrantStatus.Lost, (await GrantAsync(workshop)).Status);
    }

    [Fact]
    public async Task A_lease_that_is_held_is_waited_for_and_not_overrun()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync(grant.Id, CancellationToken.None);
        Assert.NotNull(await workshop.Get<GrantLease>().TakeAsync(grant));
        Assert.Null(await workshop.Get<GrantLease>().TakeAsync(await GrantAsync(workshop)));
        await Books.ForgetJournalAsync(workshop);

        using var waiting = new CancellationTokenSource(TimeSpan.FromMilliseconds(400));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => tokens.RenewAsync(grant.Id, old, waiting.Token).AsTask());

        Assert.Equal(0, await TokenRequestsAsync(workshop));
    }

    [Fact]
    public async Task A_lease_that_was_taken_by_a_clock_that_has_been_put_back_since_holds_nobody_up()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var tokens = workshop.Get<ISageTokens>();
        var old = await tokens.GetAccessTokenAsync((await GrantAsync(workshop)).Id, CancellationToken.None);
        // A node whose clock is ten minutes ahead holds it.
        await WriteAsync(workshop, g => g.LeaseUntil = TimeProvider.System.GetUtcNow().AddMinutes(10));
        Assert.Null(await workshop.Get<GrantLease>().TakeAsync(await GrantAsync(workshop)));

        await WriteAsync(workshop, g => g.LeaseUntil = TimeProvider.System.GetUtcNow().AddHours(3));
        Assert.NotEqual(old, await tokens.RenewAsync((await GrantAsync(workshop)).Id, old, CancellationToken.None).AsTask().WaitAsync(Workshop.Patience));
    }

    [Fact]
    public async Task A_pair_that_cannot_be_saved_at_once_is_saved_when_it_can_and_not_lost()
    {
        var (held, grants) = (new Held(_ => true), new LockedTable("Grants"));
        await using var workshop = await Workshop.OpenConnectedAsync();
        using var other = workshop.Another(services =>
        {
            services.AddHttpClient(SageOAuth.HttpClientName).AddHttpMessageHandler(() => held);
            services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(grants));
        });
        var (grant, tokens) = (await GrantAsync(workshop), other.Services.GetRequiredService<ISageTokens>());
        var old = await tokens.GetAccessTokenAsync(grant.Id, CancellationToken.None);
        await Books.ForgetJournalAsync(workshop);

        var renewing = tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask();
        await held.IsAsleep.WaitAsync(Workshop.Patience);
        grants.IsLocked = true;
        held.LetGo();
        await grants.Met.Task.WaitAsync(Workshop.Patience);
        grants.IsLocked = false;

        Assert.Equal(await renewing, await workshop.Get<ISageTokens>().GetAccessTokenAsync(grant.Id, CancellationToken.None));
        Assert.Equal(1, await TokenRequestsAsync(workshop));
        Assert.Equal(ConnectionStatus.Connected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
    }

    [Fact]
    public async Task Where_not_even_the_lease_can_be_written_Sage_is_not_asked_and_the_refresh_says_why()
    {
        var grants = new LockedTable("Grants");
        await using var workshop = await Workshop.OpenConnectedAsync(furnish: services => services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(grants)));
        using (var wire = workshop.Sandbox.Wire()) (await wire.PostAsync("control/expire-access-tokens", content: null)).EnsureSuccessStatusCode();
        await Books.ForgetJournalAsync(workshop);
        grants.IsLocked = true;

        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        var waiting = await workshop.EventuallyAsync(() => workshop.Get<ListRefresh>().LatestAsync(workshop.Admin), run => run?.StorageTrouble is not null);
        Assert.StartsWith("The disk of this system is full.", waiting!.StorageTrouble, StringComparison.Ordinal);
        Assert.Equal(0, await TokenRequestsAsync(workshop));

        grants.IsLocked = false;
        Assert.Equal(RefreshStatus.Completed, (await workshop.RefreshedAsync()).Status);
        Assert.Equal(1, await TokenRequestsAsync(workshop));
    }

    [Fact]
    public async Task A_portals_page_in_place_of_a_token_breaks_no_connection()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (grant, tokens) = (await GrantAsync(workshop), workshop.Get<ISageTokens>());
        var old = await tokens.GetAccessTokenAsync(grant.Id, CancellationToken.None);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "html-with-200", times = 2 });

        var delayed = await Assert.ThrowsAsync<SageTokenDelayedException>(() => tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask());

        Assert.Equal(SageFailureKind.Garbled, delayed.Failure.Kind);
        Assert.Equal(ConnectionStatus.Connected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
        Assert.NotEqual(old, await tokens.RenewAsync(grant.Id, old, CancellationToken.None));
    }

    [Fact]
    public async Task The_daily_look_renews_a_sign_in_that_nobody_used_and_a_second_run_does_nothing()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await LongAgoAsync(workshop, TimeSpan.FromDays(8));
        await Books.ForgetJournalAsync(workshop);
        var upkeep = workshop.Get<ConnectionUpkeep>();
        var before = await GrantAsync(workshop);

        var next = await upkeep.RunAsync(workshop.BusinessId, CancellationToken.None);
        var again = await upkeep.RunAsync(workshop.BusinessId, CancellationToken.None);

        Assert.Equal(1, await TokenRequestsAsync(workshop));
        Assert.True((await GrantAsync(workshop)).RefreshExpiresAt > before.RefreshExpiresAt + TimeSpan.FromDays(7));
        Assert.Equal(next!.Value, again!.Value, TimeSpan.FromSeconds(5));
        var view = await workshop.Get<ConnectionDesk>().ViewAsync(workshop.Admin);
        Assert.Equal(("full_access", "Plus", ConnectionStatus.Connected), (view.Scope, view.Plan, view.Status));
        Assert.NotNull(view.LastCallAt);
    }

    [Fact]
    public async Task Access_that_was_removed_in_Sage_is_noticed_without_a_publish()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "status", status = 400, times = 5 });
        await LongAgoAsync(workshop, TimeSpan.FromDays(2));

        await workshop.Get<ConnectionUpkeep>().RunAsync(workshop.BusinessId, CancellationToken.None);

        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Standard);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved), (notice.Status, notice.Reason));
        Assert.Null(await workshop.Get<ConnectionUpkeep>().RunAsync(workshop.BusinessId, CancellationToken.None));
    }

    [Fact]
    public async Task A_sign_in_and_its_connection_are_lost_together_or_not_at_all()
    {
        var connections = new LockedTable("Connections");
        await using var workshop = await Workshop.OpenConnectedAsync(furnish: services => services.ConfigureDbContext<DextSageDb>(options => options.AddInterceptors(connections)));
        var (grant, tokens) = (await GrantAsync(workshop), workshop.Get<ISageTokens>());
        var old = await tokens.GetAccessTokenAsync(grant.Id, CancellationToken.None);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "status", status = 400, times = 5 });

        connections.IsLocked = true;
        await Assert.ThrowsAsync<SqliteException>(() => tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask());
        Assert.NotEqual(GrantStatus.Lost, (await GrantAsync(workshop)).Status);

        connections.IsLocked = false;
        await WriteAsync(workshop, g => g.LeaseUntil = DateTimeOffset.UnixEpoch);
        await Assert.ThrowsAsync<SageSignInNeededException>(() => tokens.RenewAsync(grant.Id, old, CancellationToken.None).AsTask());
        Assert.Equal(GrantStatus.Lost, (await GrantAsync(workshop)).Status);
        Assert.Equal(ConnectionStatus.ReconnectNeeded, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
    }

    [Fact]
    public async Task A_sign_in_of_31_days_ago_has_run_out()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await LongAgoAsync(workshop, TimeSpan.FromDays(32));
        workshop.Sandbox.Time.Advance(TimeSpan.FromDays(32));

        await workshop.Get<ConnectionUpkeep>().RunAsync(workshop.BusinessId, CancellationToken.None);

        Assert.Equal(ReconnectReason.SignInExpired, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Reason);
    }

    [Theory]
    [InlineData("/businesses", 401, "AuthorizationFailure", "No active subscription. (MSE)", ReconnectReason.SubscriptionLapsed)]
    [InlineData("/businesses", 404, null, null, ReconnectReason.RightsRemoved)]
    [InlineData("/ledger_accounts", 403, null, null, ReconnectReason.RightsRemoved)]
    public async Task What_Sage_takes_away_is_told_apart_and_comes_back_by_itself(string path, int status, string? dataCode, string? message, ReconnectReason reason)
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (upkeep, desk) = (workshop.Get<ConnectionUpkeep>(), workshop.Get<ConnectionDesk>());
        await workshop.Sandbox.FaultAsync(new { method = "GET", path, kind = "status", status, dataCode, message, times = 1 });
        await LongAgoAsync(workshop, TimeSpan.FromDays(2));

        await upkeep.RunAsync(workshop.BusinessId, CancellationToken.None);

        var notice = await desk.NoticeAsync(workshop.Admin);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, reason, "Alma Marsh"), (notice.Status, notice.Reason, notice.AuthorisedBy));

        await desk.CheckAsync(workshop.Admin);
        await workshop.EventuallyAsync(() => desk.NoticeAsync(workshop.Admin), n => n is { Status: ConnectionStatus.Connected, Reason: null });
        await workshop.RefreshedAsync();
    }

    [Fact]
    public async Task A_Sage_that_is_down_breaks_nothing_says_since_when_and_clears_by_itself()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var (upkeep, desk) = (workshop.Get<ConnectionUpkeep>(), workshop.Get<ConnectionDesk>());
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/token", kind = "status", status = 503, times = 40 });
        await LongAgoAsync(workshop, TimeSpan.FromDays(2));
        await WriteAsync(workshop, g => g.RefreshExpiresAt = TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(5));

        await upkeep.RunAsync(workshop.BusinessId, CancellationToken.None);

        var notice = await desk.NoticeAsync(workshop.Standard);
        Assert.Equal((ConnectionStatus.Connected, SageFailureKind.Busy), (notice.Status, notice.Trouble));
        Assert.NotNull(notice.TroubleSince);
        Assert.NotNull(notice.SignInEndsAt);

        using (var wire = workshop.Sandbox.Wire()) (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
        await upkeep.RunAsync(workshop.BusinessId, CancellationToken.None);

        notice = await desk.NoticeAsync(workshop.Standard);
        Assert.Equal((null, null, null), ((object?)notice.Trouble, (object?)notice.TroubleSince, (object?)notice.SignInEndsAt));
    }

    /// <summary>Moves all that the database remembers of the sign-in into the past.</summary>
    private static async Task LongAgoAsync(Workshop workshop, TimeSpan by)
    {
        await WriteAsync(workshop, g => (g.IssuedAt, g.AccessExpiresAt, g.RefreshExpiresAt) = (g.IssuedAt - by, g.AccessExpiresAt - by, g.RefreshExpiresAt - by));
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var connection = await db.Connections.SingleAsync();
        connection.CheckedAt -= by;
        await db.SaveChangesAsync();
    }

    // As after a rest: a sign-in that was read a moment ago is not read again.
    private static async Task WriteAsync(Workshop workshop, Action<Grant> change)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        change(await db.Grants.SingleAsync());
        await db.SaveChangesAsync();
        await Task.Delay(SageTokens.KnownFor);
    }

    private static async Task<Grant> GrantAsync(Workshop workshop)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.Grants.AsNoTracking().SingleAsync();
    }

    private static async Task<int> TokenRequestsAsync(Workshop workshop) =>
        (await Books.JournalAsync(workshop)).Count(r => ((string?)r["path"])!.EndsWith("/token", StringComparison.Ordinal));
}
