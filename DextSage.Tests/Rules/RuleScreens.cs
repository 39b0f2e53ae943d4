using Bunit;
using DextSage.App.Rules;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Layout;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Xunit;

namespace DextSage.Tests.Rules;

public sealed class RuleScreens : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task The_rules_stand_in_their_order_and_are_moved_and_switched_where_they_stand()
    {
        await SettleInAsync();
        await WriteAsync(NewRule("first", 0), NewRule("second", 1));
        var page = RenderAs<RulesPage>(Role.Admin);
        page.WaitForAssertion(() => Assert.Equal(["first", "second"], Titles(page)), Patience);
        Assert.Contains("total is 5.00 or more", page.Markup, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[aria-label='Move first up']").GetAttribute("disabled"));

        page.Find("[aria-label='Move first down']").Click();
        page.WaitForAssertion(() => Assert.Equal(["second", "first"], Titles(page)), Patience);
        page.Find("[aria-label='first is on']").Change(false);
        page.WaitForAssertion(() => Assert.Equal(["first"], Read(db => db.Rules.Where(r => !r.IsOn).Select(r => r.Name).ToList())), Patience);

        page.Find("[aria-label='Delete first']").Click();
        page.WaitForAssertion(() => Assert.Contains("What it has set stays on the items.", page.Markup, StringComparison.Ordinal), Patience);
        page.FindAll("button").First(b => b.TextContent.Trim() == "Delete").Click();
        page.WaitForAssertion(() => Assert.Equal(["second"], Titles(page)), Patience);
    }

    [Fact]
    public async Task A_Bookkeeper_sees_the_rules_and_changes_none()
    {
        await SettleInAsync();
        await WriteAsync(NewRule("first", 0));
        var page = RenderAs<RulesPage>(Role.Bookkeeper);
        page.WaitForAssertion(() => Assert.Equal(["first"], Titles(page)), Patience);
        Assert.Empty(page.FindAll("main button, table button, table input, table a"));
        Assert.DoesNotContain("Add rule", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_is_tried_before_it_is_saved()
    {
        await SettleInAsync();
        await WriteAsync(new Item { BusinessId = Business.Id, Code = "DEAR", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, SupplierName = "Castle", Total = 50, Currency = "GBP" });
        var page = RenderAs<RuleEditorPage>(Role.Admin, p => p.Add(e => e.KindWord, "condition"));
        page.WaitForAssertion(() => page.Find("#rule-name"), Patience);

        page.Find("#rule-name").Change("Dear");
        page.Find("#when-from").Change("fifty");
        Press(page, "Try on the inbox");
        page.WaitForAssertion(() => Assert.Contains("‘fifty’ is not an amount.", page.Markup, StringComparison.Ordinal), Patience);
        page.Find("#when-from").Change("50");
        page.Find("#then-description").Change("dear things");
        Press(page, "Try on the inbox");

        page.WaitForAssertion(() => Assert.Contains("Would change 1 item", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Contains("Description: ‘dear things’", page.Markup, StringComparison.Ordinal);
        Assert.Equal("/b/marsh/costs/DEAR", page.Find("table a").GetAttribute("href"));
        Assert.Empty(Read(db => db.Rules.ToList()));
        Press(page, "Save");
        page.WaitForAssertion(() => Assert.Equal(["Dear"], Read(db => db.Rules.Select(r => r.Name).ToList())), Patience);
    }

    [Fact]
    public async Task A_rule_that_is_off_is_tried_and_not_offered_to_be_applied()
    {
        await SettleInAsync();
        var rule = NewRule("dear", 0);
        await WriteAsync(rule, new Item { BusinessId = Business.Id, Code = "DEAR", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, SupplierName = "Castle", Total = 50, Currency = "GBP" });
        Assert.Contains("Save, and apply", Tried().Markup, StringComparison.Ordinal);
        Assert.Null(await Services.GetRequiredService<RulesDesk>().SetOnAsync(MemberAs(Role.Admin).Caller, rule.Id, isOn: false));

        var off = Tried();

        Assert.DoesNotContain("Save, and apply", off.Markup, StringComparison.Ordinal);
        Assert.Contains("This rule is off. Switch it on among the rules to have it applied.", off.Markup, StringComparison.Ordinal);

        IRenderedComponent<RuleEditorPage> Tried()
        {
            var page = RenderAs<RuleEditorPage>(Role.Admin, p => p.Add(e => e.Rule, rule.Id));
            page.WaitForAssertion(() => Press(page, "Try on the inbox"), Patience);
            page.WaitForAssertion(() => Assert.Contains("Would change 1 item", page.Markup, StringComparison.Ordinal), Patience);
            return page;
        }
    }

    [Fact]
    public async Task A_suppliers_rule_says_what_becomes_of_duplicates_and_line_items_and_no_other_rule_is_asked_for_it()
    {
        await SettleInAsync();
        var supplier = new Supplier { BusinessId = Business.Id, SageId = "castle", Name = "Castle", DisplayName = "Castle" };
        await WriteAsync(supplier);
        var desk = Services.GetRequiredService<RulesDesk>();
        var id = (await desk.SaveAsync(MemberAs(Role.Admin).Caller, new RuleDraft(Id: null, RuleKind.Supplier, supplier.Id, "", IsOn: true, new(), new() { DueDays = 7 }))).Id!.Value;
        Assert.Empty(RenderAs<RuleEditorPage>(Role.Admin, p => p.Add(e => e.KindWord, "condition")).FindAll("#then-duplicates, #then-line-items"));
        var page = RenderAs<RuleEditorPage>(Role.Admin, p => p.Add(e => e.Rule, id));
        page.WaitForAssertion(() => page.Find("#then-duplicates"), Patience);

        await page.InvokeAsync(() => page.FindComponent<MudSelect<DuplicateCheck?>>().Instance.ValueChanged.InvokeAsync(DuplicateCheck.Off));
        await page.InvokeAsync(() => page.FindComponent<MudSelect<LineItems?>>().Instance.ValueChanged.InvokeAsync(LineItems.Never));
        Press(page, "Apply");

        page.WaitForAssertion(() => Assert.Equal([((int?)7, (DuplicateCheck?)DuplicateCheck.Off, (LineItems?)LineItems.Never)], Read(db => db.Rules.AsEnumerable().Select(r => (r.Actions.DueDays, r.Actions.Duplicates, r.Actions.LineItems)).ToList())), Patience);
    }

    [Fact]
    public async Task Auto_publish_is_off_until_it_is_turned_on_and_has_one_switch_to_stop_it()
    {
        await SettleInAsync();
        var page = RenderAs<AutoPublishPage>(Role.Admin);
        page.WaitForAssertion(() => Assert.Contains("Auto-publish is off", page.Markup, StringComparison.Ordinal), Patience);
        page.Find("#auto-limit").Change("100");
        Press(page, "Turn on");
        page.WaitForAssertion(() => Assert.Equal([(true, 100m)], Read(db => db.AutoPublishSettings.Select(s => new { s.IsOn, s.Limit }).AsEnumerable().Select(s => (s.IsOn, s.Limit)).ToList())), Patience);
        page.WaitForAssertion(() => Press(page, "Stop auto-publish"), Patience);
        page.WaitForAssertion(() => Assert.Contains("Auto-publish is off. Nothing was waiting.", page.Markup, StringComparison.Ordinal), Patience);
        Assert.Empty(RenderAs<AutoPublishPage>(Role.Bookkeeper).FindAll("button"));
    }

    private static IEnumerable<string> Titles(IRenderedComponent<RulesPage> page) => page.FindAll("tbody th").Select(t => t.TextContent.Trim());

    private static void Press<T>(IRenderedComponent<T> page, string words) where T : Microsoft.AspNetCore.Components.IComponent => page.FindAll("button").First(b => b.TextContent.Trim() == words).Click();

    private T Read<T>(Func<DextSageDb, T> read)
    {
        using var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id);
        return read(db);
    }

    private Rule NewRule(string name, int position) => new()
    {
        BusinessId = Business.Id, Kind = RuleKind.Condition, Name = name, Position = position, Conditions = new() { From = 5 }, Actions = new() { Flag = true }, CreatedAt = DateTimeOffset.UnixEpoch,
    };
}
