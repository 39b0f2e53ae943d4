using CsCheck;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Rules;
using Xunit;

namespace DextSage.Tests.Rules;

public sealed class RuleBookTests
{
    private static readonly Guid Amazon = Guid.CreateVersion7(), Shell = Guid.CreateVersion7(), Card = Guid.CreateVersion7(), Cash = Guid.CreateVersion7(), Ann = Guid.CreateVersion7();
    private static readonly Guid Software = Guid.CreateVersion7(), Travel = Guid.CreateVersion7(), Office = Guid.CreateVersion7(), Rate = Guid.CreateVersion7();

    [Fact]
    public void A_condition_rule_applies_where_all_its_conditions_are_met()
    {
        var rule = Condition("Cloud", new() { Suppliers = [Amazon], Texts = ["web  services"], From = 10, To = 100, Currencies = ["GBP"], Types = [ItemType.Invoice], Workspace = Workspace.Costs }, new() { CategoryId = Software });
        var met = Facts() with { SupplierId = Amazon, Text = RuleText.Plain("Amazon Web\n Services EMEA"), Total = 100, Currency = "GBP", Kept = Kept(ItemField.Supplier, ItemField.Currency) };
        Assert.Equal(Software, CategoryOf(met, rule));
        foreach (var other in new[] { met with { SupplierId = Shell }, met with { Text = "Amazon" }, met with { Total = 100.01m }, met with { Total = 9.99m }, met with { Total = null }, met with { Currency = "EUR" }, met with { Currency = null }, met with { Type = ItemType.Receipt }, met with { Workspace = Workspace.Sales } })
            Assert.Null(CategoryOf(other, rule));
    }

    [Fact]
    public void The_first_rule_from_the_top_to_set_a_field_wins_and_others_set_the_rest()
    {
        var first = Condition("first", new() { From = 1 }, new() { CategoryId = Software }, position: 0);
        var second = Condition("second", new() { From = 1 }, new() { CategoryId = Travel, Description = "a trip" }, position: 1);
        var proposals = Decide(Facts() with { Total = 5 }, second, first).Proposals;
        Assert.Equal([("Rule “first”", new ItemEdit.SetCategory(Software)), ("Rule “second”", new ItemEdit.SetDescription("a trip"))], proposals.Select(p => (p.By.Words, p.Edit)));
    }

    [Fact]
    public void The_kinds_come_in_their_order()
    {
        Rule[] all =
        [
            Condition("top", new() { From = 1 }, new() { ClassId = Software }),
            Of(RuleKind.User, Ann, new() { ClassId = Travel, PaymentMethodId = Card, LocationId = Travel, Always = [ItemField.PaymentMethod] }),
            Of(RuleKind.PaymentMethod, Card, new() { PublishTo = PublishTo.OtherPayment }),
            Of(RuleKind.Supplier, Amazon, new() { PaymentMethodId = Cash, PublishTo = PublishTo.PurchaseInvoice, LocationId = Office, CategoryId = Office }),
        ];
        var facts = Facts() with { Total = 5, SupplierId = Amazon, Kept = Kept(ItemField.Supplier) };
        var set = Decide(facts, all).Proposals.ToDictionary(p => p.Field, p => p.Edit);
        Assert.Equal(new ItemEdit.SetClass(Software), set[ItemField.Class]);
        Assert.Equal(new ItemEdit.SetPaymentMethod(Card), set[ItemField.PaymentMethod]);
        Assert.Equal(new ItemEdit.SetPublishTo(PublishTo.OtherPayment), set[ItemField.PublishTo]);
        Assert.Equal(new ItemEdit.SetLocation(Office), set[ItemField.Location]);
        Assert.Equal(new ItemEdit.SetCategory(Office), set[ItemField.Category]);
        // Without the supplier's, the default is used if blank.
        Assert.Equal(new ItemEdit.SetLocation(Travel), Decide(facts with { SupplierId = Shell }, all).Proposals.Single(p => p.Field is ItemField.Location).Edit);
    }

    [Fact]
    public void The_rule_of_a_supplier_follows_on_a_supplier_that_a_condition_rule_chose()
    {
        var chooses = Condition("AMZN is Amazon", new() { Texts = ["AMZN"] }, new() { SupplierId = Amazon });
        var amazons = Of(RuleKind.Supplier, Amazon, new() { CategoryId = Software, WorkflowNote = "Ask Ann" });
        Assert.Equal(Software, CategoryOf(Facts() with { Text = "card payment amzn mktp" }, chooses, amazons));
        Assert.Null(CategoryOf(Facts() with { Text = "card payment amzn mktp", SupplierId = Shell, Kept = Kept(ItemField.Supplier) }, chooses, amazons));
    }

    [Fact]
    public void A_split_has_the_coding_and_lines_that_are_there_stay()
    {
        var split = Condition("split", new() { From = 1 }, new() { CategoryId = Software, Split = [new(null, Travel, null, 60), new(null, Office, null, 40)], Description = "shared" });
        Assert.Equal([ItemField.Lines, ItemField.Description], Decide(Facts() with { Total = 5 }, split).Proposals.Select(p => p.Field));
        Assert.Equal([ItemField.Description], Decide(Facts() with { Total = 5, HasLines = true }, split).Proposals.Select(p => p.Field));
    }

    [Fact]
    public void Lines_that_are_there_get_what_they_lack_and_keep_their_tax_rates()
    {
        var (lacking, other) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        var rule = Condition("code", new() { From = 1 }, new() { CategoryId = Software, TaxRateId = Guid.CreateVersion7(), ClassId = Travel });
        var facts = Facts() with { Total = 5, HasLines = true, Kept = Kept(ItemField.Category), LineGaps = new Dictionary<ItemField, Guid[]> { [ItemField.Category] = [lacking, other] } };
        var only = Assert.Single(Decide(facts, rule).Proposals);
        var edit = Assert.IsType<ItemEdit.EditLines>(only.Edit);
        Assert.Equal((ItemField.Category, new LineEdit.SetCategory(Software)), (only.Field, edit.Edit));
        Assert.Equal([lacking, other], edit.LineIds);
    }

    [Fact]
    public void Lines_are_left_out_where_the_suppliers_rule_says_Never_and_one_amount_may_stand_for_them()
    {
        var rule = Of(RuleKind.Supplier, Amazon, new() { LineItems = LineItems.Never, CategoryId = Software });
        var facts = Facts() with { Total = 5, SupplierId = Amazon, HasLines = true, MayBeOneAmount = true, Kept = Kept(ItemField.Supplier, ItemField.Lines), LineGaps = new Dictionary<ItemField, Guid[]> { [ItemField.Category] = [Amazon] } };

        var (coded, lines) = Decide(facts, rule).Proposals is [var first, var second] ? (first, second) : default;
        Assert.Equal((new ItemEdit.SetCategory(Software), ItemField.Lines, "Supplier rule of x"), (coded!.Edit, lines!.Field, lines.By.Words));
        Assert.Empty(Assert.IsType<ItemEdit.ReplaceLines>(lines.Edit).Lines);
        Assert.IsType<ItemEdit.EditLines>(Assert.Single(Decide(facts with { MayBeOneAmount = false }, rule).Proposals).Edit);
        Assert.IsType<ItemEdit.EditLines>(Assert.Single(Decide(facts, Of(RuleKind.Supplier, Amazon, new() { LineItems = LineItems.Always, CategoryId = Software })).Proposals).Edit);
        Assert.Empty(Decide(facts with { SupplierId = Shell }, rule).Proposals);
    }

    [Fact]
    public void Never_wins_over_Always_and_so_does_holding()
    {
        var always = Condition("publish", new() { From = 1 }, new() { AutoPublish = AutoPublish.Always });
        var never = Of(RuleKind.Supplier, Amazon, new() { AutoPublish = AutoPublish.Never });
        var hold = Condition("hold", new() { From = 100 }, new() { Hold = true }, position: 5);
        var facts = Facts() with { Total = 5, SupplierId = Amazon, Kept = Kept(ItemField.Supplier) };
        Assert.Equal((AutoPublish.Always, "Rule “publish”"), Publishing(Decide(facts, always, hold)));
        Assert.Equal((AutoPublish.Never, "Supplier rule of x"), Publishing(Decide(facts, always, never)));
        Assert.Equal((AutoPublish.Never, "Rule “hold”"), Publishing(Decide(facts with { Total = 100 }, always, hold)));
        Assert.Equal(AutoPublish.None, Decide(facts).AutoPublish);
    }

    [Fact]
    public void What_is_off_and_what_a_person_emptied_is_left_alone()
    {
        var rule = Condition("cloud", new() { From = 1 }, new() { CategoryId = Software });
        Assert.Null(CategoryOf(Facts() with { Total = 5, Kept = Kept(ItemField.Category) }, rule));
        rule.IsOn = false;
        Assert.Null(CategoryOf(Facts() with { Total = 5 }, rule));
    }

    private static readonly string[] Words = ["amazon", "web services", "shell", "MAZ", "azon web", "receipt", "total due", "station"];
    private static readonly Guid[] Parties = [Amazon, Shell];
    private static Gen<T> OneOf<T>(params T[] all) => Gen.Int[0, all.Length - 1].Select(n => all[n]);

    private static readonly Gen<Rule> AnyRule = Gen.Select(
        Gen.Select(OneOf(Parties).Array[0, 2], OneOf(Words).Array[0, 2], Gen.Int[0, 20], Gen.Int[0, 3]), Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Bool, OneOf(AutoPublish.None, AutoPublish.Always, AutoPublish.Never)), Gen.Int[0, 6])
        .Select((conditions, actions, kind) =>
        {
            var does = new RuleActions
            {
                CategoryId = actions.Item1 is 0 ? null : Software, SupplierId = actions.Item2 is 1 && kind < 4 ? Amazon : null, TaxRateId = actions.Item1 > 3 ? Rate : null, Description = actions.Item3 ? $"text {actions.Item1}" : null,
                Paid = actions.Item2 is 2 ? true : null, PaymentMethodId = actions.Item2 is 3 ? Card : null, AutoPublish = actions.Item4, DueDays = actions.Item1, Hold = actions.Item2 is 4 && kind < 4, Always = [ItemField.PaymentMethod],
            };
            return kind switch
            {
                4 => Of(RuleKind.Supplier, Amazon, does),
                5 => Of(RuleKind.PaymentMethod, Card, does),
                6 => Of(RuleKind.User, Ann, does),
                _ => Condition($"rule {actions.Item1}", new() { Suppliers = [.. conditions.Item1.Distinct()], Texts = conditions.Item2, From = conditions.Item3 < 10 ? null : conditions.Item3, Types = conditions.Item4 is 0 ? [ItemType.Receipt] : [] }, does, position: actions.Item1),
            };
        });

    private static readonly Gen<RuleFacts> AnyFacts = Gen.Select(OneOf(Words).Array[0, 4], OneOf<Guid?>(null, Amazon, Shell), Gen.Int[0, 30], OneOf(Enum.GetValues<ItemField>()).Array[0, 6], Gen.Bool).Select((text, supplier, total, kept, isReceipt) => Facts() with
    {
        Text = RuleText.Plain(text), SupplierId = supplier, Total = total, Date = new DateOnly(2026, 11, 1), Type = isReceipt ? ItemType.Receipt : ItemType.Invoice,
        Kept = supplier is null ? kept.ToHashSet() : [.. kept, ItemField.Supplier],
    });

    [Fact]
    public void Rules_are_deterministic_and_do_not_depend_on_the_order_in_which_items_or_rows_come() =>
        Gen.Select(AnyRule.Array[0, 30].Select(Positioned), AnyFacts.Array[1, 10], Gen.Int).Sample((rules, items, seed) =>
        {
            var random = new Random(seed);
            var (book, shuffled) = (new RuleBook(rules), new RuleBook(rules.OrderBy(_ => random.Next())));
            var inOrder = items.ToDictionary(i => i.ItemId, i => Told(book.Decide(i)));
            return items.Reverse().All(i => Told(book.Decide(i)) == inOrder[i.ItemId] && Told(shuffled.Decide(i)) == inOrder[i.ItemId]);
        });

    [Fact]
    public void What_is_kept_is_set_by_no_rule() => Gen.Select(AnyRule.Array[0, 30].Select(Positioned), AnyFacts).Sample((rules, item) =>
        !new RuleBook(rules).Decide(item).Proposals.Any(p => item.Kept.Contains(p.Field)));

    [Fact]
    public void An_index_finds_the_same_as_asking_each_rule_alone() => Gen.Select(AnyRule.Array[0, 30].Select(Positioned), AnyFacts).Sample((rules, item) =>
    {
        var together = new RuleBook(rules.Where(r => r.Kind is RuleKind.Condition)).Decide(item);
        var alone = rules.Where(r => r.Kind is RuleKind.Condition).OrderBy(r => r.Position).Select(r => new RuleBook([r]).Decide(item)).SelectMany(o => o.Proposals).DistinctBy(p => p.Field).ToDictionary(p => p.Field, p => p.Edit);
        return together.Proposals.ToDictionary(p => p.Field, p => p.Edit).OrderBy(p => p.Key).SequenceEqual(alone.OrderBy(p => p.Key));
    });

    // As saved: each its own place, one for each supplier, method and person.
    private static Rule[] Positioned(Rule[] rules)
    {
        for (var i = 0; i < rules.Length; i++) rules[i].Position = i;
        return [.. rules.DistinctBy(r => r.SubjectId ?? r.Id)];
    }

    private static string Told(RuleOutcome outcome) => string.Join("; ", outcome.Proposals.Select(p => $"{p.Edit} by {p.By.RuleId}")) + $"; {outcome.AutoPublish} by {outcome.PublishedBy?.RuleId}";

    private static (AutoPublish, string?) Publishing(RuleOutcome outcome) => (outcome.AutoPublish, outcome.PublishedBy?.Words);

    private static RuleOutcome Decide(RuleFacts facts, params Rule[] rules) => new RuleBook(rules).Decide(facts);

    private static Guid? CategoryOf(RuleFacts facts, params Rule[] rules) => Decide(facts, rules).Proposals.Select(p => p.Edit).OfType<ItemEdit.SetCategory>().SingleOrDefault()?.CategoryId;

    private static HashSet<ItemField> Kept(params ItemField[] fields) => [.. fields];

    private static RuleFacts Facts() => new() { ItemId = Guid.CreateVersion7(), Workspace = Workspace.Costs, Type = ItemType.Invoice, OwnerId = Ann, Kept = Kept() };

    private static Rule Condition(string name, RuleConditions conditions, RuleActions actions, int position = 0) =>
        new() { BusinessId = Guid.Empty, Kind = RuleKind.Condition, Name = name, Conditions = conditions, Actions = actions, Position = position, CreatedAt = default };

    private static Rule Of(RuleKind kind, Guid subject, RuleActions actions) => new() { BusinessId = Guid.Empty, Kind = kind, SubjectId = subject, Name = "x", Actions = actions, CreatedAt = default };
}
