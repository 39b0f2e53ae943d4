using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Publishes what is queued for a business, step by step. Up to its document, one publication goes after the other, since Sage asks for one creation at a
/// time (Sage API 5.1); payments, files and the reading back run beside the next. Every step is written as Sending before its request leaves, so that a
/// process killed anywhere goes on from the rows.
/// </summary>
public sealed partial class PublishWork(
    BusinessStore store, PublicationSteps steps, ItemLinks links, ConnectionHealth health, JobQueue jobs, BusinessSignal signal, TimeProvider time, ILogger<PublishWork> logger)
    : IBusinessWork, IWhenConnected
{
    /// <summary>Publications whose document stands, under way at once.</summary>
    private const int MostBeside = 4;

    private static readonly TimeSpan AfterAnUnexpectedError = TimeSpan.FromMinutes(1);

    public IQueryable<Guid> Pending(DextSageDb db) => Open(db.Publications.IgnoreQueryFilters()).Select(p => p.BusinessId);

    /// <summary>What waited for the connection goes on.</summary>
    public Task ConnectedAsync(ConnectionMade made) => jobs.EnqueueAsync<PublishWork>(made.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        var beside = new Dictionary<Guid, Task>();
        try
        {
            while (true)
            {
                foreach (var id in beside.Where(b => b.Value.IsCompleted).Select(b => b.Key).ToList()) beside.Remove(id);
                if (!await IsConnectedAsync(businessId, cancellationToken))
                {
                    await Task.WhenAll(beside.Values);
                    await WaitForReconnectAsync(businessId, cancellationToken);
                    return null;
                }

                if (await NextAsync(businessId, beside.Keys, cancellationToken) is not { } next)
                {
                    if (beside.Count == 0) return await WhenNextAsync(businessId, cancellationToken);
                    await Task.WhenAny(beside.Values);
                }
                else if (next.HasDocument) beside[next.Id] = AdvanceAsync(businessId, next.Id, cancellationToken);
                else await AdvanceAsync(businessId, next.Id, cancellationToken);
            }
        }
        finally
        {
            await Task.WhenAll(beside.Values).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>What is due: first what has its document, as far as there is room beside; then the oldest of the others.</summary>
    private async Task<Due?> NextAsync(Guid businessId, IReadOnlyCollection<Guid> underWay, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        var (now, taken) = (time.GetUtcNow(), underWay.ToArray());
        var due = Open(db.Publications).Where(p => (p.NextTryAt == null || p.NextTryAt <= now) && !EF.Parameter(taken).Contains(p.Id)).OrderBy(p => p.RequestedAt);
        var beside = taken.Length < MostBeside
            ? await due.Where(p => p.Steps.Any(s => s.Kind == StepKind.CreateDocument && s.Status == StepStatus.Done)).Select(p => new Due(p.Id, true)).FirstOrDefaultAsync(cancellationToken)
            : null;
        return beside ?? await due.Where(p => !p.Steps.Any(s => s.Kind == StepKind.CreateDocument && s.Status == StepStatus.Done)).Select(p => new Due(p.Id, false)).FirstOrDefaultAsync(cancellationToken);
    }

    private sealed record Due(Guid Id, bool HasDocument);

    private async Task<DateTimeOffset?> WhenNextAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        return await Open(db.Publications).MinAsync(p => p.NextTryAt, cancellationToken);
    }

    private async Task AdvanceAsync(Guid businessId, Guid publicationId, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = store.OpenForJob(businessId);
            if (await Working(db.Connections).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is { } connection) await AdvanceAsync(db, connection, publicationId, cancellationToken);
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

        signal.Raise(businessId);
    }

    /// <summary>As far as it goes in its lane: to its document, or from there to its end.</summary>
    private async Task AdvanceAsync(DextSageDb db, Connection connection, Guid publicationId, CancellationToken cancellationToken)
    {
        // Cancelled a moment ago, perhaps.
        if (await Open(db.Publications).AsTracking().Include(p => p.Steps).SingleOrDefaultAsync(p => p.Id == publicationId, cancellationToken) is not { } publication) return;
        var work = await WorkOnAsync(db, connection, publication, cancellationToken);
        // What changes a document that is there goes through the one lane whole.
        var mayGoBeyond = publication.Purpose is not PublicationPurpose.Publish || publication.HasDone(StepKind.CreateDocument);
        publication.Status = PublicationStatus.Running;
        (publication.WaitingFor, publication.NextTryAt, work.Item.WaitingBecause) = (WaitingFor.Nothing, null, null);

        foreach (var step in publication.Steps.Where(s => s.Status is not (StepStatus.Done or StepStatus.Failed)).OrderBy(s => s.Kind))
        {
            if (step.Kind > StepKind.CreateDocument && !mayGoBeyond) return;
            step.StartedAt ??= time.GetUtcNow();
            var outcome = await steps.RunAsync(work, step, cancellationToken);
            if (await SettleAsync(work, step, outcome)) return;
            signal.Raise(publication.BusinessId);
        }

        Finish(publication, await PublicationEnd.DoneAsync(db, publication, work.Item, time.GetUtcNow()));
        await SaveAsync(work);
    }

    private async Task<StepWork> WorkOnAsync(DextSageDb db, Connection connection, Publication publication, CancellationToken cancellationToken)
    {
        var item = await db.Items.WithEntries().AsTracking().SingleAsync(i => i.Id == publication.ItemId, cancellationToken);
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
                await SaveAsync(work);
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

    private async Task<bool> IsConnectedAsync(Guid businessId, CancellationToken cancellationToken)
    {
        await using var db = store.OpenForJob(businessId);
        return await Working(db.Connections).AnyAsync(cancellationToken);
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
