using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>What the settings page promises, seen on items.</summary>
public sealed class SettingsInEffect
{
    [Fact]
    public async Task The_default_tax_rate_fills_new_items_and_the_tax_list_can_be_put_away()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var rate = (await workshop.Get<Pickers>().TaxRatesAsync(workshop.Admin)).Single(r => r.Percentage == 20);
        Assert.Contains("default tax rate for costs first", await SaveAsync(workshop, v => v with { UseTaxList = false }), StringComparison.Ordinal);
        Assert.Null(await SaveAsync(workshop, v => v with { CostsTaxRateId = rate.Id }));
        Assert.Null(await SaveAsync(workshop, v => v with { UseTaxList = false }));

        var items = await SamplesAsync(workshop);

        foreach (var row in items)
        {
            var item = await workshop.ItemAsync(row.Code);
            Assert.Equal((rate.Id, false), (item.TaxRateId, item.ShowsTaxRate));
        }
        var first = await workshop.ItemAsync(items[0].Code);
        var refused = await workshop.Get<ItemDesk>().EditAsync(workshop.Admin, first.Code, new ItemEdit.SetTaxRate(null), first.Version);
        Assert.Contains("uses no tax list", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Suppliers_that_are_never_created_are_an_issue_and_warned_of_are_a_note()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var code = (await SamplesAsync(workshop))[0].Code;
        await workshop.EditAsync(code, new ItemEdit.NewSupplier("Nobody Knows Them Ltd"));
        Assert.Null((await workshop.ItemAsync(code)).SupplierWarning);

        Assert.Null(await SaveAsync(workshop, v => v with { NewSuppliers = NewSuppliers.Warn }));
        Assert.StartsWith("Nobody Knows Them Ltd is not a supplier in Sage.", (await workshop.ItemAsync(code)).SupplierWarning, StringComparison.Ordinal);

        Assert.Null(await SaveAsync(workshop, v => v with { NewSuppliers = NewSuppliers.Never }));
        var item = await workshop.ItemAsync(code);
        Assert.Null(item.SupplierWarning);
        Assert.Contains(item.Issues, i => i is { Field: ItemField.Supplier, Fix: null } && i.Sentence.Contains("creates none from here", StringComparison.Ordinal));
        var refused = await workshop.Get<ItemDesk>().EditAsync(workshop.Admin, code, new ItemEdit.NewSupplier("Another One"), item.Version);
        Assert.Contains("creates no suppliers from here", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rates_tax_can_count_instead_of_the_papers_and_the_tolerance_is_the_settings()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var code = (await SamplesAsync(workshop))[0].Code;
        var rate = (await workshop.Get<Pickers>().TaxRatesAsync(workshop.Admin)).Single(r => r.Percentage == 20);
        await workshop.EditAsync(code, new ItemEdit.SetTotal(120m));
        await workshop.EditAsync(code, new ItemEdit.SetTaxRate(rate.Id));
        await workshop.EditAsync(code, new ItemEdit.SetTax(19.50m));
        Assert.Contains((await workshop.ItemAsync(code)).Issues, i => i.Field is ItemField.Tax);

        Assert.Null(await SaveAsync(workshop, v => v with { TaxTolerance = 0.50m }));
        Assert.DoesNotContain((await workshop.ItemAsync(code)).Issues, i => i.Field is ItemField.Tax);

        Assert.Null(await SaveAsync(workshop, v => v with { TaxSource = TaxSource.Rate }));
        Assert.Equal(19.50m, (await workshop.ItemAsync(code)).Tax);
        await workshop.EditAsync(code, new ItemEdit.SetTotal(60m));
        Assert.Equal(10m, (await workshop.ItemAsync(code)).Tax);
        var refused = await workshop.Get<ItemDesk>().EditAsync(workshop.Admin, code, new ItemEdit.SetTax(9m), (await workshop.ItemAsync(code)).Version);
        Assert.Contains("the tax rate's amount counts", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_changes_at_once_both_stand_and_a_change_can_be_taken_back()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var desk = workshop.Get<SettingsDesk>();
        var seen = (await desk.ReadAsync(workshop.Admin))!.Values;

        Assert.Null((await desk.SaveAsync(workshop.Admin, seen, seen with { AutoRefreshHour = null })).Refusal);
        Assert.Null((await desk.SaveAsync(workshop.Admin, seen, seen with { TaxTolerance = 0.10m })).Refusal);
        Assert.Equal((null, 0.10m), ((await desk.ReadAsync(workshop.Admin))!.Values.AutoRefreshHour, (await desk.ReadAsync(workshop.Admin))!.Values.TaxTolerance));

        Assert.Null((await desk.SaveAsync(workshop.Admin, seen with { AutoRefreshHour = null }, seen)).Refusal);
        Assert.Equal((3, 0.10m), ((await desk.ReadAsync(workshop.Admin))!.Values.AutoRefreshHour, (await desk.ReadAsync(workshop.Admin))!.Values.TaxTolerance));
    }

    [Fact]
    public async Task What_Sage_or_the_plan_does_not_have_is_refused_and_settings_outlive_a_reconnect()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var types = (await workshop.Get<SettingsDesk>().ReadAsync(workshop.Admin))!.AnalysisTypes;
        var department = types.Single(t => t.Name == "Department").Id;
        Assert.Null(await SaveAsync(workshop, v => v with { ClassTypeId = department }));

        Assert.Contains("two different", await SaveAsync(workshop, v => v with { LocationTypeId = department }), StringComparison.Ordinal);
        Assert.Contains("not on the list", await SaveAsync(workshop, v => v with { CostsTaxRateId = Guid.CreateVersion7() }), StringComparison.Ordinal);
        Assert.Contains("no such destination", await SaveAsync(workshop, v => v with { Costs = PublishTo.SalesInvoice }), StringComparison.Ordinal);
        Assert.Contains("between 0.00 and 1.00", await SaveAsync(workshop, v => v with { TaxTolerance = 5m }), StringComparison.Ordinal);
        Assert.Contains("between 0 and 23", await SaveAsync(workshop, v => v with { AutoRefreshHour = 24 }), StringComparison.Ordinal);

        Assert.Null((await workshop.ConnectAsync(intent: AuthorisationIntent.Reconnect)).Problem);
        await workshop.RefreshedAsync();
        Assert.Equal(department, (await workshop.Get<SettingsDesk>().ReadAsync(workshop.Admin))!.Values.ClassTypeId);
    }

    private static async Task<string?> SaveAsync(Workshop workshop, Func<SettingsValues, SettingsValues> change)
    {
        var desk = workshop.Get<SettingsDesk>();
        var values = (await desk.ReadAsync(workshop.Admin))!.Values;
        return (await desk.SaveAsync(workshop.Admin, values, change(values))).Refusal;
    }

    private static async Task<IReadOnlyList<InboxRow>> SamplesAsync(Workshop workshop)
    {
        await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin);
        return (await workshop.EventuallyAsync(workshop.InboxAsync, page => page.Rows.All(r => r.Status is not ItemStatus.Processing))).Rows;
    }
}
