using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Two processes on one sign-in that works once at a time, and what it costs when one of them is killed with the only pair that works.</summary>
public sealed class TwoProcesses
{
    [Fact]
    public async Task A_hundred_callers_make_one_request_for_a_token()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        using var one = await Neighbour.StartAsync(workshop, grant.Id);
        using var other = await Neighbour.StartAsync(workshop, grant.Id);
        var old = await TokenAsync(workshop, grant);
        await Books.ForgetJournalAsync(workshop);

        await one.TellAsync("renew 50");
        await other.TellAsync("renew 50");
        string[] renewed = [await one.HearAsync(), await other.HearAsync()];

        var only = Assert.Single(renewed.Distinct(StringComparer.Ordinal));
        Assert.NotEqual(old, only);
        // This process knew the old one a moment ago.
        await Task.Delay(SageTokens.KnownFor);
        Assert.Equal(await TokenAsync(workshop, grant), only);
        Assert.Equal(1, await TokenRequestsAsync(workshop));
        Assert.Null((await GrantAsync(workshop)).LeaseUntil);
    }

    [Fact]
    public async Task Killed_between_Sages_answer_and_its_save_one_try_tells_and_nothing_is_lost_but_the_sign_in()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync())[0].Code;
        var draft = await workshop.MakeReadyAsync(code);
        var suppliers = await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, search: null);
        var grant = await GrantAsync(workshop);
        await Books.ForgetJournalAsync(workshop);

        using (var doomed = await Neighbour.StartAsync(workshop, grant.Id, halts: true))
        {
            await doomed.TellAsync("renew 1");
            Assert.Equal(Neighbour.HasAnswer, await doomed.HearAsync());
            await doomed.KillAsync();
        }

        await OutliveTheLeaseAsync(workshop);
        await ExpireAccessAsync(workshop);
        var run = await RefreshAsync(workshop);
        Assert.Equal(RefreshStatus.Failed, run.Status);
        Assert.Contains("An Admin can reconnect", run.Problem, StringComparison.Ordinal);
        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Standard);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved), (notice.Status, notice.Reason));

        // The killed one's request, and one try. Whatever is wanted afterwards, nobody asks again.
        Assert.Equal(2, await TokenRequestsAsync(workshop));
        await RefreshAsync(workshop);
        await workshop.Get<ConnectionUpkeep>().RunAsync(workshop.BusinessId, CancellationToken.None);
        Assert.NotNull(await workshop.Get<PublishDesk>().PublishAsync(workshop.Admin, code, (await workshop.ItemAsync(code)).Version));
        await Assert.ThrowsAsync<SageSignInNeededException>(() => workshop.Get<ISageTokens>().GetAccessTokenAsync(grant.Id, CancellationToken.None).AsTask());
        Assert.Equal(2, await TokenRequestsAsync(workshop));

        Assert.Equal(suppliers, await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, search: null));
        var kept = await workshop.ItemAsync(code);
        Assert.Equal((draft.SupplierId, draft.CategoryId, draft.TaxRateId, draft.Total, draft.Date), (kept.SupplierId, kept.CategoryId, kept.TaxRateId, kept.Total, kept.Date));

        Assert.Null((await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect)).Problem);
        await workshop.PublishAsync(code);
        await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        await workshop.RefreshedAsync();
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task Killed_after_its_save_the_next_one_just_uses_the_pair()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var grant = await GrantAsync(workshop);
        string renewed;
        using (var doomed = await Neighbour.StartAsync(workshop, grant.Id))
        {
            renewed = await doomed.AskAsync("renew 1");
            await doomed.KillAsync();
        }

        await Books.ForgetJournalAsync(workshop);
        Assert.Equal(renewed, await TokenAsync(workshop, grant));
        var run = await RefreshAsync(workshop);
        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal(0, await TokenRequestsAsync(workshop));

        // It can be renewed as well: the pair that was saved is the newest.
        await ExpireAccessAsync(workshop);
        Assert.Equal(RefreshStatus.Completed, (await RefreshAsync(workshop)).Status);
        Assert.Equal(1, await TokenRequestsAsync(workshop));
    }

    /// <summary>The lease of a dead process ends with its time; a test does not sit that out.</summary>
    private static async Task OutliveTheLeaseAsync(Workshop workshop)
    {
        Assert.True((await GrantAsync(workshop)).LeaseUntil > TimeProvider.System.GetUtcNow());
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        await db.Grants.ExecuteUpdateAsync(set => set.SetProperty(g => g.LeaseUntil, DateTimeOffset.UnixEpoch));
    }

    private static async Task ExpireAccessAsync(Workshop workshop)
    {
        using var wire = workshop.Sandbox.Wire();
        (await wire.PostAsync("control/expire-access-tokens", content: null)).EnsureSuccessStatusCode();
    }

    private static async Task<RefreshView> RefreshAsync(Workshop workshop)
    {
        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        return await workshop.RefreshedAsync();
    }

    private static async Task<string> TokenAsync(Workshop workshop, Grant grant) =>
        Neighbour.Print(await workshop.Get<ISageTokens>().GetAccessTokenAsync(grant.Id, CancellationToken.None));

    private static async Task<Grant> GrantAsync(Workshop workshop)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return await db.Grants.AsNoTracking().SingleAsync();
    }

    private static async Task<int> TokenRequestsAsync(Workshop workshop) =>
        (await Books.JournalAsync(workshop)).Count(r => ((string?)r["path"])!.EndsWith("/token", StringComparison.Ordinal));
}
