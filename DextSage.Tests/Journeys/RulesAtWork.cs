using DextSage.Integration.Connections;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;
using DextSage.Tests.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>Items come in, rules code them, and those that rules publish are in Sage without a person; what is not right stays and says why.</summary>
public sealed class RulesAtWork
{
    [Fact]
    public async Task New_items_are_coded_as_they_are_read_and_published_by_their_rule()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        var rule = await CodeAllAsync(workshop, AutoPublish.Always);
        Assert.Null(await workshop.Get<AutoPublishDesk>().TurnOnAsync(workshop.Admin, limit: 10_000, holdMinutes: 0));

        var samples = await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin);

        var codes = samples.SelectMany(s => s.Codes).ToList();
        var items = await workshop.EventuallyAsync(() => AllAsync(workshop, codes), all => all.TrueForAll(i => i.Rules.AutoPublish is { Status: AutoPublishStatus.NotPublished } || i.Item.Status is ItemStatus.Published));
        Assert.All(items, i => Assert.Equal(new SetBy(ChangeCause.Rule, "Rule “All costs”"), i.Item.SetBy[ItemField.Category]));
        var published = items.FindAll(i => i.Item.Status is ItemStatus.Published);
        var stayed = items.Except(published).ToList();
        Assert.NotEmpty(published);
        Assert.NotEmpty(stayed);
        Assert.All(stayed, i => Assert.Equal(i.Item.Issues[0].Sentence, i.Rules.AutoPublish!.Sentence));
        foreach (var (item, _) in published)
        {
            var asked = (await workshop.Get<PublishDesk>().EventsAsync(workshop.Admin, item.Code)).Single(e => e.Kind is PublicationEventKind.Asked);
            Assert.Equal(("Rule “All costs”", "Alma Marsh"), (asked.Rule, asked.Person));
            Assert.Equal("Rule “All costs”", (await workshop.Get<PublicationProofs>().ReadAsync(workshop.Admin, item.Code)).Single().Rule);
        }

        Assert.Equal(items.Count, (await workshop.Get<RulesDesk>().OverviewAsync(workshop.Admin)).Rules.Single(r => r.Id == rule).Hits);
    }

    [Fact]
    public async Task The_stop_switch_ends_what_waits_and_one_item_can_be_kept_back()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await CodeAllAsync(workshop, AutoPublish.Always);
        var desk = workshop.Get<AutoPublishDesk>();
        Assert.Null(await desk.TurnOnAsync(workshop.Admin, limit: 10_000, holdMinutes: 60));
        var codes = (await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin)).SelectMany(s => s.Codes).ToList();
        await workshop.EventuallyAsync(() => desk.ReadAsync(workshop.Admin), s => s.Waiting == codes.Count);

        Assert.True(await desk.KeepBackAsync(workshop.Bookkeeper, codes[0]));
        Assert.Equal(codes.Count - 1, await desk.StopAsync(workshop.Admin));

        var items = await AllAsync(workshop, codes);
        Assert.Equal(["Ben Okafor kept it back.", .. Enumerable.Repeat("Alma Marsh stopped auto-publish.", codes.Count - 1)], items.Select(i => i.Rules.AutoPublish!.Sentence));
        Assert.All(items, i => Assert.NotEqual(ItemStatus.Publishing, i.Item.Status));
        Assert.False((await desk.ReadAsync(workshop.Admin)).IsOn);
    }

    [Fact]
    public async Task A_supplier_whose_duplicates_are_not_reviewed_still_has_no_bill_in_Sage_twice()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        byte[] invoice = new DrawnInvoice { Lines = [new("Copier paper A4", 10, 3.95m, 20)] }.Ubl(), again = [.. invoice, (byte)'\n'];
        var (first, second) = (await AddAsync(workshop, "n118.xml", invoice), await AddAsync(workshop, "n118-again.xml", again));
        foreach (var item in new[] { first, second })
            await workshop.EditAsync(item.Code, new ItemEdit.EditLine(item.Lines[0].Id, new LineEdit.SetCategory((await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Office costs"))[0].Id)));
        Assert.Equal((ItemStatus.Ready, ItemStatus.ToReview), ((await workshop.ItemAsync(first.Code)).Status, (await workshop.ItemAsync(second.Code)).Status));

        var draft = (await workshop.Get<RulesDesk>().OfSubjectAsync(workshop.Admin, RuleKind.Supplier, first.SupplierId)).Draft;
        Assert.Null((await workshop.Get<RulesDesk>().SaveAsync(workshop.Admin, draft with { Actions = new() { Duplicates = DuplicateCheck.Off } })).Refusal);

        Assert.Equal(ItemStatus.Ready, (await workshop.ItemAsync(second.Code)).Status);
        await workshop.PublishAsync(first.Code);
        await workshop.ItemAsync(first.Code, i => i.Status is ItemStatus.Published);
        await workshop.PublishAsync(second.Code);
        var refused = await workshop.ItemAsync(second.Code, i => i.Failure is not null);
        Assert.Single(refused.Failure!.InSage);
        Assert.Single(await Books.BillsAsync(workshop));
    }

    [Fact]
    public async Task With_auto_publish_off_a_rule_that_says_Always_publishes_nothing()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await CodeAllAsync(workshop, AutoPublish.Always);
        var codes = (await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin)).SelectMany(s => s.Codes).ToList();
        var items = await workshop.EventuallyAsync(() => AllAsync(workshop, codes), all => all.TrueForAll(i => i.Item.Status is ItemStatus.ToReview or ItemStatus.Ready));
        Assert.All(items, i => Assert.Null(i.Rules.AutoPublish));
    }

    private static async Task<Guid> CodeAllAsync(Workshop workshop, AutoPublish say)
    {
        var category = (await workshop.Get<Pickers>().CategoriesAsync(workshop.Admin, "Office costs"))[0].Id;
        var rate = (await workshop.Get<Pickers>().TaxRatesAsync(workshop.Admin)).Single(r => r.Percentage == 20).Id;
        var answer = await workshop.Get<RulesDesk>().SaveAsync(workshop.Admin, new RuleDraft(
            Id: null, RuleKind.Condition, SubjectId: null, "All costs", IsOn: true, new() { Workspace = Workspace.Costs, From = 0.01m }, new() { CategoryId = category, TaxRateId = rate, AutoPublish = say }));
        Assert.Null(answer.Refusal);
        return answer.Id!.Value;
    }

    private static async Task<ItemView> AddAsync(Workshop workshop, string name, byte[] content)
    {
        var report = Assert.Single(await workshop.Get<Arrivals>().AddAsync(workshop.Admin, [new DroppedFile(name, content.Length, () => new MemoryStream(content, writable: false))]));
        return await workshop.ItemAsync(report.Codes[0], i => i.Status is not ItemStatus.Processing);
    }

    private static async Task<List<(ItemView Item, ItemRulesView Rules)>> AllAsync(Workshop workshop, IReadOnlyList<string> codes)
    {
        List<(ItemView, ItemRulesView)> all = [];
        foreach (var code in codes) all.Add((await workshop.ItemAsync(code), (await workshop.Get<RulesDesk>().OfItemAsync(workshop.Admin, code))!));
        return all;
    }
}
