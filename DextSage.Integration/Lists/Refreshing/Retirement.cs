using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>
/// What becomes of entries that a whole reading did not meet. A list may shift while it is read, so that one that is there is met on no page: only what
/// a single page left out, what Sage says it does not have, or what a second reading misses too is retired.
/// </summary>
internal sealed class Retirement(ISageClient sage, SageTarget target, RefreshRun run, PageKeeper keeper, RefreshOptions options, TimeProvider time)
{
    /// <param name="readAgain">Reads the list a second time.</param>
    public async Task ApplyAsync(DextSageDb db, ListProgress progress, Question question, Func<Question, Task<Question>> readAgain, SageQuestions questions, CancellationToken cancellationToken)
    {
        var table = keeper.Table(progress.List);
        var missing = await table.MissingAsync(question.Reading.HasSeen, run.StartedAt!.Value, cancellationToken);
        if (missing.Count > 0 && !progress.MayRetireMany && await IsSuspiciousAsync(table, question.Reading, missing.Count, cancellationToken))
        {
            (progress.Stage, progress.Missing) = (ListStage.NeedsConfirmation, missing.Count);
            await db.SaveChangesAsync(cancellationToken);
            return;
        }

        var (gone, isCertain) = missing.Count == 0
            ? (missing, question.Reading.IsSettled)
            : await SiftAsync(progress.List, question, missing, readAgain, questions, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await keeper.ReportAsync(await table.RetireAsync(progress, gone, time.GetUtcNow(), cancellationToken), cancellationToken);
        progress.IsSettled = isCertain;
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>An empty list that was not, or the greater part of a list gone at once, is more likely a fault than the books.</summary>
    private async Task<bool> IsSuspiciousAsync(ListTable table, SageReading reading, int missing, CancellationToken cancellationToken) =>
        reading.Seen == 0 || (missing > options.MayGoUnasked && missing * 2 > await table.CountAsync(cancellationToken));

    private async Task<(List<string> Gone, bool IsCertain)> SiftAsync(
        ListKind list, Question question, List<string> missing, Func<Question, Task<Question>> readAgain, SageQuestions questions, CancellationToken cancellationToken)
    {
        if (question.Reading.IsSnapshot) return (missing, true);
        if (missing.Count > options.LookUps)
        {
            var again = await readAgain(questions.Whole(list, $"{list} again") with { IsSecondLook = true });
            missing.RemoveAll(again.Reading.HasSeen);
            if (missing.Count > options.LookUps) return again.Reading.IsSettled ? (missing, true) : ([], false);
        }

        return await LookUpAsync(list, missing, cancellationToken);
    }

    private async Task<(List<string> Gone, bool IsCertain)> LookUpAsync(ListKind list, List<string> missing, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(missing.Select(id => sage.FindRecordAsync(target, SageQuestions.PathOf(list), id, cancellationToken)));
        run.Requests += missing.Count;
        var gone = missing.Where((_, i) => answers[i] is { Failure.Kind: SageFailureKind.NotFound } or { Value.DeletedAt: not null }).ToList();
        return (gone, answers.All(a => a.IsSuccess || a.Failure.Kind is SageFailureKind.NotFound));
    }
}
