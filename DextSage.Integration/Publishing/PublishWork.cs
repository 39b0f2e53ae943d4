using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Publishes what is queued for a business, one publication after the other and step by step. Every step is written as Sending
/// before its request leaves, so that a process killed anywhere goes on from the rows.
/// </summary>
public sealed partial class PublishWork(
    BusinessStore store, PublicationSteps steps, ConnectionHealth health, JobQueue jobs, BusinessSignal signal, TimeProvider time, ILogger<PublishWork> logger)
    : IBusinessWork, IWhenConnected
{
    private static readonly TimeSpan AfterAnUnexpectedError = TimeSpan.FromMinutes(1);

    public IQueryable<Guid> Pending(DextSageDb db) => Open(db.Publications.IgnoreQueryFilters()).Select(p => p.BusinessId);

    /// <summary>What waited for the connection goes on.</summary>
    public Task ConnectedAsync(ConnectionMade made) => jobs.EnqueueAsync<PublishWork>(made.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            if (await ConnectionAsync(db, cancellationToken) is not { } connection)
            {
                await WaitForReconnectAsync(db, cancellationToken);
                return null;
            }

            var now = time.GetUtcNow();
            var next = await Open(db.Publications).Include(p => p.Steps)
                .Where(p => p.NextTryAt == null || p.NextTryAt <= now)
                .OrderBy(p => p.RequestedAt).FirstOrDefaultAsync(cancellationToken);
            if (next is null) return await Open(db.Publications).MinAsync(p => p.NextTryAt, cancellationToken);
            try
            {
                await AdvanceAsync(db, connection, next, cancellationToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                Log.BrokeOff(logger, e, next.Id, next.ItemId);
                await PutOffAsync(businessId, next.Id);
            }
            signal.Raise(businessId);
        }
    }

    private async Task AdvanceAsync(DextSageDb db, Connection connection, Publication publication, CancellationToken cancellationToken)
    {
        var item = await db.Items.WithEntries().AsTracking().SingleAsync(i => i.Id == publication.ItemId, cancellationToken);
        var work = new StepWork(db, new SageTarget(connection.GrantId!.Value, connection.OrganisationId), await ReviewContext.ReadAsync(db, cancellationToken), publication, item);
        publication.Status = PublicationStatus.Running;
        (publication.WaitingFor, publication.NextTryAt, item.WaitingBecause) = (WaitingFor.Nothing, null, null);

        foreach (var step in publication.Steps.Where(s => s.Status is not (StepStatus.Done or StepStatus.Failed)).OrderBy(s => s.Kind))
        {
            var outcome = await steps.RunAsync(work, step, cancellationToken);
            if (await SettleAsync(work, step, outcome)) return;
            signal.Raise(publication.BusinessId);
        }

        Finish(publication, PublicationStatus.Published);
        item.Status = ItemStatus.Published;
        item.PublishedAt = time.GetUtcNow();
        item.PutInto(Place.Archive, item.PublishedAt.Value);
        item.Failure = null;
        await SaveAsync(work);
    }

    /// <summary>True where the publication goes no further now.</summary>
    private async Task<bool> SettleAsync(StepWork work, PublicationStep step, StepOutcome outcome)
    {
        var (publication, item) = (work.Publication, work.Item);
        switch (outcome)
        {
            case StepOutcome.Done done:
                (step.Status, step.RemoteId, step.RequestId, step.EndedAt, step.Problem) = (StepStatus.Done, done.RemoteId, done.RequestId, time.GetUtcNow(), null);
                await SaveAsync(work);
                return false;

            // The document stands in Sage; what failed after it is said on the item and undoes nothing.
            case StepOutcome.DoneWithout without:
                (step.Status, step.EndedAt, step.Problem) = (StepStatus.Failed, time.GetUtcNow(), without.Problem);
                item.PublishedWith = without.Problem;
                await SaveAsync(work);
                return false;

            case StepOutcome.Refused refused:
                (step.Status, step.EndedAt, step.Problem) = (StepStatus.Failed, time.GetUtcNow(), refused.Failure.Sentence);
                Finish(publication, PublicationStatus.Failed);
                item.Failure = refused.Failure;
                item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, await work.Context.WithTwinsAsync(work.Db, [item], CancellationToken.None)));
                await SaveAsync(work);
                return true;

            case StepOutcome.Wait wait:
                if (wait.IsUnknown) step.Status = StepStatus.Unknown;
                step.Problem = wait.Because;
                (publication.WaitingFor, publication.NextTryAt, item.WaitingBecause) = (wait.For, wait.Until, wait.Because);
                if (wait.Failure is { } failure) await health.NoteAsync(publication.BusinessId, work.Target.ConnectionId, failure);
                await SaveAsync(work);
                return true;

            case StepOutcome.Unclear unclear:
                (step.Status, step.Problem) = (StepStatus.Unknown, unclear.Because);
                Finish(publication, PublicationStatus.Stuck);
                item.WaitingBecause = unclear.Because;
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

    private static async Task<Connection?> ConnectionAsync(DextSageDb db, CancellationToken cancellationToken) =>
        await db.Connections.AsNoTracking().SingleOrDefaultAsync(c => c.Status == ConnectionStatus.Connected && c.GrantId != null, cancellationToken);

    private async Task WaitForReconnectAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        foreach (var publication in await Open(db.Publications).Include(p => p.Item).ToListAsync(cancellationToken))
        {
            (publication.WaitingFor, publication.NextTryAt) = (WaitingFor.Reconnect, null);
            publication.Item!.WaitingBecause = Waiting.ForReconnect;
            publication.Item.Version++;
        }
        await db.SaveChangesAsync(cancellationToken);
        signal.Raise(db.BusinessId);
    }

    internal static IQueryable<Publication> Open(IQueryable<Publication> publications) =>
        publications.Where(p => p.Status == PublicationStatus.Queued || p.Status == PublicationStatus.Running);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Publication {PublicationId} of item {ItemId} broke off and is put off")]
        public static partial void BrokeOff(ILogger logger, Exception exception, Guid publicationId, Guid itemId);
    }
}
