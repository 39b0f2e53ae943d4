using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>The rules of a business: seen by those who code its items, kept by Admins.</summary>
public sealed partial class RulesDesk(BusinessStore store, RuleTrials trials, BulkDesk bulk, BusinessSignal signal, TimeProvider time)
{
    /// <summary>All rules, each kind in its order, with how often each has applied.</summary>
    public async Task<RulesOverview> OverviewAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeRules, cancellationToken);
        var db = scope.Db;
        var rules = await db.Rules.AsNoTracking().OrderBy(r => r.Position).ThenBy(r => r.Name).ToListAsync(cancellationToken);
        var names = await RulePointers.NamesAsync(db, rules, cancellationToken);
        var people = await PeopleAsync(db, rules, cancellationToken);
        var hits = await RuleHits.ReadAsync(db, cancellationToken);
        var isOn = await db.AutoPublishSettings.AnyAsync(s => s.IsOn, cancellationToken);
        return new RulesOverview([.. rules.Select(r => new RuleView(
            r.Id, r.Kind, Title(r, names, people), r.Position, r.IsOn, RuleSentences.When(r.Conditions, names), RuleSentences.Then(r.Actions, names),
            hits.GetValueOrDefault(r.Id)?.Items ?? 0, hits.GetValueOrDefault(r.Id)?.Latest, RuleSentences.Warnings(r, names)))], isOn);
    }

    /// <summary>Null where there is no such rule.</summary>
    public async Task<RuleEdit?> FindAsync(Caller caller, Guid id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        return await scope.Db.Rules.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is { } rule ? await EditAsync(scope.Db, rule, cancellationToken) : null;
    }

    /// <summary>The rule of a supplier, a customer, a payment method or a person: as it is, or empty where there is none yet.</summary>
    /// <param name="subject">Null while that is not chosen, and of a condition rule.</param>
    public async Task<RuleEdit> OfSubjectAsync(Caller caller, RuleKind kind, Guid? subject, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        return await EditAsync(scope.Db, await scope.Db.Rules.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.SubjectId == subject && subject != null, cancellationToken) ?? Writer(scope).New(kind, subject, ""), cancellationToken, isNew: true);
    }

    /// <summary>A rule that would code items like this one; null where there is no such item, or no supplier or customer chosen on it to make a rule of.</summary>
    public async Task<RuleEdit?> FromItemAsync(Caller caller, string code, RuleKind kind, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return null;
        var (isSale, party) = (item.Workspace is Workspace.Sales, ItemContact.Of(item).Read(item));
        if (kind is not RuleKind.Condition && (party.Id is null || kind != (isSale ? RuleKind.Customer : RuleKind.Supplier))) return null;
        if (kind is not RuleKind.Condition && await db.Rules.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.SubjectId == party.Id, cancellationToken) is { } known) return await EditAsync(db, known, cancellationToken);

        var title = string.Join(": ", new[] { party.Name, item.Category?.Name ?? item.Description }.OfType<string>());
        var rule = Writer(scope).New(kind, kind is RuleKind.Condition ? null : party.Id, title[..Math.Min(title.Length, Rule.LongestName)]);
        rule.Actions = new RuleActions
        {
            CategoryId = item.CategoryId, TaxRateId = item.TaxRateId, ClassId = item.ClassId, LocationId = item.LocationId, PublishTo = item.PublishTo, PaymentMethodId = item.PaymentMethodId, Paid = item.IsPaid ? true : null,
            DueDays = item is { Date: { } date, DueDate: { } due } && due >= date && due.DayNumber - date.DayNumber <= RuleChecks.MostDueDays ? due.DayNumber - date.DayNumber : null,
        };
        if (kind is RuleKind.Condition) rule.Conditions = new RuleConditions
        {
            Workspace = item.Workspace, Suppliers = !isSale && party.Id is { } supplier ? [supplier] : [], Customers = isSale && party.Id is { } customer ? [customer] : [],
            Texts = party is { Id: null, Name: { Length: >= TextIndex.Shortest } name } ? [name] : [],
        };
        return await EditAsync(db, rule, cancellationToken, isNew: true);
    }

    /// <summary>Tries a rule on both inboxes, in its place among the others, and saves nothing.</summary>
    public async Task<RuleTrial> TryAsync(Caller caller, RuleDraft draft, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        if (await ProblemAsync(scope.Db, draft, cancellationToken) is { } refusal) return new RuleTrial(0, 0, [], refusal);
        var rules = await scope.Db.Rules.AsNoTracking().ToListAsync(cancellationToken);
        var tried = rules.Find(r => r.Id == draft.Id) ?? Writer(scope).New(draft.Kind, draft.SubjectId, draft.Name, Last(draft.Kind, rules));
        Writer(scope).Write(tried, draft with { IsOn = true }, await NameAsync(scope.Db, draft, cancellationToken));
        return (await trials.RunAsync(caller.BusinessId, [.. rules.Where(r => r.Id != tried.Id), tried], tried.Id, cancellationToken)).Trial;
    }

    public async Task<RuleAnswer> SaveAsync(Caller caller, RuleDraft draft, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await ProblemAsync(db, draft, cancellationToken) is { } refusal) return new(Id: null, refusal);
        var rule = draft.Id is { } id ? await db.Rules.AsTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) : null;
        if (draft.Id is not null && rule is null) return new(Id: null, "This rule was deleted meanwhile.");
        if (rule is not null && rule.Version != draft.Version) return new(Id: null, "Somebody changed this rule meanwhile. Open it again to see what it says now.");
        if (rule is null && draft.SubjectId is { } subject && await db.Rules.AnyAsync(r => r.Kind == draft.Kind && r.SubjectId == subject, cancellationToken)) return new(Id: null, "There is such a rule already. Open that one.");
        var others = draft.Kind is RuleKind.Condition ? await db.Rules.AsNoTracking().Where(r => r.Kind == RuleKind.Condition).ToListAsync(cancellationToken) : [];
        if (rule is null && others.Count >= Rule.MostConditionRules) return new(Id: null, $"A business has at most {Rule.MostConditionRules:N0} condition rules.");
        if (rule is null) db.Add(rule = Writer(scope).New(draft.Kind, draft.SubjectId, draft.Name, Last(draft.Kind, others)));
        Writer(scope).Write(rule, draft, await NameAsync(db, draft, cancellationToken));
        await RuleUpkeep.SaveAsync(db, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return new(rule.Id, Refusal: null);
    }

    /// <summary>Null, or why not.</summary>
    public Task<string?> SetOnAsync(Caller caller, Guid id, bool isOn, CancellationToken cancellationToken = default) =>
        ChangeAsync(caller, id, (_, rule) => { rule.IsOn = isOn; return Task.CompletedTask; }, cancellationToken);

    /// <summary>Moves a condition rule among the others; what is first decides. Null, or why not.</summary>
    /// <param name="by">Places: less than zero is up.</param>
    public Task<string?> MoveAsync(Caller caller, Guid id, int by, CancellationToken cancellationToken = default) => ChangeAsync(caller, id, async (db, rule) =>
    {
        var all = await db.Rules.AsTracking().Where(r => r.Kind == RuleKind.Condition).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancellationToken);
        if (all.Remove(rule)) all.Insert(Math.Clamp(rule.Position + by, 0, all.Count), rule);
        Number(all);
    }, cancellationToken);

    /// <summary>What it has set stays. Null, or why not.</summary>
    public Task<string?> DeleteAsync(Caller caller, Guid id, CancellationToken cancellationToken = default) => ChangeAsync(caller, id, async (db, rule) =>
    {
        db.Remove(rule);
        if (rule.Kind is RuleKind.Condition) Number(await db.Rules.AsTracking().Where(r => r.Kind == RuleKind.Condition && r.Id != id).OrderBy(r => r.Position).ThenBy(r => r.Id).ToListAsync(cancellationToken));
    }, cancellationToken);

    /// <summary>Applies a rule, or all of them, to what lies in the inboxes, as a run that can be followed, cancelled and undone.</summary>
    /// <param name="id">Null for all.</param>
    public async Task<BulkAnswer> ApplyAsync(Caller caller, Guid? id, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var rules = await scope.Db.Rules.AsNoTracking().ToListAsync(cancellationToken);
        if (id is not null && rules.Find(r => r.Id == id) is not { IsOn: true }) return new(RunId: null, "This rule is off, or was deleted meanwhile.");
        var (_, items) = await trials.RunAsync(caller.BusinessId, rules, id, cancellationToken);
        return await bulk.ApplyRulesAsync(scope, id, id is null ? "All rules" : rules.Find(r => r.Id == id)!.Mark.Words, items, cancellationToken);
    }

    /// <summary>Null where there is no such item for this person.</summary>
    public async Task<ItemRulesView?> OfItemAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Items.Include(i => i.Document).Include(i => i.Lines).AsSplitQuery().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return null;
        var party = ItemContact.Of(item).Read(item).Id;
        var kind = item.Workspace is Workspace.Sales ? RuleKind.Customer : RuleKind.Supplier;
        var rule = party is null ? null : await scope.Db.Rules.AsNoTracking().SingleOrDefaultAsync(r => r.Kind == kind && r.SubjectId == party, cancellationToken);
        var publication = await scope.Db.AutoPublications.AsNoTracking().Where(a => a.ItemId == item.Id).OrderByDescending(a => a.DecidedAt).FirstOrDefaultAsync(cancellationToken);
        return new ItemRulesView(
            rule is { IsOn: true } ? rule.Actions.WorkflowNote : null, rule?.Id,
            publication is null || item.Status is ItemStatus.Published ? null : new AutoPublishView(publication.Status, publication.RuleWords, publication.DueAt, publication.Sentence))
        {
            LinesLeftOutBy = item is { Lines.Count: 0, Document.CarriesInvoice: true } ? await LeftOutByAsync(scope.Db, item.Id, cancellationToken) : null,
            LinesStayDespite = rule is { IsOn: true, Actions.LineItems: LineItems.Never } && item is { Lines.Count: > 0, Document.CarriesInvoice: true } && !LineMath.AreTaxedAlike(item.Lines) ? rule.Mark.Words : null,
        };
    }

    private static async Task<string?> LeftOutByAsync(DextSageDb db, Guid item, CancellationToken cancellationToken) =>
        await db.ItemChanges.AsNoTracking().Where(c => c.ItemId == item && c.Field == ItemField.Lines && c.LineId == null).OrderByDescending(c => c.Version).FirstOrDefaultAsync(cancellationToken) is { To: null, RuleWords: { } by } ? by : null;

    private async Task<string?> ChangeAsync(Caller caller, Guid id, Func<DextSageDb, Rule, Task> change, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        await using var transaction = await scope.Db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Db.Rules.AsTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken) is not { } rule) return "This rule was deleted meanwhile.";
        Writer(scope).Stamp(rule);
        await change(scope.Db, rule);
        await RuleUpkeep.SaveAsync(scope.Db, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    private static void Number(List<Rule> rules)
    {
        for (var i = 0; i < rules.Count; i++)
            if (rules[i].Position != i) (rules[i].Position, rules[i].Version) = (i, rules[i].Version + 1);
    }

    private static async Task<string?> ProblemAsync(DextSageDb db, RuleDraft draft, CancellationToken cancellationToken)
    {
        if (Problem(db, draft, await RulePointers.NamesAsync(db, [Drafted(db, draft)], cancellationToken)) is { } problem) return problem;
        return draft is { Kind: RuleKind.User, SubjectId: { } person } && !await db.Memberships.AnyAsync(m => m.PersonId == person, cancellationToken) ? "That person does not belong to this business any more." : null;
    }

    /// <param name="names">Of all that it points to.</param>
    private static string? Problem(DextSageDb db, RuleDraft draft, RuleNames names)
    {
        if (RuleChecks.All.Validate(draft).Errors is [var error, ..]) return error.ErrorMessage;
        return RuleSentences.Warnings(Drafted(db, draft), names) is [var warning, ..] ? $"{warning} Choose another." : null;
    }

    private static Rule Drafted(DextSageDb db, RuleDraft draft) => new()
    {
        BusinessId = db.BusinessId, Kind = draft.Kind, SubjectId = draft.SubjectId, Name = draft.Name, Conditions = draft.Conditions, Actions = draft.Actions, CreatedAt = default,
    };

    private RuleWriter Writer(BusinessScope scope) => new(scope.Db, scope.Member.PersonId, time.GetUtcNow());

    /// <summary>Where a new one comes: after all others of its kind, where these have an order.</summary>
    private static int Last(RuleKind kind, IEnumerable<Rule> others) => kind is RuleKind.Condition ? others.Where(r => r.Kind is RuleKind.Condition).Select(r => r.Position + 1).DefaultIfEmpty(0).Max() : 0;

    private static async Task<string> NameAsync(DextSageDb db, RuleDraft draft, CancellationToken cancellationToken)
    {
        if (draft.Kind is RuleKind.Condition) return draft.Name.Trim();
        var rule = new Rule { BusinessId = db.BusinessId, Kind = draft.Kind, SubjectId = draft.SubjectId, Name = "", CreatedAt = default };
        return Title(rule, await RulePointers.NamesAsync(db, [rule], cancellationToken), await PeopleAsync(db, [rule], cancellationToken));
    }

    private static string Title(Rule rule, RuleNames names, IReadOnlyDictionary<Guid, string> people) => rule.Kind switch
    {
        RuleKind.Condition => rule.Name,
        _ when rule.SubjectId is null => rule.Name,
        RuleKind.User => people.GetValueOrDefault(rule.SubjectId.Value, rule.Name),
        _ => names.Of(rule.SubjectId) ?? rule.Name,
    };

    private static async Task<IReadOnlyDictionary<Guid, string>> PeopleAsync(DextSageDb db, IEnumerable<Rule> rules, CancellationToken cancellationToken)
    {
        var ids = rules.Where(r => r.Kind is RuleKind.User).Select(r => r.SubjectId).OfType<Guid>().ToArray();
        return ids.Length == 0 ? new Dictionary<Guid, string>() : await db.Memberships.Where(m => EF.Parameter(ids).Contains(m.PersonId)).ToDictionaryAsync(m => m.PersonId, m => m.Person!.DisplayName, cancellationToken);
    }

    private static async Task<RuleEdit> EditAsync(DextSageDb db, Rule rule, CancellationToken cancellationToken, bool isNew = false)
    {
        var names = await RulePointers.NamesAsync(db, [rule], cancellationToken);
        var title = Title(rule, names, await PeopleAsync(db, [rule], cancellationToken));
        return new(new RuleDraft(isNew && rule.Version == 0 ? null : rule.Id, rule.Kind, rule.SubjectId, title, rule.IsOn, rule.Conditions, rule.Actions, rule.Version), names.Names, RuleSentences.Warnings(rule, names));
    }
}
