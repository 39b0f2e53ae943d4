using DextSage.Integration.Items;

namespace DextSage.Integration.Rules;

/// <summary>One field that a rule wants set.</summary>
internal sealed record RuleProposal(ItemField Field, ItemEdit Edit, RuleMark By);

/// <summary>What the rules say of one item.</summary>
/// <param name="Proposals">One a field at most, in the order in which they are to be made.</param>
/// <param name="AutoPublish">Never where any rule says so or holds the item; Always where one says so; None where nobody does.</param>
/// <param name="PublishedBy">The rule behind <paramref name="AutoPublish"/>.</param>
internal sealed record RuleOutcome(IReadOnlyList<RuleProposal> Proposals, AutoPublish AutoPublish, RuleMark? PublishedBy)
{
    /// <summary>What no rule touches, not by what follows from it either.</summary>
    public IReadOnlySet<ItemField> Kept { get; init; } = new HashSet<ItemField>();

    public static readonly RuleOutcome Nothing = new([], AutoPublish.None, PublishedBy: null);

    public bool IsBy(Guid rule) => PublishedBy?.RuleId == rule || Proposals.Any(p => p.By.RuleId == rule);
}
