using DextSage.Integration.Items;

namespace DextSage.Integration.Rules;

/// <summary>
/// The rules of a business, ready to be asked about items: a pure function of the item's facts, which looks only at those rules that could apply. The order is stated in
/// docs/decisions/rules.md: condition rules from top to bottom, user defaults that are always used, payment method rules, supplier and customer rules, user
/// defaults if blank. The first to set a field wins; what is kept is set by none.
/// </summary>
internal sealed class RuleBook
{
    private readonly List<Rule> conditions;
    private readonly Dictionary<(RuleKind, Guid), Rule> bySubject;
    private readonly Lookup bySupplier = new(), byCustomer = new(), byMethod = new();
    private readonly Dictionary<string, List<int>> byText = new(StringComparer.OrdinalIgnoreCase);
    private readonly TextIndex texts;
    private readonly List<int> others = [];

    /// <param name="rules">Those that are off have no say.</param>
    public RuleBook(IEnumerable<Rule> rules)
    {
        var on = rules.Where(r => r.IsOn).ToList();
        conditions = [.. on.Where(r => r.Kind is RuleKind.Condition).OrderBy(r => r.Position).ThenBy(r => r.Id)];
        bySubject = on.Where(r => r.SubjectId is not null).GroupBy(r => (r.Kind, r.SubjectId!.Value)).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Id).First());
        for (var i = 0; i < conditions.Count; i++) Index(i, conditions[i].Conditions);
        texts = new TextIndex(byText.Keys);
    }

    /// <summary>Whether the text of documents has to be read at all.</summary>
    public bool LooksAtText => byText.Count > 0 || conditions.Exists(r => r.Conditions.Texts.Count > 0);

    public bool IsEmpty => conditions.Count == 0 && bySubject.Count == 0;

    public RuleOutcome Decide(RuleFacts facts)
    {
        if (IsEmpty) return RuleOutcome.Nothing;
        var met = Candidates(facts).Where(r => IsMet(r.Conditions, facts)).ToList();
        var (always, ifBlank) = Halves(bySubject.GetValueOrDefault((RuleKind.User, facts.OwnerId)));

        // Whom it is from is settled first, then what it was paid with: the rules further down are theirs.
        List<Layer> layers = [.. met.Select(r => new Layer(r.Actions, r.Mark)), .. always];
        var party = facts.Workspace is Workspace.Sales ? Of(RuleKind.Customer, First(ItemField.Customer, facts.CustomerId, layers, facts, a => a.CustomerId)) : Of(RuleKind.Supplier, First(ItemField.Supplier, facts.SupplierId, layers, facts, a => a.SupplierId));
        List<Layer> below = [.. party, .. ifBlank];
        layers.AddRange(Of(RuleKind.PaymentMethod, First(ItemField.PaymentMethod, facts.PaymentMethodId, [.. layers, .. below], facts, a => a.PaymentMethodId)));
        layers.AddRange(below);
        return Settle(layers, facts) with { Kept = facts.Kept };
    }

    private static RuleOutcome Settle(List<Layer> layers, RuleFacts facts)
    {
        var leavesOut = facts.MayBeOneAmount ? layers.Find(l => l.Actions.LineItems is not null) is { Actions.LineItems: LineItems.Never } says ? says : null : null;
        // Without its lines it is coded and split as any single amount.
        if (leavesOut is not null) facts = facts with { HasLines = false, Kept = facts.Kept.Where(f => f is not ItemField.Lines).ToHashSet() };
        var set = new Dictionary<ItemField, RuleProposal>();
        foreach (var (actions, by) in layers)
            foreach (var edit in Edits(actions, by, facts))
                if (ItemEdits.FieldOf(edit) is var field && (facts.HasLines && LineCoding.Contains(field) ? facts.LineGaps.ContainsKey(field) : !facts.Kept.Contains(field))) set.TryAdd(field, new(field, edit, by));

        // A category that is kept would say nothing any more beside lines.
        if (facts.HasLines || facts.Kept.Contains(ItemField.Category)) set.Remove(ItemField.Lines);
        // Lines have a coding of their own: a split brings it, and to those that are there goes what they lack.
        if (set.ContainsKey(ItemField.Lines))
            foreach (var coding in LineCoding) set.Remove(coding);
        if (facts.HasLines || set.ContainsKey(ItemField.Lines)) set.Remove(ItemField.TaxRate);
        if (leavesOut is not null) set.TryAdd(ItemField.Lines, new(ItemField.Lines, new ItemEdit.ReplaceLines([]), leavesOut.By));
        if (facts.HasLines)
            foreach (var coding in LineCoding.Where(set.ContainsKey)) set[coding] = set[coding] with { Edit = new ItemEdit.EditLines(facts.LineGaps[coding], OfLine(set[coding].Edit)) };
        // A supplier before its coding, a category before the tax rate that Sage proposes with it.
        var proposals = set.Values.OrderBy(p => Array.IndexOf(Order, p.Field)).ToList();
        var never = layers.Find(l => l.Actions.AutoPublish is AutoPublish.Never) ?? layers.Find(l => l.Actions.Hold);
        if (never is not null) return new(proposals, AutoPublish.Never, never.By);
        return layers.Find(l => l.Actions.AutoPublish is AutoPublish.Always) is { } publishing ? new(proposals, AutoPublish.Always, publishing.By) : new(proposals, AutoPublish.None, PublishedBy: null);
    }

    private static readonly ItemField[] Order =
    [
        ItemField.Type, ItemField.Supplier, ItemField.Customer, ItemField.Currency, ItemField.Category, ItemField.TaxRate, ItemField.Class, ItemField.Location, ItemField.Lines,
        ItemField.Description, ItemField.DueDate, ItemField.PublishTo, ItemField.PaymentMethod, ItemField.Paid, ItemField.Flag, ItemField.Held,
    ];

    private static readonly ItemField[] LineCoding = [ItemField.Category, ItemField.Class, ItemField.Location];

    private static LineEdit OfLine(ItemEdit edit) => edit switch
    {
        ItemEdit.SetCategory(var id) => new LineEdit.SetCategory(id),
        ItemEdit.SetClass(var id) => new LineEdit.SetClass(id),
        ItemEdit.SetLocation(var id) => new LineEdit.SetLocation(id),
        _ => throw new ArgumentOutOfRangeException(nameof(edit), edit.GetType().Name, message: null),
    };

    private static IEnumerable<ItemEdit> Edits(RuleActions actions, RuleMark by, RuleFacts facts)
    {
        if (actions.Type is { } type) yield return new ItemEdit.SetType(type);
        if (actions.SupplierId is { } supplier) yield return new ItemEdit.SetSupplier(supplier);
        if (actions.CustomerId is { } customer) yield return new ItemEdit.SetCustomer(customer);
        if (actions.Currency is { } currency) yield return new ItemEdit.SetCurrency(currency);
        if (actions.CategoryId is { } category) yield return new ItemEdit.SetCategory(category);
        if (actions.TaxRateId is { } rate) yield return new ItemEdit.SetTaxRate(rate);
        if (actions.ClassId is { } ofClass) yield return new ItemEdit.SetClass(ofClass);
        if (actions.LocationId is { } location) yield return new ItemEdit.SetLocation(location);
        if (actions.Split.Count > 0 && facts.Total > 0) yield return new ItemEdit.Split(SplitBasis.Percentages, actions.Split);
        if (actions.Description is { } description) yield return new ItemEdit.SetDescription(description);
        if (actions.DueDays is { } days && facts.Date is { } date) yield return new ItemEdit.SetDueDate(date.AddDays(days));
        if (actions.PublishTo is { } to) yield return new ItemEdit.SetPublishTo(to);
        if (actions.PaymentMethodId is { } method) yield return new ItemEdit.SetPaymentMethod(method);
        if (actions.Paid is { } paid) yield return new ItemEdit.SetPaid(paid);
        if (actions.Flag) yield return new ItemEdit.SetFlag(by.Words);
        if (actions.Hold) yield return new ItemEdit.SetHeld(by.Words);
    }

    private void Index(int at, RuleConditions conditions)
    {
        // By whatever the fewest items have.
        if (conditions.Suppliers.Count > 0) bySupplier.Add(conditions.Suppliers, at);
        else if (conditions.Customers.Count > 0) byCustomer.Add(conditions.Customers, at);
        else if (conditions.PaymentMethods.Count > 0) byMethod.Add(conditions.PaymentMethods, at);
        else if (conditions.Texts.Count > 0)
            foreach (var text in conditions.Texts.Select(t => RuleText.Plain(t)).Where(t => t.Length >= TextIndex.Shortest))
                if (byText.TryGetValue(text, out var rules)) rules.Add(at);
                else byText[text] = [at];
        else others.Add(at);
    }

    /// <summary>In their order, those of which it cannot be told at a glance that they do not apply.</summary>
    private IEnumerable<Rule> Candidates(RuleFacts facts)
    {
        var may = new bool[conditions.Count];
        foreach (var found in new[] { others, bySupplier.Of(facts.SupplierId), byCustomer.Of(facts.CustomerId), byMethod.Of(facts.PaymentMethodId) }.Concat(texts.In(facts.Text).Select(word => byText[word])))
            foreach (var at in found) may[at] = true;
        return conditions.Where((_, at) => may[at]);
    }

    private static bool IsMet(RuleConditions conditions, RuleFacts facts) =>
        (conditions.Workspace is null || conditions.Workspace == facts.Workspace)
        && (conditions.From is null || facts.Total >= conditions.From)
        && (conditions.To is null || facts.Total <= conditions.To)
        && (conditions.Types.Count == 0 || conditions.Types.Contains(facts.Type))
        && (conditions.Currencies.Count == 0 || (facts.Currency is { } currency && conditions.Currencies.Contains(currency, StringComparer.OrdinalIgnoreCase)))
        && IsAmong(conditions.Suppliers, facts.SupplierId) && IsAmong(conditions.Customers, facts.CustomerId) && IsAmong(conditions.PaymentMethods, facts.PaymentMethodId)
        && (conditions.Texts.Count == 0 || conditions.Texts.Any(t => facts.Text.Contains(RuleText.Plain(t), StringComparison.OrdinalIgnoreCase)));

    private static bool IsAmong(IReadOnlyList<Guid> wanted, Guid? id) => wanted.Count == 0 || (id is { } known && wanted.Contains(known));

    /// <summary>What a field holds once the layers are through: what is kept, or what the first of them says.</summary>
    private static Guid? First(ItemField field, Guid? kept, List<Layer> layers, RuleFacts facts, Func<RuleActions, Guid?> say) =>
        facts.Kept.Contains(field) ? kept : layers.Select(l => say(l.Actions)).FirstOrDefault(id => id is not null) ?? kept;

    private IEnumerable<Layer> Of(RuleKind kind, Guid? subject) =>
        subject is { } id && bySubject.TryGetValue((kind, id), out var rule) ? [new Layer(rule.Actions, rule.Mark)] : [];

    private static (IEnumerable<Layer> Always, IEnumerable<Layer> IfBlank) Halves(Rule? user)
    {
        if (user is null) return ([], []);
        var (all, always) = (user.Actions, user.Actions.Always);
        Guid? Half(ItemField field, Guid? id, bool isAlways) => always.Contains(field) == isAlways ? id : null;
        Layer Of(bool isAlways) => new(new RuleActions
        {
            PaymentMethodId = Half(ItemField.PaymentMethod, all.PaymentMethodId, isAlways), ClassId = Half(ItemField.Class, all.ClassId, isAlways), LocationId = Half(ItemField.Location, all.LocationId, isAlways),
        }, user.Mark);
        return ([Of(isAlways: true)], [Of(isAlways: false)]);
    }

    private sealed record Layer(RuleActions Actions, RuleMark By);

    private sealed class Lookup : Dictionary<Guid, List<int>>
    {
        public void Add(IEnumerable<Guid> ids, int rule)
        {
            foreach (var id in ids.Distinct())
                if (TryGetValue(id, out var rules)) rules.Add(rule);
                else this[id] = [rule];
        }

        public List<int> Of(Guid? id) => id is { } known && TryGetValue(known, out var rules) ? rules : [];
    }
}
