using AngleSharp.Dom;
using Bunit;
using DextSage.App;
using DextSage.App.Lists;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.Lists;

/// <summary>The rules of suppliers on their list, and how many are changed there at once.</summary>
public sealed class ListRulesTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly List<Supplier> suppliers = [];

    [Fact]
    public async Task A_suppliers_rule_stands_beside_them_and_leads_to_its_editor()
    {
        await FurnishAsync(2);
        var rule = await RuleAsync(suppliers[0], new() { DueDays = 30, Paid = true });
        await Services.GetRequiredService<RulesDesk>().SetOnAsync(MemberAs(Role.Admin).Caller, await RuleAsync(suppliers[1], new() { DueDays = 7 }), isOn: false);

        var link = Open(Role.Admin).FindAll("td.rule a")[0];
        Assert.Equal(("Rule of Supplier 1: Due date: 30 days after the document; Paid: Yes", Urls.Rule(Business.Slug, rule)), (link.TextContent, link.GetAttribute("href")));
        var seen = Open(Role.Bookkeeper);
        Assert.Equal(["Due date: 30 days after the document; Paid: Yes", "Off: Due date: 7 days after the document"], seen.FindAll("td.rule").Select(td => td.TextContent.Trim()));
        Assert.Empty(seen.FindAll("td.rule a, td.name a"));
    }

    [Fact]
    public async Task The_ticked_get_a_rule_in_one_go_and_Undo_takes_it_back()
    {
        await FurnishAsync(4);
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        var page = Open(Role.Admin);
        Tick(page, 1);
        Tick(page, 3, shift: true);
        Assert.Contains("3 selected", page.Markup, StringComparison.Ordinal);
        Button(page, "Bulk edit").Click();
        dialogs.WaitForAssertion(() => Assert.Contains("Bulk edit the rules of 3 suppliers", dialogs.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(dialogs.FindAll("#then-class"));
        Assert.True(Save(dialogs).HasAttribute("disabled"));

        dialogs.Find("#then-due").Change("soon");
        Save(dialogs).Click();
        dialogs.WaitForAssertion(() => Assert.Contains("‘soon’ is not a number of days. Nothing has been changed.", dialogs.Markup, StringComparison.Ordinal), Patience);
        dialogs.Find("#then-due").Change("14");
        dialogs.Find("#then-description").Change("Stationery");
        dialogs.Find("input[aria-label='Clear description']").Change(true);
        Assert.Equal("", dialogs.Find("#then-description").GetAttribute("value") ?? "");
        Save(dialogs).Click();

        page.WaitForAssertion(() => Assert.Contains("3 rules made.", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll("td.rule a").Count), Patience);
        Assert.All(page.FindAll("td.rule a"), a => Assert.EndsWith("Due date: 14 days after the document", a.TextContent, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("[role=toolbar]"));
        await page.InvokeAsync(() => Button(page, "Undo").ClickAsync(new()));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("td.rule a")), Patience);
    }

    [Fact]
    public async Task What_somebody_changed_meanwhile_is_told_when_it_stays()
    {
        await FurnishAsync(1);
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        var page = Open(Role.Admin);
        page.Find("input[aria-label='Select all 1']").Change(true);
        Button(page, "Bulk edit").Click();
        dialogs.WaitForAssertion(() => dialogs.Find("#then-due").Change("14"), Patience);
        Save(dialogs).Click();
        page.WaitForAssertion(() => Button(page, "Undo"), Patience);
        var desk = Services.GetRequiredService<RulesDesk>();
        var draft = (await desk.OfSubjectAsync(MemberAs(Role.Admin).Caller, RuleKind.Supplier, suppliers[0].Id)).Draft;
        await desk.SetOnAsync(MemberAs(Role.Admin).Caller, draft.Id!.Value, isOn: false);

        await page.InvokeAsync(() => Button(page, "Undo").ClickAsync(new()));

        page.WaitForAssertion(() => Assert.Contains("1 rule had been changed again meanwhile and stayed as it is.", page.Find("[role=status]").TextContent, StringComparison.Ordinal), Patience);
    }

    private async Task FurnishAsync(int count)
    {
        await SettleInAsync();
        suppliers.AddRange(Enumerable.Range(1, count).Select(n => new Supplier { BusinessId = Business.Id, SageId = $"s{n}", Name = $"Supplier {n}", DisplayName = $"Supplier {n}" }));
        await WriteAsync([.. suppliers]);
    }

    private async Task<Guid> RuleAsync(Supplier supplier, RuleActions actions) =>
        (await Services.GetRequiredService<RulesDesk>().SaveAsync(MemberAs(Role.Admin).Caller, new RuleDraft(Id: null, RuleKind.Supplier, supplier.Id, "", IsOn: true, new(), actions))).Id!.Value;

    private IRenderedComponent<ListPage> Open(Role role)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(Urls.Suppliers(Business.Slug));
        var page = RenderAs<ListPage>(role);
        page.WaitForState(() => page.FindAll("tbody tr.row").Count > 0, Patience);
        return page;
    }

    private static void Tick(IRenderedComponent<ListPage> page, int supplier, bool shift = false)
    {
        page.Find($"input[aria-label='Select Supplier {supplier}']").Click(new MouseEventArgs { ShiftKey = shift });
        page.Find($"input[aria-label='Select Supplier {supplier}']").Change(true);
    }

    private static IElement Save(IRenderedComponent<MudDialogProvider> dialogs) => dialogs.FindAll("button").Single(b => b.TextContent.Trim() == "Save rules");

    private static IElement Button(IRenderedComponent<ListPage> page, string words) => page.FindAll("button").Single(b => b.TextContent.Trim() == words);
}
