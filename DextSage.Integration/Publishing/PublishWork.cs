using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Publishes what is queued for a business, step by step. Its documents are created one after the other, since Sage asks for one creation at a
/// time (Sage API 5.1); beside that, the next look for duplicates, and payments, files and the reading back of the earlier ones run. Every step is written as
/// Sending before its request leaves, so that a process killed anywhere goes on from the rows.
/// </summary>
public sealed partial class PublishWork(
    BusinessStore store, PublicationSteps steps, ItemLinks links, ConnectionHealth health, JobQueue jobs, BusinessSignal signal, TimeProvider time, ILogger<PublishWork> logger)
    : IBusinessWork, IWhenConnected
{
    /// <summary>Under way at once, whatever they are at.</summary>
    private const int MostUnderWay = 12;

    /// <summary>Of these without their document: one that is created, and enough others to have looked before it is their turn.</summary>
    private const int MostAhead = 5;

    /// <summary>While Sage is slow, what was asked for meanwhile is looked for after these, then after twice as long each time.</summary>
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromSeconds(1), LookAgainAtLatestAfter = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan AfterAnUnexpectedError = TimeSpan.FromMinutes(1);

    public IQueryable<Guid> Pending(DextSageDb db) => Open(db.Publications.IgnoreQueryFilters()).Select(p => p.BusinessId);

    /// <summary>What waited for the connection goes on.</summary>
    public Task ConnectedAsync(ConnectionMade made) => jobs.EnqueueAsync<PublishWork>(made.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        using var lane = new CreationLane(time);
        await using var db = store.OpenForJob(businessId);
        await db.Database.OpenConnectionAsync(cancellationToken);
        var underWay = new Dictionary<Guid, UnderWay>();
        var (lookAgainAfter, isSlow) = (LookAgainAfter, false);
        try
        {
            while (true)
            {
                foreach (var id in underWay.Where(u => u.Value.Whole.IsCompleted).Select(u => u.Key).ToList()) underWay.Remove(id);
                // What has its document already may have room where others have none; it comes with the next of them, or after a while.
                if (isSlow || underWay.Values.Count(u => u.IsAhead) < MostAhead)
                    foreach (var id in await NextAsync(db, underWay, cancellationToken)) underWay[id] = Start(businessId, id, lane, cancellationToken);
                if (underWay.Count > 0)
                {
                    isSlow = !await AnyAsync(underWay.Values, lookAgainAfter, cancellationToken);
                    lookAgainAfter = !isSlow ? LookAgainAfter : lookAgainAfter < LookAgainAtLatestAfter ? 2 * lookAgainAfter : lookAgainAfter;
                    continue;
                }

                if (await Working(db.Connections).AnyAsync(cancellationToken)) return await Open(db.Publications).MinAsync(p => p.NextTryAt, cancellationToken);
                await WaitForReconnectAsync(businessId, cancellationToken);
                return null;
            }
        }
        finally
        {
            await Task.WhenAll(underWay.Values.Select(u => u.Whole)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Until one of them makes room, or a little later: what was asked for meanwhile, or has waited long enough, is not held up by those whose Sage is slow.</summary>
    /// <returns>Whether one did.</returns>
    private async Task<bool> AnyAsync(IEnumerable<UnderWay> underWay, TimeSpan atMost, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var later = Task.Delay(atMost, time, enough.Token);
        var first = await Task.WhenAny([.. underWay.Select(u => u.IsAhead ? u.ToItsDocument : u.Whole), later]);
        await enough.CancelAsync();
        return first != later;
    }

    /// <param name="ToItsDocument">Over once its document stands, or it goes no further now.</param>
    private sealed record UnderWay(Task Whole, Task ToItsDocument)
    {
        public bool IsAhead => !ToItsDocument.IsCompleted;
    }

    /// <summary>What is due and finds room, the oldest first: what has its document already, then the others. Nothing without a working connection.</summary>
    private async Task<IReadOnlyList<Guid>> NextAsync(DextSageDb db, Dictionary<Guid, UnderWay> underWay, CancellationToken cancellationToken)
    {
        var room = MostUnderWay - underWay.Count;
        if (room == 0) return [];
        var (now, taken) = (time.GetUtcNow(), underWay.Keys.ToArray());
        var due = await Open(db.Publications)
            .Where(p => (p.NextTryAt == null || p.NextTryAt <= now) && !EF.Parameter(taken).Contains(p.Id) && Working(db.Connections).Any())
            .Select(p => new { p.Id, p.RequestedAt, HasDocument = p.Steps.Any(s => s.Kind == StepKind.CreateDocument && s.Status == StepStatus.Done) })
            .OrderByDescending(p => p.HasDocument).ThenBy(p => p.RequestedAt).Take(room).ToListAsync(cancellationToken);
        var ahead = MostAhead - underWay.Values.Count(u => u.IsAhead);
        return [.. due.Where(p => p.HasDocument || ahead-- > 0).Select(p => p.Id)];
    }

    private UnderWay Start(Guid businessId, Guid publicationId, CreationLane lane, CancellationToken cancellationToken)
    {
        var toItsDocument = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return new UnderWay(AdvanceAsync(), toItsDocument.Task);

        async Task AdvanceAsync()
        {
            try
            {
                await using var db = store.OpenForJob(businessId);
                await db.Database.OpenConnectionAsync(cancellationToken);
                if (await Working(db.Connections).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } connection)
                    await this.AdvanceAsync(db, connection, publicationId, lane, toItsDocument, cancellationToken);
            }
            catch (DbUpdateConcurrencyException)
            {
                // Cancelled in this moment, or its item written by somebody else: it is looked at as it stands now.
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.BrokeOff(logger, e, publicationId);
                await PutOffAsync(businessId, publicationId);
            }
            finally
            {
                toItsDocument.TrySetResult();
            }

            signal.Raise(businessId);
        }
    }

    private async Task AdvanceAsync(DextSageDb db, Connection connection, Guid publicationId, CreationLane lane, TaskCompletionSource toItsDocument, CancellationToken cancellationToken)
    {
        // Cancelled a moment ago, perhaps.
        if (await Open(db.Publications).AsTracking().Include(p => p.Steps).SingleOrDefaultAsync(p => p.Id == publicationId, cancellationToken) is not { } publication) return;
        var work = await WorkOnAsync(db, connection, publication, cancellationToken);
        publication.Status = PublicationStatus.Running;
        (publication.WaitingFor, publication.NextTryAt, work.Item.WaitingBecause) = (WaitingFor.Nothing, null, null);

        if (!await (publication.Purpose is PublicationPurpose.Publish ? CreateAsync(work, lane, cancellationToken) : ChangeAsync(work, lane, cancellationToken))) return;
        toItsDocument.TrySetResult();
        if (!await TakeAsync(work, StepKind.ReadBack, cancellationToken)) return;

        Finish(publication, await PublicationEnd.DoneAsync(db, publication, work.Item, time.GetUtcNow()));
        await SaveAsync(work);
    }

    /// <summary>Looks while others are created, and creates when it is its turn. False where it goes no further now.</summary>
    private async Task<bool> CreateAsync(StepWork work, CreationLane lane, CancellationToken cancellationToken)
    {
        if (work.Publication.HasDone(StepKind.CreateDocument)) return true;
        ForgetLook(work.Publication);
        var look = lane.LookFrom();
        // A contact that is not there yet has no documents to look through, and is made in its turn too.
        var isAhead = !work.Publication.Steps.Exists(s => s.Kind is StepKind.EnsureContact && s.Status is not StepStatus.Done);
        if (isAhead && !await TakeAsync(work, StepKind.LookForDuplicates, cancellationToken)) return false;

        using var turn = await lane.EnterAsync(cancellationToken);
        if (isAhead && lane.HasOutrun(look, work)) ForgetLook(work.Publication);
        if (!await TakeAsync(work, StepKind.LookForDuplicates, cancellationToken)) return false;
        lane.Passes(work);
        return await TakeAsync(work, StepKind.CreateDocument, cancellationToken);
    }

    /// <summary>What changes a document that is there goes through the lane whole.</summary>
    private async Task<bool> ChangeAsync(StepWork work, CreationLane lane, CancellationToken cancellationToken)
    {
        using var turn = await lane.EnterAsync(cancellationToken);
        lane.Passes(work);
        return await TakeAsync(work, StepKind.ReadBack, cancellationToken);
    }

    /// <summary>An earlier look says nothing of now; but what may stand in Sage already is asked for again, not looked for.</summary>
    private static void ForgetLook(Publication publication)
    {
        if (publication.Step(StepKind.CreateDocument).Status is StepStatus.Waiting && publication.Steps.Find(s => s.Kind is StepKind.LookForDuplicates) is { } look) look.Status = StepStatus.Waiting;
    }

    /// <summary>Takes what is left of its steps up to one. False where it goes no further now.</summary>
    private async Task<bool> TakeAsync(StepWork work, StepKind last, CancellationToken cancellationToken)
    {
        foreach (var step in work.Publication.Steps.Where(s => s.Kind <= last && s.Status is not (StepStatus.Done or StepStatus.Failed)).OrderBy(s => s.Kind))
        {
            step.StartedAt ??= time.GetUtcNow();
            var outcome = await steps.RunAsync(work, step, cancellationToken);
            if (await SettleAsync(work, step, outcome)) return false;
            signal.Raise(work.Publication.BusinessId);
        }

        return true;
    }

    private async Task<StepWork> WorkOnAsync(DextSageDb db, Connection connection, Publication publication, CancellationToken cancellationToken)
    {
        var item = await db.Items.AsTracking().Include(i => i.Lines.OrderBy(l => l.Position)).SingleAsync(i => i.Id == publication.ItemId, cancellationToken);
        // A few small questions: one that joins all lists takes longer to plan than to answer.
        await db.LoadEntriesAsync(item, cancellationToken);
        var business = await db.Businesses.Where(b => b.Id == db.BusinessId).Select(b => b.Slug).SingleAsync(cancellationToken);
        return new StepWork(
            db, new SageTarget(connection.GrantId!.Value, connection.OrganisationId), await ReviewContext.ReadAsync(db, cancellationToken), publication, item,
            links.To(business, item.Workspace, item.Code));
    }

    /// <summary>True where the publication goes no further now.</summary>
    private async Task<bool> SettleAsync(StepWork work, PublicationStep step, StepOutcome outcome)
    {
        var (publication, item) = (work.Publication, work.Item);
        switch (outcome)
        {
            case StepOutcome.Done done:
                (step.Status, step.RemoteId, step.RequestId, step.EndedAt, step.Problem) = (StepStatus.Done, done.RemoteId, done.RequestId ?? step.RequestId, time.GetUtcNow(), null);
                // What only reads is written with what follows it, and so is a file: it is looked for before it is sent again.
                if (step.Kind is not (StepKind.LookForDuplicates or StepKind.AttachDocument or StepKind.ReadBack)) await SaveAsync(work);
                return false;

            // The document stands in Sage; what failed after it is said on the item and undoes nothing.
            case StepOutcome.DoneWithout without:
                (step.Status, step.EndedAt, step.Problem) = (StepStatus.Failed, time.GetUtcNow(), without.Problem);
                item.PublishedWith = item.PublishedWith is { } others ? $"{others} {without.Problem}" : without.Problem;
                await SaveAsync(work);
                return false;

            case StepOutcome.Refused refused:
                (step.Status, step.EndedAt, step.Problem) = (refused.MayBeThere ? StepStatus.Unknown : StepStatus.Failed, time.GetUtcNow(), refused.Failure.Sentence);
                Finish(publication, PublicationStatus.Failed);
                item.Failure = refused.Failure;
                item.Status = await PublicationEnd.StatusOfAsync(work.Db, publication, item, CancellationToken.None);
                await SaveAsync(work);
                return true;

            case StepOutcome.Wait wait:
                if (wait.IsUnknown) step.Status = StepStatus.Unknown;
                // Answered, and so not there.
                else if (step is { Status: StepStatus.Sending, Tries: 1 }) step.Status = StepStatus.Waiting;
                step.Problem = wait.Because;
                (publication.WaitingFor, publication.NextTryAt, item.WaitingBecause) = (wait.For, wait.Until, wait.Because);
                if (wait.Failure is { } failure) await health.NoteAsync(publication.BusinessId, work.Target.ConnectionId, failure);
                await SaveAsync(work);
                return true;

            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, message: null);
        }
    }

    // One item that we cannot handle must not hold up those behind it. The rows say how far it came; it is tried again.
    private async Task PutOffAsync(Guid businessId, Guid publicationId)
    {
        await using var db = store.OpenForJob(businessId);
        var publication = await db.Publications.Include(p => p.Item).SingleAsync(p => p.Id == publicationId);
        (publication.WaitingFor, publication.NextTryAt) = (WaitingFor.Nothing, time.GetUtcNow() + AfterAnUnexpectedError);
        publication.Item!.WaitingBecause = "Something unexpected went wrong here, not in Sage. It is tried again by itself; the person who runs DextSage finds the cause in the log.";
        publication.Item.Version++;
        await db.SaveChangesAsync();
    }

    private void Finish(Publication publication, PublicationStatus status) =>
        (publication.Status, publication.EndedAt, publication.WaitingFor, publication.NextTryAt) = (status, time.GetUtcNow(), WaitingFor.Nothing, null);

    // What Sage has answered must be written whatever happens to us meanwhile.
    private async Task SaveAsync(StepWork work)
    {
        work.Publication.Version++;
        work.Item.Version++;
        work.Item.UpdatedAt = time.GetUtcNow();
        await work.Db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task WaitForReconnectAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        foreach (var publication in await Open(db.Publications).Include(p => p.Item).ToListAsync(cancellationToken))
        {
            (publication.WaitingFor, publication.NextTryAt) = (WaitingFor.Reconnect, null);
            publication.Item!.WaitingBecause = Waiting.ForReconnect;
            publication.Item.Version++;
        }
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(db.BusinessId);
    }

    private static IQueryable<Connection> Working(IQueryable<Connection> connections) => connections.Where(c => c.Status == ConnectionStatus.Connected && c.GrantId != null);

    internal static IQueryable<Publication> Open(IQueryable<Publication> publications) =>
        publications.Where(p => p.Status == PublicationStatus.Queued || p.Status == PublicationStatus.Running);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Publication {PublicationId} broke off and is put off")]
        public static partial void BrokeOff(ILogger logger, Exception exception, Guid publicationId);
    }
}
