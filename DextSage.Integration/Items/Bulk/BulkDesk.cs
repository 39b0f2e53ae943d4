using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Bulk;

/// <summary>Asks for something to be done to many items, stops it, and takes it back.</summary>
public sealed class BulkDesk(BusinessStore store, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Writes down what is to be done and to which items, and asks for its job.</summary>
    public async Task<BulkAnswer> AskAsync(Caller caller, BulkOrder order, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, order.Action.Needs(), cancellationToken);
        if (!BulkEdits.AreFor(order.Action, order.Edits) || order.Action is BulkAction.Undo) return Refused("Choose at least one field to change.");
        var (items, none) = await Choosing.OfAsync(scope, order.Items, cancellationToken);
        if (none is not null) return Refused(none);
        var (summary, refusal) = await BulkSummary.OfAsync(store, caller, order.Edits, cancellationToken);
        if (refusal is not null) return Refused(refusal);

        var run = NewRun(caller, order.Action, items.Count, BulkEdits.Write(order.Edits), summary);
        await BeginAsync(scope, run, items, cancellationToken);
        return new BulkAnswer(run.Id, Refusal: null);
    }

    /// <summary>Has the rules, or one of them, applied to items that were found to be met by them.</summary>
    /// <param name="rules">What is applied, in words.</param>
    internal async Task<BulkAnswer> ApplyRulesAsync(BusinessScope scope, Guid? ruleId, string rules, IReadOnlyList<Guid> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0) return Refused("There is nothing to do: no item in the inbox would change.");
        var run = NewRun(new Caller(scope.Member.PersonId, scope.Db.BusinessId), BulkAction.ApplyRules, items.Count, edits: null, rules, ruleId: ruleId);
        await BeginAsync(scope, run, items, cancellationToken);
        return new BulkAnswer(run.Id, Refusal: null);
    }

    /// <summary>Stops it before its next stretch; what is done stays done, and can be undone. False where it has ended already.</summary>
    public async Task<bool> CancelAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var asked = await scope.BulkRunsInHand().Live().Where(r => r.Id == runId).ExecuteUpdateAsync(set => set.SetProperty(r => r.CancelRequested, true), cancellationToken);
        signal.Raise(caller.BusinessId);
        return asked > 0;
    }

    /// <summary>A run that gives each item back what it held before this one. What somebody has changed since stays.</summary>
    public async Task<BulkAnswer> UndoAsync(Caller caller, Guid runId, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        await using var transaction = await scope.Db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.BulkRunsInHand().AsTracking().SingleOrDefaultAsync(r => r.Id == runId, cancellationToken) is not { } former) return Refused("This was asked for by somebody else. They, or an Admin, can undo it.");
        if (former.EndedAt is null) return Refused("This is still going on. Cancel it first.");
        if (former.UndoneBy is not null) return Refused("This was undone already.");
        if (former.Action.IsFinal()) return Refused("This cannot be undone from here.");
        var items = await scope.Db.BulkResults.Where(r => r.RunId == runId && r.Trace != null).OrderBy(r => r.Position).Select(r => r.ItemId).ToListAsync(cancellationToken);
        if (items.Count == 0) return Refused("There is nothing to undo: no item was changed.");

        var run = NewRun(caller, BulkAction.Undo, items.Count, edits: null, former.Summary, undoOf: runId);
        former.UndoneBy = run.Id;
        await BeginAsync(scope, run, items, cancellationToken, transaction.CommitAsync);
        return new BulkAnswer(run.Id, Refusal: null);
    }

    private async Task BeginAsync(BusinessScope scope, BulkRun run, IReadOnlyList<Guid> items, CancellationToken cancellationToken, Func<CancellationToken, Task>? commit = null)
    {
        scope.Db.AddRange(run, new BulkSelection { RunId = run.Id, BusinessId = run.BusinessId, Items = BulkSelection.Pack(items) });
        await scope.Db.SaveChangesAsync(cancellationToken);
        if (commit is not null) await commit(cancellationToken);
        await jobs.EnqueueAsync<BulkWork>(run.BusinessId);
        signal.Raise(run.BusinessId);
    }

    private BulkRun NewRun(Caller caller, BulkAction action, int total, string? edits, string? summary, Guid? undoOf = null, Guid? ruleId = null) => new()
    {
        BusinessId = caller.BusinessId, PersonId = caller.PersonId, Action = action, Edits = edits, Summary = summary, UndoOf = undoOf, RuleId = ruleId, AskedAt = time.GetUtcNow(), Total = total,
    };

    private static BulkAnswer Refused(string sentence) => new(RunId: null, sentence);
}
