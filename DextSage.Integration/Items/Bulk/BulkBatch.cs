using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DextSage.Integration.Items.Bulk;

/// <summary>
/// A stretch of a run's items: read together, changed one by one as the item page would, written together, in the caller's transaction. What a
/// single edit does with a handful of queries an item is done here with a dozen for all of them.
/// </summary>
internal sealed class BulkBatch(BusinessScope scope, BulkRun run, IItemRules rules, DateTimeOffset now)
{
    private readonly DextSageDb db = scope.Db;
    private readonly List<BulkResult> results = [];
    private readonly List<(Item Item, ItemSnapshot Before, int Position)> changed = [];
    private IReadOnlyDictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>> ruled = new Dictionary<Guid, IReadOnlyDictionary<ItemField, RuleMark>>();
    private bool takesBackRules;

    public async Task RunAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        // To look through all that is tracked costs more than all else that is done here: it is done where something has changed, and not at every step.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.Remembered = [];
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var items = await ItemsAsync(ids, cancellationToken);
        var step = new BulkStep(scope, run, context, await FormerAsync(ids, cancellationToken));
        var overtaken = await OvertakenAsync(items.Values, step, cancellationToken);
        takesBackRules = run.UndoOf is { } undone && await db.BulkRuns.AnyAsync(r => r.Id == undone && r.Action == BulkAction.ApplyRules, cancellationToken);

        for (var i = 0; i < ids.Count; i++)
        {
            var position = run.Position + i;
            if (!items.TryGetValue(ids[i], out var item)) Skip(ids[i], "", position, "This item does not exist any more.");
            else if (overtaken.GetValueOrDefault(item.Id) is { } by) Skip(item.Id, item.Code, position, by);
            else await ChangeAsync(step, item, position, cancellationToken);
        }

        if (run.Action is BulkAction.ApplyRules) ruled = await rules.ApplyAsync(db, [.. changed.Select(c => c.Item)], run.RuleId, now, cancellationToken);

        db.ChangeTracker.DetectChanges();
        await db.LoadEntriesAsync([.. changed.Select(c => c.Item)], cancellationToken);
        var rows = Settle(step, context);
        var twins = TwinUpkeep.Of(db);
        await WriteAsync(rows, cancellationToken);
        Count(ids.Count);
        db.Entry(run).DetectChanges();
        await db.SaveChangesAsync(cancellationToken);
        await twins.SettleAsync(context, now, cancellationToken);
    }

    private async Task<Dictionary<Guid, Item>> ItemsAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        var items = await scope.Items.Include(i => i.Lines.OrderBy(l => l.Position)).AsSplitQuery().AsTracking()
            .Where(i => EF.Parameter(wanted).Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
        await db.LoadEntriesAsync(items.Values, cancellationToken);
        return items;
    }

    private async Task<Dictionary<Guid, BulkResult>> FormerAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        if (run.UndoOf is not { } former) return [];
        var wanted = ids.ToArray();
        return await db.BulkResults.AsNoTracking().Where(r => r.RunId == former && EF.Parameter(wanted).Contains(r.ItemId)).ToDictionaryAsync(r => r.ItemId, cancellationToken);
    }

    /// <summary>Those of which somebody else has changed the same field since the run was asked for: theirs is the later word.</summary>
    private async Task<Dictionary<Guid, string>> OvertakenAsync(IEnumerable<Item> items, BulkStep step, CancellationToken cancellationToken)
    {
        var later = items.Where(i => i.UpdatedAt > run.AskedAt).Select(i => i.Id).ToArray();
        var fields = step.Fields.ToArray();
        if (later.Length == 0 || fields.Length == 0) return [];
        var changes = await db.ItemChanges.AsNoTracking()
            .Where(c => EF.Parameter(later).Contains(c.ItemId) && fields.Contains(c.Field) && c.LineId == null && c.At > run.AskedAt && c.PersonId != null && c.PersonId != run.PersonId)
            .OrderBy(c => c.Version)
            .Select(c => new { c.ItemId, c.Field, Person = db.Users.Where(p => p.Id == c.PersonId).Select(p => p.DisplayName).FirstOrDefault() })
            .ToListAsync(cancellationToken);
        return changes.GroupBy(c => c.ItemId).ToDictionary(g => g.Key, g => $"{g.Last().Person ?? "Somebody"} changed its {g.Last().Field.Words()} meanwhile. What they chose stays.");
    }

    private async Task ChangeAsync(BulkStep step, Item item, int position, CancellationToken cancellationToken)
    {
        var before = ItemSnapshot.Of(item);
        if (await step.ApplyAsync(item, now, cancellationToken) is { } refusal) Skip(item.Id, item.Code, position, refusal);
        else changed.Add((item, before, position));
    }

    /// <summary>What follows from the change, as after a single edit; the rows to write.</summary>
    private (List<EntityEntry<Item>> Items, List<ItemChange> History) Settle(BulkStep step, ReviewContext context)
    {
        if (SettleTax(context)) db.ChangeTracker.DetectChanges();

        var dropped = db.ChangeTracker.Entries<ItemLine>().Where(l => l.State is EntityState.Deleted).ToLookup(l => l.Entity.ItemId, l => l.Entity);
        var fields = step.Fields.Where(f => f is not ItemField.Place).ToHashSet();
        List<EntityEntry<Item>> items = [];
        List<ItemChange> history = [];
        foreach (var (item, before, position) in changed)
        {
            var entry = db.Entry(item);
            var trace = ItemTrace.Of(entry, db, dropped[item.Id]);
            var clears = item.Failure is { } failure && fields.Any(failure.IsMendedBy);
            if (trace is null && !clears)
            {
                // It held all of it already.
                results.Add(Result(item.Id, item.Code, position, BulkOutcome.Done));
                continue;
            }

            (item.Version, item.UpdatedAt) = (item.Version + 1, now);
            history.AddRange(Told(item, before, step));
            if (clears) item.Failure = null;
            if (item.Status is ItemStatus.ToReview or ItemStatus.Ready) item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
            results.Add(Result(item.Id, item.Code, position, BulkOutcome.Done, trace: trace, version: item.Version));
            // A failure is a document within the row, which EF Core writes itself.
            if (!clears) items.Add(entry);
        }

        db.ChangeTracker.DetectChanges();
        return (items, history);
    }

    // What a rule set is the rule's, and what was taken back of it nobody has typed: rules may set it again.
    private IEnumerable<ItemChange> Told(Item item, ItemSnapshot before, BulkStep step) => run.Action is BulkAction.ApplyRules
        ? ItemHistory.Changes(item, before, ChangeCause.Consequence, personId: null, rules: ruled.GetValueOrDefault(item.Id))
        : ItemHistory.Changes(item, before, takesBackRules ? ChangeCause.Rule : ChangeCause.Person, run.PersonId, step.Asked);

    /// <summary>Whether that may have changed something.</summary>
    private bool SettleTax(ReviewContext context)
    {
        var settled = false;
        foreach (var (item, _, _) in changed.Where(c => c.Item.Status is ItemStatus.ToReview or ItemStatus.Ready))
        {
            var tax = item.Tax;
            ItemDefaults.SettleTax(item, context);
            settled |= item.Lines.Count > 0 || item.Tax != tax;
        }

        return settled;
    }

    private async Task WriteAsync((List<EntityEntry<Item>> Items, List<ItemChange> History) rows, CancellationToken cancellationToken)
    {
        await using (var items = new ChangedRows<Item>(db)) await items.WriteAsync(rows.Items, cancellationToken);
        await using (var history = new Upsert<ItemChange>(db, [nameof(ItemChange.Id)], keep: [])) await history.WriteAsync(rows.History, cancellationToken);
        await using (var told = new Upsert<BulkResult>(db, [nameof(BulkResult.RunId), nameof(BulkResult.Position)], keep: [])) await told.WriteAsync(results, cancellationToken);
    }

    private void Count(int looked)
    {
        run.Position += looked;
        run.Done += results.Count(r => r.Outcome is BulkOutcome.Done);
        run.Skipped += results.Count(r => r.Outcome is BulkOutcome.Skipped);
    }

    private void Skip(Guid itemId, string code, int position, string sentence) => results.Add(Result(itemId, code, position, BulkOutcome.Skipped, sentence));

    private BulkResult Result(Guid itemId, string code, int position, BulkOutcome outcome, string? sentence = null, string? trace = null, int? version = null) => new()
    {
        RunId = run.Id, Position = position, BusinessId = run.BusinessId, ItemId = itemId, Code = code, Outcome = outcome, Sentence = sentence, Trace = trace, Version = version,
    };
}
