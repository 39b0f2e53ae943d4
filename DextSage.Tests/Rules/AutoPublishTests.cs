using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
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
        { "The total must be more than zero.", i => (i.Total, i.Tax) = (0, 0) },
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
    public async Task An_amount_is_written_as_on_the_pages_wherever_the_machine_stands()
    {
        await using var quarter = await Quarter.OpenAsync();
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        Assert.Equal("Its total of 1,250.02 GBP is above the limit of 250.00.", await JudgeAsync(quarter, i => (i.Total, i.Tax) = (1250.02m, 208.34m), Always(quarter)));
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
    public async Task A_Never_about_what_another_rule_has_set_keeps_it_back_too()
    {
        await using var quarter = await Quarter.OpenAsync();
        var card = new PaymentMethod { BusinessId = quarter.Town.Marsh.Id, Name = "Card", CreatedAt = DateTimeOffset.UnixEpoch };
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
        {
            db.AddRange(card, new ItemChange { BusinessId = quarter.Town.Marsh.Id, ItemId = quarter.Town.Marsh.StandardsItem.Id, Version = 1, Field = ItemField.PaymentMethod, Cause = ChangeCause.Rule, PersonId = null, At = DateTimeOffset.UnixEpoch });
            await db.SaveChangesAsync();
        }

        var never = Condition("never", new() { AutoPublish = AutoPublish.Never });
        never.Conditions = new() { PaymentMethods = [card.Id] };
        Assert.Null(await JudgeAsync(quarter, _ => { }, Always(quarter), never));
        Assert.Equal("Rule “never” keeps it back.", await JudgeAsync(quarter, i => i.PaymentMethodId = card.Id, Always(quarter), never));
    }

    [Fact]
    public async Task What_was_published_or_refused_before_is_a_persons_to_publish()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (house, item) = (quarter.Town.Marsh, quarter.Town.Marsh.StandardsItem);
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
        {
            db.Add(new Publication { BusinessId = house.Id, ItemId = item.Id, Generation = 1, RequestedById = house.People[Role.Admin], RequestedAt = DateTimeOffset.UnixEpoch, Status = PublicationStatus.Failed });
            await db.SaveChangesAsync();
        }

        Assert.Equal("It was published, taken back or refused before: publishing it again is a person's.",
            await quarter.Get<PublishDesk>().PublishByRuleAsync(quarter.Town.Claim(Who.Admin), item.Code, item.Version, "Rule “x”", _ => Task.FromResult(true)));
    }

    [Fact]
    public async Task What_is_stopped_in_the_moment_of_its_publishing_is_not_published()
    {
        await using var quarter = await Quarter.OpenAsync();
        var item = quarter.Town.Marsh.StandardsItem;
        Assert.Equal("It was stopped.", await quarter.Get<PublishDesk>().PublishByRuleAsync(quarter.Town.Claim(Who.Admin), item.Code, item.Version, "Rule “x”", _ => Task.FromResult(false)));
        Assert.Equal((ItemStatus.Ready, 0), await StandingAsync(quarter));
    }

    [Fact]
    public async Task A_stop_takes_back_what_rules_asked_for_and_leaves_what_people_did()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, decisions, admin, item) = (quarter.Get<PublishDesk>(), quarter.Get<PublishDecisions>(), quarter.Town.Claim(Who.Admin), quarter.Town.Marsh.StandardsItem);
        Assert.Null(await desk.PublishAsync(admin, item.Code, item.Version));
        Assert.NotNull(await desk.CancelByRuleAsync(admin, item.Code));
        Assert.Equal((ItemStatus.Publishing, 1), await StandingAsync(quarter));
        Assert.Null(await decisions.CancelAsync(admin, item.Code));
        Assert.Equal((ItemStatus.Ready, 1), await StandingAsync(quarter));
    }

    [Fact]
    public async Task A_document_that_is_being_made_smaller_is_waited_for()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (house, work) = (quarter.Town.Marsh, quarter.Get<AutoPublishWork>());
        Assert.Null(await quarter.Get<AutoPublishDesk>().TurnOnAsync(quarter.Town.Claim(Who.Admin), 250, 0));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        db.Add(Always(quarter));
        var waiting = new AutoPublication { BusinessId = house.Id, ItemId = house.StandardsItem.Id, RuleId = Guid.CreateVersion7(), RuleWords = "x", DecidedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch, Status = AutoPublishStatus.Waiting };
        db.Add(waiting);
        await db.SaveChangesAsync();
        var document = db.Documents.Where(d => d.Id == house.StandardsItem.Document!.Id);
        await document.ExecuteUpdateAsync(set => set.SetProperty(d => d.Length, ItemLimits.AttachmentBytes + 1));

        Assert.True(await work.RunAsync(house.Id, CancellationToken.None) > TimeProvider.System.GetUtcNow());
        Assert.Equal((ItemStatus.Ready, 0), await StandingAsync(quarter));

        await document.ExecuteUpdateAsync(set => set.SetProperty(d => d.Length, 100));
        await db.AutoPublications.Where(a => a.Id == waiting.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.DueAt, DateTimeOffset.UnixEpoch));
        Assert.Null(await work.RunAsync(house.Id, CancellationToken.None));
        Assert.Equal((ItemStatus.Publishing, 1), await StandingAsync(quarter));
        Assert.Equal((AutoPublishStatus.Published, null), await db.AutoPublications.Where(a => a.Id == waiting.Id).Select(a => ValueTuple.Create(a.Status, a.Sentence)).SingleAsync());
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

    [Fact]
    public async Task One_that_cannot_be_judged_holds_up_none_of_those_behind_it()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        Assert.Null(await quarter.Get<AutoPublishDesk>().TurnOnAsync(quarter.Town.Claim(Who.Admin), 250, 0));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        db.Add(Always(quarter));
        foreach (var item in new[] { house.StandardsItem, house.StandardsOther })
            db.Add(new AutoPublication { BusinessId = house.Id, ItemId = item.Id, RuleId = Guid.CreateVersion7(), RuleWords = "x", DecidedAt = DateTimeOffset.UnixEpoch, DueAt = DateTimeOffset.UnixEpoch, Status = AutoPublishStatus.Waiting });
        await db.SaveChangesAsync();
        var work = new AutoPublishWork(quarter.Get<BusinessStore>(), quarter.Get<RuleBooks>(), new BrokenPublisher(), quarter.Get<BusinessSignal>(), TimeProvider.System, NullLogger<AutoPublishWork>.Instance);

        Assert.Null(await work.RunAsync(house.Id, CancellationToken.None));

        var mine = new[] { house.StandardsItem.Id, house.StandardsOther.Id };
        var ended = await db.AutoPublications.AsNoTracking().Where(a => mine.Contains(a.ItemId)).ToDictionaryAsync(a => a.ItemId, a => (a.Status, a.Sentence));
        Assert.Equal((AutoPublishStatus.NotPublished, "It could not be judged."), ended[house.StandardsItem.Id]);
        Assert.Equal((AutoPublishStatus.NotPublished, "It is not in the inbox any more."), ended[house.StandardsOther.Id]);
    }

    private sealed class BrokenPublisher : IItemPublisher
    {
        public Task<string?> PublishAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<string?> PublishByRuleAsync(Caller caller, string code, int seenVersion, string rule, Func<DextSageDb, Task<bool>> claim, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<string?> CancelByRuleAsync(Caller caller, string code, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public Task<IReadOnlySet<Guid>> MayBeInSageAsync(DextSageDb db, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken = default) => throw new InvalidOperationException();
    }

    private static async Task<(ItemStatus Status, int Publications)> StandingAsync(Quarter quarter)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        var id = quarter.Town.Marsh.StandardsItem.Id;
        return ((await db.Items.AsNoTracking().SingleAsync(i => i.Id == id)).Status, await db.Publications.CountAsync(p => p.ItemId == id));
    }

    private static Rule Always(Quarter quarter, RuleActions? actions = null) => new()
    {
        BusinessId = quarter.Town.Marsh.Id, Kind = RuleKind.Supplier, SubjectId = quarter.Town.Marsh.Supplier.Id, Name = "x", Actions = actions ?? new() { AutoPublish = AutoPublish.Always }, CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static Rule Condition(string name, RuleActions actions) => new() { BusinessId = Guid.Empty, Kind = RuleKind.Condition, Name = name, Conditions = new() { From = 1 }, Actions = actions, CreatedAt = default };
}
