using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>An entry that a rule points to.</summary>
/// <param name="List">Null for a payment method, a list of our own.</param>
internal readonly record struct RulePointer(ListKind? List, Guid Id);

/// <summary>Where rules point into lists, and which of it is gone.</summary>
internal static class RulePointers
{
    public static IEnumerable<RulePointer> Of(Rule rule) =>
    [
        .. Of(rule.Actions), .. rule.Conditions.Suppliers.Select(id => new RulePointer(ListKind.Suppliers, id)),
        .. rule.Conditions.Customers.Select(id => new RulePointer(ListKind.Customers, id)), .. rule.Conditions.PaymentMethods.Select(id => new RulePointer(List: null, id)),
        .. rule is { SubjectId: { } subject, Kind: not RuleKind.User } ? [new RulePointer(ListOf(rule.Kind), subject)] : Array.Empty<RulePointer>(),
    ];

    public static IEnumerable<RulePointer> Of(RuleActions actions)
    {
        (ListKind? List, Guid? Id)[] pointers =
        [
            (ListKind.Suppliers, actions.SupplierId), (ListKind.Customers, actions.CustomerId), (ListKind.Categories, actions.CategoryId), (ListKind.TaxRates, actions.TaxRateId),
            (ListKind.AnalysisCategories, actions.ClassId), (ListKind.AnalysisCategories, actions.LocationId), (null, actions.PaymentMethodId),
            .. actions.Split.SelectMany(p => new (ListKind?, Guid?)[] { (ListKind.Categories, p.CategoryId), (ListKind.TaxRates, p.TaxRateId) }),
        ];
        return pointers.Where(p => p.Id is not null).Select(p => new RulePointer(p.List, p.Id!.Value));
    }

    /// <summary>What must be true of an entry that takes the place of the one pointed to.</summary>
    public static MatchNeeds Needs(Rule rule, RulePointer pointer) => pointer.List switch
    {
        ListKind.Categories => (rule.Kind, rule.Conditions.Workspace) switch
        {
            (RuleKind.Supplier, _) or (_, Workspace.Costs) => MatchNeeds.Costs,
            (RuleKind.Customer, _) or (_, Workspace.Sales) => MatchNeeds.Sales,
            _ => MatchNeeds.None,
        },
        ListKind.AnalysisCategories => (rule.Actions.ClassId == pointer.Id ? MatchNeeds.Class : MatchNeeds.None) | (rule.Actions.LocationId == pointer.Id ? MatchNeeds.Location : MatchNeeds.None),
        _ => MatchNeeds.None,
    };

    public static RuleConditions Matched(RuleConditions conditions, IReadOnlyDictionary<Guid, Guid> matches) => conditions with
    {
        Suppliers = [.. conditions.Suppliers.Select(id => matches.GetValueOrDefault(id, id))], Customers = [.. conditions.Customers.Select(id => matches.GetValueOrDefault(id, id))],
    };

    public static RuleActions Matched(RuleActions actions, IReadOnlyDictionary<Guid, Guid> matches)
    {
        Guid? New(Guid? id) => id is { } old ? matches.GetValueOrDefault(old, old) : null;
        return actions with
        {
            SupplierId = New(actions.SupplierId), CustomerId = New(actions.CustomerId), CategoryId = New(actions.CategoryId), TaxRateId = New(actions.TaxRateId),
            ClassId = New(actions.ClassId), LocationId = New(actions.LocationId), Split = [.. actions.Split.Select(p => p with { CategoryId = New(p.CategoryId), TaxRateId = New(p.TaxRateId) })],
        };
    }

    /// <summary>What the entries are called, and which of them are on no list any more.</summary>
    public static async Task<RuleNames> NamesAsync(DextSageDb db, IEnumerable<Rule> rules, CancellationToken cancellationToken)
    {
        var pointers = rules.SelectMany(Of).ToLookup(p => p.List, p => p.Id);
        var (names, gone) = (new Dictionary<Guid, string>(), new HashSet<Guid>());
        await ReadAsync(db.Suppliers, ListKind.Suppliers);
        await ReadAsync(db.Customers, ListKind.Customers);
        await ReadAsync(db.Categories, ListKind.Categories);
        await ReadAsync(db.TaxRates, ListKind.TaxRates);
        await ReadAsync(db.AnalysisCategories, ListKind.AnalysisCategories);
        var methods = pointers[null].Distinct().ToArray();
        foreach (var method in methods.Length == 0 ? [] : await db.PaymentMethods.AsNoTracking().Where(m => EF.Parameter(methods).Contains(m.Id)).Select(m => new { m.Id, m.Name, m.LastDigits, m.RemovedAt }).ToListAsync(cancellationToken))
        {
            names[method.Id] = PaymentMethod.FullName(method.Name, method.LastDigits);
            if (method.RemovedAt is not null) gone.Add(method.Id);
        }

        // What is not there at all is gone too.
        gone.UnionWith(pointers.SelectMany(p => p).Where(id => !names.ContainsKey(id)));
        return new RuleNames(names, gone);

        async Task ReadAsync<T>(IQueryable<T> entries, ListKind list) where T : ListEntry
        {
            var ids = pointers[list].Distinct().ToArray();
            if (ids.Length == 0) return;
            foreach (var entry in await entries.AsNoTracking().Where(e => EF.Parameter(ids).Contains(e.Id)).Select(e => new { e.Id, e.DisplayName, e.RetiredAt }).ToListAsync(cancellationToken))
            {
                names[entry.Id] = entry.DisplayName;
                if (entry.RetiredAt is not null) gone.Add(entry.Id);
            }
        }
    }

    private static ListKind? ListOf(RuleKind kind) => kind switch
    {
        RuleKind.Supplier => ListKind.Suppliers,
        RuleKind.Customer => ListKind.Customers,
        _ => null,
    };
}

/// <param name="Gone">Retired, removed, or not there at all.</param>
internal sealed record RuleNames(IReadOnlyDictionary<Guid, string> Names, IReadOnlySet<Guid> Gone)
{
    public string? Of(Guid? id) => id is { } known ? Names.GetValueOrDefault(known) : null;
}
