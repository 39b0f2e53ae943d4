using DextSage.Integration.Items;

namespace DextSage.Integration.Rules;

/// <summary>A rule as it is edited.</summary>
/// <param name="Id">Null of one that is new.</param>
/// <param name="SubjectId">Whose rule it is; null of a condition rule.</param>
/// <param name="Version">That was read; 0 of one that is new.</param>
public sealed record RuleDraft(Guid? Id, RuleKind Kind, Guid? SubjectId, string Name, bool IsOn, RuleConditions Conditions, RuleActions Actions, int Version = 0);

/// <param name="Names">What the entries are called that it points to.</param>
public sealed record RuleEdit(RuleDraft Draft, IReadOnlyDictionary<Guid, string> Names, IReadOnlyList<string> Warnings);

/// <summary>A rule in a list of them.</summary>
/// <param name="Title">A condition rule's name; else whose rule it is.</param>
/// <param name="When">Its conditions in words; empty where it has none.</param>
/// <param name="Then">What it does, in words.</param>
/// <param name="Hits">Items of which it has set something, or which it has published.</param>
/// <param name="Warnings">What it points to and is on no list any more, a sentence each.</param>
public sealed record RuleView(
    Guid Id, RuleKind Kind, string Title, int Position, bool IsOn, IReadOnlyList<string> When, IReadOnlyList<string> Then, int Hits, DateTimeOffset? LastHit, IReadOnlyList<string> Warnings);

/// <param name="PublishesByItself">Auto-publish is on in this business.</param>
public sealed record RulesOverview(IReadOnlyList<RuleView> Rules, bool PublishesByItself)
{
    public IEnumerable<RuleView> Of(RuleKind kind) => Rules.Where(r => r.Kind == kind);
}

/// <summary>What came of saving; one of the two.</summary>
public sealed record RuleAnswer(Guid? Id, string? Refusal);

/// <summary>The rule of a supplier or a customer on their list.</summary>
/// <param name="Then">What it does, in words.</param>
/// <param name="Warnings">What it points to and is on no list any more, a sentence each.</param>
public sealed record RuleBrief(Guid Id, bool IsOn, IReadOnlyList<string> Then, IReadOnlyList<string> Warnings);

/// <summary>What came of changing the rules of many.</summary>
/// <param name="Refusal">Why none of them was changed.</param>
/// <param name="Before">To undo it with; null where nothing was to be changed.</param>
public sealed record RulesEdited(int Made, int Changed, int Deleted, string? Refusal, RulesBefore? Before);

/// <summary>The rules of many as they were before they were changed.</summary>
public sealed class RulesBefore
{
    internal RulesBefore(Guid businessId, RuleKind kind, IReadOnlyList<RuleBefore> rules) => (BusinessId, Kind, Rules) = (businessId, kind, rules);

    internal Guid BusinessId { get; }
    internal RuleKind Kind { get; }
    internal IReadOnlyList<RuleBefore> Rules { get; }
}

/// <param name="Was">Null where there was none.</param>
/// <param name="Left">The rule that it was changed to, and at which version; null where it was deleted.</param>
internal sealed record RuleBefore(Guid SubjectId, Rule? Was, (Guid Id, int Version)? Left);

/// <summary>What would be changed, with nothing of it saved.</summary>
/// <param name="Looked">Items of both inboxes that were looked at.</param>
/// <param name="Changed">Those that would change.</param>
/// <param name="Rows">The first of them.</param>
/// <param name="Refusal">Why nothing was tried, as a sentence.</param>
public sealed record RuleTrial(int Looked, int Changed, IReadOnlyList<TrialRow> Rows, string? Refusal = null);

/// <param name="Party">Its supplier or customer.</param>
public sealed record TrialRow(string Code, Workspace Workspace, string? Party, decimal? Total, string? Currency, IReadOnlyList<ChangeView> Changes);

/// <summary>What the rules have to say on an item's page.</summary>
/// <param name="WorkflowNote">Of its supplier or its customer.</param>
/// <param name="PartyRule">The rule of its supplier or its customer.</param>
/// <param name="AutoPublish">How far publishing it by a rule has come; null where no rule does.</param>
public sealed record ItemRulesView(string? WorkflowNote, Guid? PartyRule, AutoPublishView? AutoPublish)
{
    /// <summary>The rule that left out the lines of its e-invoice, as it was called then.</summary>
    public string? LinesLeftOutBy { get; init; }

    /// <summary>The rule that would leave out its lines, where they stay since they are taxed differently.</summary>
    public string? LinesStayDespite { get; init; }
}

/// <param name="Rule">As it was called then.</param>
/// <param name="Sentence">Why not.</param>
public sealed record AutoPublishView(AutoPublishStatus Status, string Rule, DateTimeOffset DueAt, string? Sentence);
