using System.Text.Json.Nodes;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>Sage's lists as they might be tomorrow, and what a refresh makes of them.</summary>
public sealed class WhatSageDrops
{
    [Theory]
    [InlineData("/tax_rates", "percentage", "Tax rates:")]
    [InlineData("/ledger_accounts", "visible_in_expenses", "Categories:")]
    [InlineData("/contacts", "name", "Suppliers:")]
    [InlineData("/contacts", "contact_types", "Suppliers:")]
    public async Task What_no_entry_can_be_without_is_one_clear_error_and_the_list_stays_in_force(string path, string member, string sentence)
    {
        var altered = new AlteredAnswers();
        await using var workshop = await OpenAsync(altered);
        var before = await EntriesAsync(workshop);
        if (path == "/contacts") await workshop.AddAsync("Aardvark Supplies Ltd");
        altered.Order = (path, record => record.Remove(member));

        var run = await workshop.RefreshAsync();

        Assert.Equal((RefreshStatus.Failed, 0, 0), (run.Status, run.Changed, run.Retired));
        Assert.StartsWith(sentence, run.Problem, StringComparison.Ordinal);
        Assert.Contains("could not be read as one of Sage's", run.Problem, StringComparison.Ordinal);
        Assert.Equal(before, await EntriesAsync(workshop));

        altered.Order = null;
        Assert.Equal(RefreshStatus.Completed, (await workshop.RefreshAsync()).Status);
    }

    [Fact]
    public async Task What_is_new_changes_nothing()
    {
        var altered = new AlteredAnswers();
        await using var workshop = await OpenAsync(altered);
        altered.Order = ("/contacts", record =>
        {
            record["main_contact_person"] = new JsonObject { ["phones"] = new JsonArray("0113 496 0000") };
            if (record["credit_days"] is { } days) record["credit_days"] = days.ToString();
        });

        var run = await workshop.RefreshWholeAsync();

        Assert.True(run.Status is RefreshStatus.Completed, run.Problem);
        Assert.Equal((0, 0, 0), (run.Added, run.Changed, run.Retired));
    }

    private static Task<Workshop> OpenAsync(AlteredAnswers altered) => Workshop.OpenConnectedAsync(o => (o.LargeSuppliers, o.NewGrantEndsEarlierOnes) = (450, false), services =>
    {
        Refreshes.Hasten(services);
        altered.StandIn(services);
    });

    private static async Task<List<string>> EntriesAsync(Workshop workshop)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        return
        [
            .. await db.Suppliers.OrderBy(e => e.SageId).Select(e => $"{e.Name} {e.RetiredAt}").ToListAsync(),
            .. await db.Categories.OrderBy(e => e.SageId).Select(e => $"{e.Name} {e.ForExpenses} {e.RetiredAt}").ToListAsync(),
            .. await db.TaxRates.OrderBy(e => e.SageId).Select(e => $"{e.Name} {e.Percentage} {e.RetiredAt}").ToListAsync(),
        ];
    }
}
