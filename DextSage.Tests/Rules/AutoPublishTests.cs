using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Rules;

public sealed class AutoPublishTests
{
    private static readonly AutoPublishSettings Settings = new() { BusinessId = Guid.Empty, IsOn = true, Limit = 250 };

    public static TheoryData<string, Action<Item>> KeptBack => new()
    {
        { "It was published already, or is being.", i => i.Status = ItemStatus.Publishing },
        { "It is not in the inbox any more.", i => i.Place = Place.Archive },
        { "It is flagged: Rule “look”.", i => i.FlaggedBy = "Rule “look”" },
        { "Sage has refused it before.", i => i.Failure = new ItemFailure("x", null, "x", "x", null) },
        { "It has no document.", i => i.Document = null },
        { "Enter the date of the document.", i => i.Date = null },
        { "Rule “look” holds this for review. Look at it, and release it.", i => i.HeldBy = "Rule “look”" },
        { "Its total of 250.02 GBP is above the limit of 250.00.", i => (i.Total, i.Tax) = (250.02m, 41.67m) },
    };

    [Theory]
    [MemberData(nameof(KeptBack), DisableDiscoveryEnumeration = true)]
    public async Task Whatever_is_not_right_keeps_an_item_back_and_is_said(string sentence, Action<Item> change)
    {
        await using var quarter = await Quarter.OpenAsync();
        Assert.Null(await JudgeAsync(quarter, _ => { }, Always(quarter)));
        Assert.Equal(sentence, await JudgeAsync(quarter, change, Always(quarter)));
    }

    [Fact]
    public async Task An_amount_whose_worth_is_not_known_is_not_published()
    {
        await using var quarter = await Quarter.OpenAsync();
        var refusal = await JudgeAsync(quarter, i => (i.Currency, i.ExchangeRate) = ("EUR", null), Always(quarter));
        Assert.NotNull(refusal);
    }

    [Fact]
    public async Task Without_a_rule_with_a_Never_or_with_an_entry_that_is_gone_it_stays()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        Assert.Equal("No rule publishes it any more.", await JudgeAsync(quarter, _ => { }));
        Assert.Equal("Rule “never” keeps it back.", await JudgeAsync(quarter, _ => { }, Always(quarter), Condition("never", new() { AutoPublish = AutoPublish.Never })));
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
        {
            db.Add(Always(quarter, new() { AutoPublish = AutoPublish.Always, CategoryId = Guid.CreateVersion7() }));
            await db.SaveChangesAsync();
        }

        Assert.Equal("A rule that applies to it points to something that is on no list any more.", await JudgeAsync(quarter, _ => { }));
    }

    [Fact]
    public async Task It_is_off_until_an_Admin_turns_it_on_and_says_in_whose_name()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, brook) = (quarter.Get<AutoPublishDesk>(), quarter.Town.Claim(Who.Admin));
        Assert.False((await desk.ReadAsync(brook)).IsOn);
        Assert.Equal("The limit is more than zero and at most 99,999,999.99, with at most two decimals.", await desk.TurnOnAsync(brook, 0, 60));
        Assert.Equal("The hold time is at most a week.", await desk.TurnOnAsync(brook, 10, 7 * 24 * 60 + 1));
        Assert.Null(await desk.TurnOnAsync(brook, 99.50m, 15));
        var state = await desk.ReadAsync(brook);
        Assert.Equal((true, 99.50m, 15, $"Admin of {quarter.Town.Marsh.Slug}"), (state.IsOn, state.Limit, state.HoldMinutes, state.Person));
        Assert.Equal(0, await desk.StopAsync(brook));
        Assert.False((await desk.ReadAsync(brook)).IsOn);
    }

    private static async Task<string?> JudgeAsync(Quarter quarter, Action<Item> change, params Rule[] rules)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var item = await db.Items.WithEntries().AsNoTracking().SingleAsync(i => i.Id == quarter.Town.Marsh.StandardsItem.Id);
        change(item);
        return await AutoPublishGate.RefusalAsync(db, item, Settings, new RuleBook([.. rules, .. await db.Rules.AsNoTracking().ToListAsync()]), default);
    }

    private static Rule Always(Quarter quarter, RuleActions? actions = null) => new()
    {
        BusinessId = quarter.Town.Marsh.Id, Kind = RuleKind.Supplier, SubjectId = quarter.Town.Marsh.Supplier.Id, Name = "x", Actions = actions ?? new() { AutoPublish = AutoPublish.Always }, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Rule Condition(string name, RuleActions actions) => new() { BusinessId = Guid.Empty, Kind = RuleKind.Condition, Name = name, Conditions = new() { From = 1 }, Actions = actions, CreatedAt = default };
}
