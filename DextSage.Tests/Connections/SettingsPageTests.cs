using Bunit;
using DextSage.App.Connections;
using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Layout;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.Connections;

/// <summary>The settings page: saved as changed, said so, taken back; refused with a sentence.</summary>
public sealed class SettingsPageTests : Screen
{
    [Fact]
    public async Task A_change_is_saved_said_and_taken_back()
    {
        var page = await OpenAsync();

        await ChangeAsync<NewSuppliers>(page, "When Sage does not have the supplier", NewSuppliers.Never);
        page.WaitForAssertion(() => Assert.Contains("Saved: New suppliers", page.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(NewSuppliers.Never, (await StoredAsync()).NewSuppliers);

        await page.InvokeAsync(() => page.Find(".ds-settings-saved button").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Equal(NewSuppliers.Create, page.FindComponent<SettingsForm>().Instance.Settings.Values.NewSuppliers));
        Assert.Equal(NewSuppliers.Create, (await StoredAsync()).NewSuppliers);
    }

    [Fact]
    public async Task What_is_refused_changes_nothing_and_says_why()
    {
        var page = await OpenAsync();

        await page.InvokeAsync(() => page.FindComponent<MudSwitch<bool>>().Instance.ValueChanged.InvokeAsync(false));

        page.WaitForAssertion(() => Assert.Contains("Choose a default tax rate for costs first", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.True(page.FindComponent<SettingsForm>().Instance.Settings.Values.UseTaxList);
    }

    [Fact]
    public async Task A_chosen_rate_that_Sage_no_longer_has_says_so()
    {
        var rate = new TaxRate { BusinessId = Business.Id, SageId = "T1", Name = "Old", DisplayName = "Old 17.50%", Percentage = 17.5m, RetiredAt = DateTimeOffset.UnixEpoch };
        var page = await OpenAsync(rate, new ConnectionSettings { BusinessId = Business.Id, CostsTaxRateId = rate.Id });

        Assert.Contains("Old 17.50% (no longer in Sage)", page.Markup, StringComparison.Ordinal);
        Assert.Contains("Sage no longer has this one. Choose another.", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start", "takes costs as Other Expense alone")]
    [InlineData("Plus", "Invoices, receipts and credit notes")]
    public async Task The_plan_says_what_costs_can_become(string plan, string sentence)
    {
        var page = await OpenAsync();
        await using (var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id))
            await db.Connections.ExecuteUpdateAsync(set => set.SetProperty(c => c.Plan, plan));
        Services.GetRequiredService<BusinessSignal>().Raise(Business.Id);

        page.WaitForAssertion(() => Assert.Contains(sentence, page.Find("section").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_organisation_there_is_nothing_to_set()
    {
        await SettleInAsync();
        Assert.Contains("Sage Accounting is not connected", RenderAs<SageSettingsPage>(Role.Admin).Markup, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<SageSettingsPage>> OpenAsync(params object[] rows)
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        await WriteAsync(rows);
        return RenderAs<SageSettingsPage>(Role.Admin);
    }

    private static Task ChangeAsync<T>(IRenderedComponent<SageSettingsPage> page, string label, T value) =>
        page.InvokeAsync(() => page.FindComponents<MudSelect<T>>().Single(s => s.Instance.Label == label).Instance.ValueChanged.InvokeAsync(value));

    private async Task<ConnectionSettings> StoredAsync()
    {
        await using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        return await db.ConnectionSettings.SingleAsync();
    }
}
