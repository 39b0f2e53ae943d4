using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Publishes what rules publish, once its hold time is over. What is kept back then is a person's to publish: it is not tried again.</summary>
public sealed class AutoPublishWork(BusinessStore store, RuleBooks books, IItemPublisher publisher, BusinessSignal signal, TimeProvider time) : IBusinessWork
{
    public IQueryable<Guid> Pending(DextSageDb db) => db.AutoPublications.IgnoreQueryFilters().Where(a => a.Status == AutoPublishStatus.Waiting).Select(a => a.BusinessId);

    public async Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken)
    {
        while (true)
        {
            await using var db = store.OpenForJob(businessId);
            if (await db.AutoPublications.AsTracking().Where(a => a.Status == AutoPublishStatus.Waiting).OrderBy(a => a.DueAt).ThenBy(a => a.Id).FirstOrDefaultAsync(cancellationToken) is not { } next) return null;
            if (next.DueAt > time.GetUtcNow()) return next.DueAt;
            var (code, refusal) = await PublishAsync(db, next, cancellationToken);
            var status = refusal is null ? AutoPublishStatus.Published : AutoPublishStatus.NotPublished;
            var now = time.GetUtcNow();
            var written = await db.AutoPublications.Where(a => a.Id == next.Id && a.Status == AutoPublishStatus.Waiting).ExecuteUpdateAsync(set => set
                .SetProperty(a => a.Status, status).SetProperty(a => a.Sentence, refusal).SetProperty(a => a.EndedAt, now), cancellationToken);
            // Somebody stopped it in this moment: theirs is the last word.
            if (written == 0 && refusal is null) await publisher.CancelAsync(await InNameOfAsync(db, cancellationToken), code, cancellationToken);
            signal.Raise(businessId);
        }
    }

    private async Task<(string Code, string? Refusal)> PublishAsync(DextSageDb db, AutoPublication due, CancellationToken cancellationToken)
    {
        if (await db.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Id == due.ItemId, cancellationToken) is not { } item) return ("", "This item does not exist any more.");
        if (await db.AutoPublishSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { IsOn: true } settings) return (item.Code, "Auto-publish is off.");
        if (await AutoPublishGate.RefusalAsync(db, item, settings, await books.ReadAsync(db, cancellationToken), cancellationToken) is { } refusal) return (item.Code, refusal);
        try
        {
            return (item.Code, await publisher.PublishByRuleAsync(new Caller(settings.PersonId, db.BusinessId), item.Code, item.Version, due.RuleWords, cancellationToken));
        }
        catch (AccessDeniedException)
        {
            return (item.Code, "The Admin who turned auto-publish on may not publish any more.");
        }
    }

    private static async Task<Caller> InNameOfAsync(DextSageDb db, CancellationToken cancellationToken) =>
        new(await db.AutoPublishSettings.Select(s => s.PersonId).SingleAsync(cancellationToken), db.BusinessId);
}
