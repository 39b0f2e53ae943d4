using System.Threading.Channels;
using DextSage.Integration.Connections;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace DextSage.Integration.Lists;

/// <summary>How a run ended, with what its connection learnt from it.</summary>
internal sealed record RefreshEnd(RefreshStatus Status, string? Problem = null, ListKind? FailedList = null, SageFacts? Facts = null)
{
    public static RefreshEnd Cancelled { get; } = new(RefreshStatus.Cancelled);
}

/// <summary>What Sage says of the organisation itself.</summary>
internal sealed record SageFacts(SageBusiness? Business, SageFinancialSettings? Settings)
{
    public void ApplyTo(Connection connection, DateTimeOffset refreshedAt)
    {
        OrganisationFacts.Apply(connection, Business ?? new SageBusiness(), Settings);
        connection.LastRefreshedAt = refreshedAt;
        connection.Version++;
    }
}

/// <summary>One go at a run: the pages that are still missing, fetched side by side and written one after the other, and then what is gone.</summary>
public sealed partial class RefreshPass(
    ISageClient sage, ConnectionHealth health, BusinessSignal signal, IOptions<RefreshOptions> options, IOptions<SageOptions> sageOptions, TimeProvider time, ILogger<RefreshPass> logger)
{
    // Pages that wait to be written. More would only be memory.
    private const int PagesInHand = 3;

    internal async Task<RefreshEnd> GoAsync(DextSageDb db, RefreshRun run, CancellationToken cancellationToken)
    {
        var connection = await db.Connections.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        if (connection is not { Status: ConnectionStatus.Connected, GrantId: { } grantId, OrganisationId: not null })
            return new(RefreshStatus.Failed, "There is no working connection to Sage. An Admin can reconnect under Business settings, Connections.");

        await using var writing = await BulkWriting.BeginAsync(db, cancellationToken);
        await BeginAsync(db, run, connection, cancellationToken);
        try
        {
            return await BringInAsync(db, run, connection, new SageTarget(grantId, connection.OrganisationId), cancellationToken);
        }
        catch (RefreshFailedException failed)
        {
            await health.NoteAsync(run.BusinessId, grantId, failed.Failure);
            Log.ListFailed(logger, run.Id, failed.List, failed.Failure.Kind, failed.Failure.RequestId);
            return new(RefreshStatus.Failed, Sentence(failed), failed.List);
        }
    }

    private async Task BeginAsync(DextSageDb db, RefreshRun run, Connection connection, CancellationToken cancellationToken)
    {
        if (run.Status is RefreshStatus.Queued)
        {
            run.Status = RefreshStatus.Running;
            run.ProgressAt = run.StartedAt = time.GetUtcNow();
            await RefreshPlan.DecideAsync(db, run, connection, options.Value, run.StartedAt.Value, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
        }

        signal.Raise(run.BusinessId, News.Refresh);
    }

    private async Task<RefreshEnd> BringInAsync(DextSageDb db, RefreshRun run, Connection connection, SageTarget target, CancellationToken cancellationToken)
    {
        var facts = ReadFactsAsync(target, cancellationToken);
        var asked = new SageQuestions(sage, target, new ListMapping(run.BusinessId, time.GetUtcNow()));
        await using var keeper = new PageKeeper(db, run, options.Value, signal, time);
        var patience = new RefreshPatience(options.Value, time, run.WaitingSince);
        var questions = new List<Question>();
        foreach (var question in asked.Of([.. run.Lists.Where(l => l.Stage is ListStage.Waiting or ListStage.Coming or ListStage.Done)]))
            questions.Add(await keeper.TakeUpAsync(question, cancellationToken));

        await ReadAsync(questions.FindAll(q => !q.TellsDeletions), questions, keeper, patience, cancellationToken);
        await ReadAsync(questions.FindAll(q => q.TellsDeletions), questions, keeper, patience, cancellationToken);
        await RetireAsync(db, run, questions, new Retirement(sage, target, run, keeper, options.Value, time), asked, ReadAgainAsync, cancellationToken);

        var known = await facts;
        run.Requests += 2;
        await RefreshPlan.KeepAsync(db, run, connection, keeper, run.StartedAt!.Value, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        return new(RefreshStatus.Completed, Facts: known);

        async Task<Question> ReadAgainAsync(Question question)
        {
            var again = await keeper.TakeUpAsync(question, cancellationToken);
            await ReadAsync([again], [again], keeper, patience, cancellationToken);
            return again;
        }
    }

    /// <param name="questions">What is read now.</param>
    /// <param name="all">What the run asks: a list is done when every question that is for it is.</param>
    private async Task ReadAsync(IReadOnlyList<Question> questions, IReadOnlyList<Question> all, PageKeeper keeper, RefreshPatience patience, CancellationToken cancellationToken)
    {
        var tidings = Channel.CreateBounded<Tidings>(new BoundedChannelOptions(PagesInHand) { SingleReader = true });
        var reader = new PageReader(questions, tidings.Writer, patience, options.Value, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadThenCloseAsync();
        try
        {
            await keeper.KeepAsync(all, tidings.Reader, reader.TakeRequests, cancellationToken);
        }
        catch
        {
            await both.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        // What it threw comes last: all that had come in before is kept.
        await reading;

        async Task ReadThenCloseAsync()
        {
            try
            {
                await reader.ReadAsync(Math.Max(sageOptions.Value.ReadsPerBusiness, sageOptions.Value.MostReadsPerBusiness) + 2, both.Token);
            }
            finally
            {
                tidings.Writer.Complete();
            }
        }
    }

    private static async Task RetireAsync(
        DextSageDb db, RefreshRun run, List<Question> questions, Retirement retirement, SageQuestions asked, Func<Question, Task<Question>> readAgain, CancellationToken cancellationToken)
    {
        foreach (var question in questions.Where(q => q.IsWhole))
        {
            var progress = run.Lists.First(l => l.List == question.Lists[0]);
            // Said while the run was going on.
            progress.MayRetireMany |= await db.ListProgress.AnyAsync(l => l.RunId == run.Id && l.List == progress.List && l.MayRetireMany, cancellationToken);
            if (progress.Stage is ListStage.Done) await retirement.ApplyAsync(db, progress, question, readAgain, asked, cancellationToken);
        }
    }

    private async Task<SageFacts> ReadFactsAsync(SageTarget target, CancellationToken cancellationToken)
    {
        var business = sage.BusinessAsync(target, target.SageBusinessId!, cancellationToken);
        var settings = sage.FinancialSettingsAsync(target, cancellationToken);
        return new((await business).Value, (await settings).Value);
    }

    private static string Sentence(RefreshFailedException failed)
    {
        var action = failed.WaitedTooLong ? "This went on for longer than a refresh waits. Refresh again later."
            : failed.Failure.Kind.MayPass() ? "Refresh again later."
            : failed.Failure.Kind.Action;
        return $"{failed.List.Name()}: {failed.Failure.Kind.Sentence} {action} Nothing was lost: what came in before stays in force.";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Refresh {RunId} could not bring in {List}: {Kind} (Sage request {RequestId})")]
        public static partial void ListFailed(ILogger logger, Guid runId, ListKind list, SageFailureKind kind, string? requestId);
    }
}
