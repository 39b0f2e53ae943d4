using DextSage.Integration.Storage;

namespace DextSage.Integration.Rules;

/// <summary>Makes rules and writes what they say, and with it by whom, when, and the version that tells others of it: for the editor, the bulk edit and a CSV alike.</summary>
internal sealed class RuleWriter(DextSageDb db, Guid by, DateTimeOffset now)
{
    /// <summary>One that says nothing yet, and that is not added.</summary>
    public Rule New(RuleKind kind, Guid? subject, string name, int position = 0) => new() { BusinessId = db.BusinessId, Kind = kind, SubjectId = subject, Name = name, CreatedAt = now, Position = position };

    public void Write(Rule rule, RuleDraft draft, string name)
    {
        (rule.Name, rule.IsOn, rule.Conditions, rule.Actions) = (name, draft.IsOn, draft.Conditions, draft.Actions);
        Stamp(rule);
    }

    public void Write(Rule rule, RuleActions actions)
    {
        rule.Actions = actions;
        Stamp(rule);
    }

    public void Stamp(Rule rule) => (rule.UpdatedAt, rule.PersonId, rule.Version) = (now, by, rule.Version + 1);
}
