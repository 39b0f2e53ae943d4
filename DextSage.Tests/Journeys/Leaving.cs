using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Disconnect, connect again, and move to another organisation: nothing is lost, and nothing goes where it does not belong.</summary>
public sealed class Leaving
{
    [Fact]
    public async Task Disconnecting_revokes_at_Sage_parks_what_is_on_its_way_and_connecting_again_finds_everything()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync())[0].Code;
        await workshop.MakeReadyAsync(code);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "status", status = 503, times = 50 });
        await workshop.PublishAsync(code);
        await workshop.ItemAsync(code, i => i.WaitingBecause is not null);
        await Books.ForgetJournalAsync(workshop);

        var outcome = await workshop.Get<Disconnection>().DisconnectAsync(workshop.Admin, keepLists: true);

        Assert.True(outcome!.IsRevoked);
        Assert.Contains(await Books.JournalAsync(workshop), r => ((string?)r["path"])!.EndsWith("/revoke", StringComparison.Ordinal));
        await workshop.ItemAsync(code, i => i.WaitingBecause == Waiting.ForReconnect);
        Assert.NotEmpty(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Northgate"));
        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Standard);
        Assert.Equal(ConnectionStatus.Disconnected, notice.Status);
        // What it brought in is no longer said to be up to date.
        Assert.True((await workshop.RefreshedAsync()).IsOfEndedConnection);
        Assert.Null(await workshop.Get<Disconnection>().DisconnectAsync(workshop.Admin, keepLists: true));

        using (var wire = workshop.Sandbox.Wire()) (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
        Assert.Null((await workshop.ConnectAsync()).Problem);
        await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        await workshop.RefreshedAsync();
    }

    [Fact]
    public async Task A_Sage_that_is_down_does_not_stand_in_the_way_of_disconnecting_and_that_is_said()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/revoke", kind = "status", status = 503, times = 5 });

        var outcome = await workshop.Get<Disconnection>().DisconnectAsync(workshop.Admin, keepLists: true);

        Assert.False(outcome!.IsRevoked);
        Assert.Equal(ConnectionStatus.Disconnected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        Assert.Equal("", Assert.Single(await db.Grants.ToListAsync()).Sealed);
    }

    [Fact]
    public async Task Lists_that_were_put_away_come_back_with_the_same_organisation()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync())[0].Code;
        await workshop.MakeReadyAsync(code);

        await workshop.Get<Disconnection>().DisconnectAsync(workshop.Admin, keepLists: false);

        Assert.Empty(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, search: null));
        Assert.Equal(ItemStatus.ToReview, (await workshop.ItemAsync(code)).Status);

        Assert.Null((await workshop.ConnectAsync()).Problem);
        await workshop.RefreshedAsync();
        Assert.NotEmpty(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Northgate"));
        await workshop.ItemAsync(code, i => i.Status is ItemStatus.Ready);
    }

    [Fact]
    public async Task A_reconnect_to_another_organisation_is_refused_and_Change_organisation_moves()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var (ready, onItsWay) = (rows[0].Code, rows[1].Code);
        await workshop.MakeReadyAsync(ready);
        await workshop.MakeReadyAsync(onItsWay);
        await workshop.Sandbox.FaultAsync(new { method = "POST", path = "/purchase_invoices", kind = "throttle", retryAfter = "600", times = 50 });
        await workshop.PublishAsync(onItsWay);
        await workshop.ItemAsync(onItsWay, i => i.WaitingBecause is not null);

        Assert.Equal(WizardProblem.OtherOrganisation, (await workshop.ConnectAsync("Harbour Street Bakery", AuthorisationIntent.Reconnect)).Problem);
        Assert.Null((await workshop.ConnectAsync("Harbour Street Bakery", AuthorisationIntent.Change)).Problem);
        await workshop.EventuallyAsync(workshop.RefreshedAsync, run => run.Status is RefreshStatus.Completed);

        var view = await workshop.Get<ConnectionDesk>().ViewAsync(workshop.Admin);
        Assert.Equal(("Harbour Street Bakery", "Standard"), (view.OrganisationName, view.Plan));
        var item = await workshop.ItemAsync(ready, i => i.Status is ItemStatus.ToReview);
        Assert.Contains(item.Issues, i => i.Field is ItemField.Category);
        var returned = await workshop.ItemAsync(onItsWay, i => i.Failure is not null);
        Assert.Equal((ItemStatus.ToReview, nameof(PublishFailureKind.SentElsewhere)), (returned.Status, returned.Failure!.Kind));

        var matching = workshop.Get<ListMatching>();
        foreach (var list in ListMatching.Lists)
        {
            var proposed = (await matching.ReadAsync(workshop.Admin, list)).Where(r => r.Proposal is not null).ToDictionary(r => r.Id, r => r.Proposal!.Id);
            Assert.Null((await matching.ApplyAsync(workshop.Admin, list, proposed)).Refusal);
            Assert.DoesNotContain(await matching.ReadAsync(workshop.Admin, list), r => r.Proposal is not null);
        }
        item = await workshop.ItemAsync(ready);
        Assert.DoesNotContain(item.Issues, i => i.Field is ItemField.Category or ItemField.TaxRate);
        Assert.Equal("Office costs (7500)", item.CategoryName);
        Assert.Contains("not on the list any more", (await matching.ApplyAsync(workshop.Admin, ListKind.Categories, new Dictionary<Guid, Guid> { [Guid.Empty] = Guid.Empty })).Refusal, StringComparison.Ordinal);

        // Nothing that was meant for the one organisation is sent to the other.
        using (var wire = workshop.Sandbox.Wire()) (await wire.DeleteAsync("control/faults")).EnsureSuccessStatusCode();
        await workshop.RestartAsync();
        Assert.NotNull((await workshop.ItemAsync(onItsWay)).Failure);
        Assert.DoesNotContain(await Books.JournalAsync(workshop), r => (string?)r["method"] == "POST" && ((string?)r["path"])!.EndsWith("/purchase_invoices", StringComparison.Ordinal) && (int?)r["status"] == 201);
    }

    [Fact]
    public async Task A_refresh_that_was_going_on_ends_with_its_organisation_and_the_next_one_has_its_own()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var refreshes = workshop.Get<ListRefresh>();
        await workshop.Sandbox.FaultAsync(new { method = "GET", path = "/bank_accounts", kind = "slow", delayMs = 3000, times = 1 });
        await refreshes.RequestAsync(workshop.Admin);
        await workshop.EventuallyAsync(() => refreshes.LatestAsync(workshop.Admin), run => run is { IsLive: true } && run.Lists.Single(l => l.List is ListKind.Customers).Stage is ListStage.Done);

        Assert.Null((await workshop.ConnectAsync("Harbour Street Bakery", AuthorisationIntent.Change)).Problem);
        // The answer that was on its way from the former organisation comes now.
        workshop.Sandbox.Time.Advance(TimeSpan.FromSeconds(5));

        await workshop.EventuallyAsync(() => refreshes.LatestAsync(workshop.Admin), run => run is { Status: RefreshStatus.Completed, Cause: RefreshCause.Connected });
        Assert.Equal("Harbour Street Bakery", (await workshop.Get<ConnectionDesk>().ViewAsync(workshop.Admin)).OrganisationName);
    }
}
