using DextSage.Integration.Lists;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>The rule that set a field.</summary>
/// <param name="Words">As it was called then: "Rule “Cloud costs”", "Supplier rule of Amazon".</param>
public sealed record RuleMark(Guid RuleId, string Words);

/// <summary>An entry of a list that a rule points to, and what it must be good for there.</summary>
public sealed record RuleUse(Guid EntryId, Guid RuleId, MatchNeeds Needs);

/// <summary>Applies the business's rules. Implemented by the room that has them; items know no more of it.</summary>
public interface IItemRules
{
    /// <summary>Sets what the rules say on items that may be edited; what a person typed and what stands on the paper stays.</summary>
    /// <param name="items">Tracked, with their lines and entries. Nothing is saved here.</param>
    /// <param name="only">The rule whose say alone is followed, in its place among the others; null for all.</param>
    /// <returns>By item, the fields that a rule has set.</returns>
    Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>> ApplyAsync(
        DextSageDb db, IReadOnlyCollection<Item> items, Guid? only, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>The same for items that are just coming in: of them, some may be published without a person.</summary>
    Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>> ArriveAsync(
        DextSageDb db, IReadOnlyCollection<Item> items, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What rules point to in a list, those that are off included.</summary>
    Task<IReadOnlyList<RuleUse>> UsesAsync(DextSageDb db, ListKind list, CancellationToken cancellationToken);

    /// <summary>Has rules point to new entries where they pointed to old ones. In the caller's transaction; nothing is left unsaved.</summary>
    /// <param name="matches">From old to new.</param>
    Task MatchedAsync(DextSageDb db, IReadOnlyDictionary<Guid, Guid> matches, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Asks for what the rules wanted done afterwards, once the items are committed.</summary>
    Task ArrivedAsync(Guid businessId);
}
