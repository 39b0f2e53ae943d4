using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>The rules of many suppliers or customers at once, as their lists have them.</summary>
public sealed partial class RulesDesk
{
    /// <summary>The rules of these suppliers or customers, by whose they are; who has none is not in it.</summary>
    public async Task<IReadOnlyDictionary<Guid, RuleBrief>> OfSubjectsAsync(Caller caller, RuleKind kind, IReadOnlyList<Guid> subjects, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeRules, cancellationToken);
        var rules = await Of(scope.Db, kind, subjects).AsNoTracking().ToListAsync(cancellationToken);
        var names = await RulePointers.NamesAsync(scope.Db, rules, cancellationToken);
        return rules.ToDictionary(r => r.SubjectId!.Value, r => new RuleBrief(r.Id, r.IsOn, RuleSentences.Then(r.Actions, names), RuleSentences.Warnings(r, names)));
    }

    /// <summary>Changes the rules of many, all or none: made where there is none yet, and deleted where nothing is left that it says.</summary>
    /// <param name="query">The suppliers or customers: all in use that match it, unless <paramref name="only"/> names some.</param>
    public async Task<RulesEdited> EditManyAsync(Caller caller, ListQuery query, IReadOnlyList<Guid>? only, RulesChange change, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var kind = query.List is ListKind.Customers ? RuleKind.Customer : RuleKind.Supplier;
        var subjects = await ListShape.Of(query.List).InUseAsync(db, query, only, cancellationToken);
        var known = await Of(db, kind, subjects).AsTracking().ToDictionaryAsync(r => r.SubjectId!.Value, cancellationToken);
        var drafts = subjects.Select(id => Draft(kind, id, known.GetValueOrDefault(id), change)).OfType<RuleDraft>().ToList();
        var names = await RulePointers.NamesAsync(db, drafts.Select(d => Drafted(db, d)), cancellationToken);
        if (Refusal(db, kind, drafts, change, names) is { } refusal) return new RulesEdited(0, 0, 0, refusal, Before: null);

        var (before, writer) = (new List<RuleBefore>(), Writer(scope));
        foreach (var draft in drafts)
        {
            var rule = known.GetValueOrDefault(draft.SubjectId!.Value);
            var was = rule?.Copy();
            if (draft.Actions.AreNone) db.Remove(rule!);
            else
            {
                if (rule is null) db.Add(rule = writer.New(kind, draft.SubjectId, ""));
                writer.Write(rule, draft, names.Of(draft.SubjectId)!);
            }

            before.Add(new RuleBefore(draft.SubjectId.Value, was, draft.Actions.AreNone ? null : (rule!.Id, rule.Version)));
        }

        await RuleUpkeep.SaveAsync(db, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return new RulesEdited(
            before.Count(b => b.Was is null), before.Count(b => b is { Was: not null, Left: not null }), before.Count(b => b.Left is null), Refusal: null,
            before.Count == 0 ? null : new RulesBefore(caller.BusinessId, kind, before));
    }

    /// <summary>Takes a change of many back: each rule is as it was, but for those that were changed again since.</summary>
    /// <returns>How many of these there are.</returns>
    public async Task<int> UndoAsync(Caller caller, RulesBefore before, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var db = scope.Db;
        if (before.BusinessId != caller.BusinessId) return before.Rules.Count;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var now = await Of(db, before.Kind, [.. before.Rules.Select(b => b.SubjectId)]).AsTracking().ToDictionaryAsync(r => r.SubjectId!.Value, cancellationToken);
        var left = 0;
        foreach (var (subject, was, leftAs) in before.Rules)
        {
            var rule = now.GetValueOrDefault(subject);
            if (leftAs?.Id != rule?.Id || leftAs?.Version != rule?.Version) left++;
            else if (was is null) db.Remove(rule!);
            else
            {
                if (rule is null) db.Add(rule = was.Copy());
                Writer(scope).Write(rule, new RuleDraft(was.Id, was.Kind, subject, was.Name, was.IsOn, was.Conditions, was.Actions), was.Name);
            }
        }

        await RuleUpkeep.SaveAsync(db, time.GetUtcNow(), cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return left;
    }

    private static IQueryable<Rule> Of(DextSageDb db, RuleKind kind, IReadOnlyList<Guid> subjects)
    {
        Guid[] ids = [.. subjects];
        return db.Rules.Where(r => r.Kind == kind && r.SubjectId != null && EF.Parameter(ids).Contains(r.SubjectId.Value));
    }

    /// <summary>Null where nothing becomes otherwise.</summary>
    private static RuleDraft? Draft(RuleKind kind, Guid subject, Rule? rule, RulesChange change)
    {
        var said = rule?.Actions ?? new RuleActions();
        var actions = change.Of(said);
        return actions == said ? null : new RuleDraft(rule?.Id, kind, subject, rule?.Name ?? "", rule?.IsOn ?? true, rule?.Conditions ?? new(), actions, rule?.Version ?? 0);
    }

    /// <summary>What is wrong with the change itself, or else with the first rule that it would leave wrong.</summary>
    private static string? Refusal(DextSageDb db, RuleKind kind, List<RuleDraft> drafts, RulesChange change, RuleNames names)
    {
        var bare = change.Of(new());
        if (drafts.Count > 0 && !bare.AreNone && Problem(db, new RuleDraft(Id: null, kind, drafts[0].SubjectId, "", IsOn: true, new(), bare), names) is { } refusal) return refusal;
        return drafts.Where(d => !d.Actions.AreNone).Select(d => Problem(db, d, names) is { } problem ? $"{names.Of(d.SubjectId)}: {problem}" : null).FirstOrDefault(p => p is not null);
    }
}
