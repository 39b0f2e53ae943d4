using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DextSage.Integration.Rules;

/// <summary>Publishes what rules publish, once its hold time is over. What is kept back then is a person's to publish: it is not tried again.</summary>
public sealed partial class AutoPublishWork(
    BusinessStore store, RuleBooks books, IItemPublisher publisher, BusinessSignal signal, TimeProvider time, ILogger<AutoPublishWork> logger) : IBusinessWork
{
    private static readonly TimeSpan WhileItIsMadeSmaller = TimeSpan.FromMinutes(1);

    public IQueryable<Guid> Pending(DextSageDb db) => db.AutoPublications.IgnoreQueryFilters().Where(a => a.Status == AutoPublishStatus.Waiting).Select(a => a.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            if (await db.AutoPublications.AsTracking().Where(a => a.Status == AutoPublishStatus.Waiting).OrderBy(a => a.DueAt).ThenBy(a => a.Id).FirstOrDefaultAsync(cancellationToken) is not { } next) return null;
            if (next.DueAt > time.GetUtcNow()) return next.DueAt;
            if (await IsBeingMadeSmallerAsync(db, next, cancellationToken)) next.DueAt = time.GetUtcNow() + WhileItIsMadeSmaller;
            // What is published was written as such with its publication.
            else if (await PublishAsync(db, next, cancellationToken) is { } refusal) await EndAsync(db, next, AutoPublishStatus.NotPublished, refusal, cancellationToken);
            await db.SaveChangesAsync(cancellationToken);
            signal.Raise(businessId);
        }
    }

    private async Task<string?> PublishAsync(DextSageDb db, AutoPublication due, CancellationToken cancellationToken)
    {
        if (await db.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Id == due.ItemId, cancellationToken) is not { } item) return "This item does not exist any more.";
        if (await db.AutoPublishSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { IsOn: true } settings) return "Auto-publish is off.";
        if (await AutoPublishGate.RefusalAsync(db, item, settings, await books.ReadAsync(db, cancellationToken), cancellationToken) is { } refusal) return refusal;
        try
        {
            return await publisher.PublishByRuleAsync(new Caller(settings.PersonId, db.BusinessId), item.Code, item.Version, due.RuleWords, ClaimAsync, cancellationToken);
        }
        catch (AccessDeniedException)
        {
            return "The Admin who turned auto-publish on may not publish any more.";
        }
        catch (InvalidOperationException e)
        {
            // A mistake of ours about one item holds no other up, and is never in favour of publishing.
            Log.Broke(logger, due.ItemId, e);
            return "It could not be judged.";
        }

        // Together with its publication: whoever stops it or keeps it back comes before this or finds it published.
        async Task<bool> ClaimAsync(DextSageDb publishing) =>
            await publishing.AutoPublishSettings.AnyAsync(s => s.IsOn, cancellationToken) && await EndAsync(publishing, due, AutoPublishStatus.Published, sentence: null, cancellationToken);
    }

    /// <summary>False where it did not wait any more.</summary>
    private async Task<bool> EndAsync(DextSageDb db, AutoPublication one, AutoPublishStatus status, string? sentence, CancellationToken cancellationToken)
    {
        DateTimeOffset? now = time.GetUtcNow();
        return await db.AutoPublications.Where(a => a.Id == one.Id && a.Status == AutoPublishStatus.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Status, status).SetProperty(a => a.Sentence, sentence).SetProperty(a => a.EndedAt, now), cancellationToken) == 1;
    }

    private static Task<bool> IsBeingMadeSmallerAsync(DextSageDb db, AutoPublication due, CancellationToken cancellationToken) =>
        db.Documents.ToBeMadeSmaller().AnyAsync(d => db.Items.Any(i => i.Id == due.ItemId && i.DocumentId == d.Id), cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Whether item {ItemId} may be published by its rule could not be judged")]
        public static partial void Broke(ILogger logger, Guid itemId, Exception exception);
    }
}
