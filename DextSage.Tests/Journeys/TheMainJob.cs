using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Connect, refresh, check, publish: the main job through the services alone.</summary>
public sealed class TheMainJob
{
    [Fact]
    public async Task A_sample_invoice_reaches_Sage_with_its_document()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var item = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Northgate Stationers Ltd").Code);

        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.NotNull(published.SageNumber);
        Assert.NotNull(published.SageUrl);
        Assert.Null(published.PublishedWith);
        Assert.All((await workshop.Get<PublishDesk>().LastAsync(workshop.Admin, item.Code)).Steps, s => Assert.Equal(StepStatus.Done, s.Status));
        var bill = Assert.Single(await Books.BillsAsync(workshop));
        Assert.Equal(item.Total, bill.Total);
        Assert.Equal(item.Tax, bill.Tax);
        Assert.Equal(item.Document!.Length, Assert.Single(bill.FileSizes));
    }

    [Fact]
    public async Task A_supplier_that_Sage_does_not_know_is_created_with_the_invoice()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var item = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Castle Street Coffee Roasters Ltd").Code);
        Assert.True(item.CreateSupplier);

        await workshop.PublishAsync(item.Code);

        var published = await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.NotNull(published.SupplierId);
        Assert.Equal("Castle Street Coffee Roasters Ltd", Assert.Single(await Books.BillsAsync(workshop)).Supplier);
        Assert.Equal("Castle Street Coffee Roasters Ltd", Assert.Single(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Castle Street")).Name);
    }

    [Fact]
    public async Task The_first_refresh_starts_by_itself_and_brings_every_list()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ConnectAsync();

        var run = await workshop.RefreshedAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal(RefreshCause.Connected, run.Cause);
        Assert.All(run.Lists, l => Assert.Equal(ListStage.Done, l.Stage));
        Assert.All(run.Lists, l => Assert.Equal(l.Announced, l.Seen));
        Assert.True(run.Added > 200);
        var view = await workshop.Get<ConnectionDesk>().ViewAsync(workshop.Admin);
        Assert.Equal(("Marsh & Daughters Ltd", "Plus", "GB", "GBP", true), (view.OrganisationName, view.Plan, view.Country, view.BaseCurrency, view.VatRegistered));
    }

    [Fact]
    public async Task A_second_refresh_finds_nothing_new_and_retires_what_is_gone()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ConnectAsync();
        await workshop.RefreshedAsync();
        var pelican = Assert.Single(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Pelican Couriers"));
        await Books.DeleteSupplierAsync(workshop, pelican.Name);

        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        var run = await workshop.RefreshedAsync();

        Assert.Equal((0, 0, 1), (run.Added, run.Changed, run.Retired));
        Assert.Empty(await workshop.Get<Pickers>().SuppliersAsync(workshop.Admin, "Pelican Couriers"));
    }

    [Fact]
    public async Task After_access_was_removed_the_item_waits_and_publishes_once_reconnected()
    {
        await using var workshop = await Workshop.OpenAsync();
        var rows = await workshop.WithSamplesAsync();
        var item = await workshop.MakeReadyAsync(rows.First(r => r.Party == "Brightwater Energy plc").Code);
        await Books.RemoveAccessAsync(workshop);

        await workshop.PublishAsync(item.Code);

        var waiting = await workshop.ItemAsync(item.Code, i => i.WaitingBecause is not null);
        Assert.Equal(ItemStatus.Publishing, waiting.Status);
        var notice = await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Standard);
        Assert.Equal((ConnectionStatus.ReconnectNeeded, ReconnectReason.AccessRemoved), (notice.Status, notice.Reason));

        Assert.Null((await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect)).Problem);

        await workshop.ItemAsync(item.Code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task Reconnecting_to_another_organisation_is_refused_with_both_names()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ConnectAsync();

        var outcome = await workshop.ConnectAsync("Harbour Street Bakery", AuthorisationIntent.Reconnect);

        Assert.Equal((WizardProblem.OtherOrganisation, "Harbour Street Bakery", "Marsh & Daughters Ltd"), (outcome.Problem, outcome.Chosen, outcome.Expected));
        Assert.Equal(ConnectionStatus.Connected, (await workshop.Get<ConnectionDesk>().NoticeAsync(workshop.Admin)).Status);
    }
}
