using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Makes on items the edits that the rules propose. An edit that the item's own checks refuse is left out: what a rule names may have gone from its list.</summary>
public sealed class RuleApplication(RuleBooks books, JobQueue jobs) : IItemRules
{
    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>> ApplyAsync(
        DextSageDb db, IReadOnlyCollection<Item> items, Guid? only, DateTimeOffset now, CancellationToken cancellationToken) =>
        ApplyAsync(db, items, only, isArrival: false, now, cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>> ArriveAsync(
        DextSageDb db, IReadOnlyCollection<Item> items, DateTimeOffset now, CancellationToken cancellationToken) =>
        ApplyAsync(db, items, only: null, isArrival: true, now, cancellationToken);

    private async Task<IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>> ApplyAsync(
        DextSageDb db, IReadOnlyCollection<Item> items, Guid? only, bool isArrival, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var book = await books.ReadAsync(db, cancellationToken);
        var set = new Dictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>();
        if (book.IsEmpty) return set;
        var outcomes = (await RuleFactsReader.ReadAsync(db, items, book.LooksAtText, cancellationToken)).ToDictionary(f => f.ItemId, book.Decide);
        var settings = isArrival ? await db.AutoPublishSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) : null;
        foreach (var item in items)
        {
            var outcome = outcomes[item.Id];
            var marks = await MakeAsync(db, item, outcome, only, now, cancellationToken);
            if (marks.Count > 0) set[item.Id] = marks;
            if (settings is { IsOn: true } && outcome is { AutoPublish: AutoPublish.Always, PublishedBy: { } by }) db.Add(AutoPublication.Of(item, by, settings, now));
        }

        return set;
    }

    /// <inheritdoc/>
    public Task ArrivedAsync(Guid businessId) => jobs.EnqueueAsync<AutoPublishWork>(businessId);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<RuleUse>> UsesAsync(DextSageDb db, ListKind list, CancellationToken cancellationToken)
    {
        var rules = await db.Rules.AsNoTracking().ToListAsync(cancellationToken);
        return [.. rules.SelectMany(r => RulePointers.Of(r).Where(p => p.List == list).Select(p => new RuleUse(p.Id, r.Id, RulePointers.Needs(r, p))))];
    }

    /// <inheritdoc/>
    public async Task MatchedAsync(DextSageDb db, IReadOnlyDictionary<Guid, Guid> matches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var rules = await db.Rules.AsTracking().ToListAsync(cancellationToken);
        foreach (var rule in rules.Where(r => RulePointers.Of(r).Any(p => matches.ContainsKey(p.Id))))
        {
            (rule.Conditions, rule.Actions) = (RulePointers.Matched(rule.Conditions, matches), RulePointers.Matched(rule.Actions, matches));
            // The new one's own rule stays, where it has one; the old one's could never apply again.
            if (rule.SubjectId is { } subject && matches.TryGetValue(subject, out var other))
            {
                if (rules.Exists(r => r.Kind == rule.Kind && r.SubjectId == other)) db.Remove(rule);
                else rule.SubjectId = other;
            }

            (rule.UpdatedAt, rule.Version) = (now, rule.Version + 1);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>The fields that were set by a rule.</summary>
    internal static async Task<IReadOnlyDictionary<ItemField, RuleMark>> MakeAsync(DextSageDb db, Item item, RuleOutcome outcome, Guid? only, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var marks = new Dictionary<ItemField, RuleMark>();
        var (category, rate) = (item.CategoryId, item.TaxRateId);
        var rates = item.Lines.ConvertAll(l => (Line: l, l.TaxRateId));
        foreach (var proposal in outcome.Proposals.Where(p => only is null || p.By.RuleId == only))
            if ((await ItemEdits.ApplyAsync(db, item, proposal.Edit, now, cancellationToken)).IsSaved) marks[proposal.Field] = proposal.By;
        // A supplier brings its category along and a category its tax rate, but not where a person has left none.
        if (outcome.Kept.Contains(ItemField.Category)) item.CategoryId = category;
        if (outcome.Kept.Contains(ItemField.TaxRate)) item.TaxRateId = rate;
        // The tax of a line was stated with it: a rate that only its category proposes would reckon it anew.
        foreach (var (line, stated) in rates) line.TaxRateId = stated;
        return marks;
    }
}
