using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Bulk;

/// <summary>Asks for a stretch of a run's items to be published, each as its own Publish button would. What isn't Ready is never published.</summary>
internal sealed class BulkPublishing(BusinessScope scope, BulkRun run, IItemPublisher publisher)
{
    public async Task RunAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        var items = await scope.Items.AsNoTracking().Where(i => EF.Parameter(wanted).Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellationToken);
        var issues = await IssuesAsync([.. items.Values.Where(i => i is { Status: ItemStatus.ToReview, Place: Place.Inbox }).Select(i => i.Id)], cancellationToken);
        for (var i = 0; i < ids.Count; i++)
        {
            var item = items.GetValueOrDefault(ids[i]);
            var refusal = item is null ? "This item does not exist any more." : issues.GetValueOrDefault(item.Id) ?? await AskAsync(item, cancellationToken);
            scope.Db.Add(new BulkResult
            {
                RunId = run.Id, Position = run.Position + i, BusinessId = run.BusinessId, ItemId = ids[i], Code = item?.Code ?? "",
                Outcome = refusal is null ? BulkOutcome.Done : BulkOutcome.Skipped, Sentence = refusal,
            });
            if (refusal is null) run.Done++;
            else run.Skipped++;
        }

        run.Position += ids.Count;
    }

    /// <summary>What stands between each of them and Ready: among many, "Resolve the issues first" would help nobody.</summary>
    private async Task<Dictionary<Guid, string>> IssuesAsync(Guid[] toReview, CancellationToken cancellationToken)
    {
        if (toReview.Length == 0) return [];
        var items = await scope.Db.Items.WithEntries().AsNoTracking().Where(i => EF.Parameter(toReview).Contains(i.Id)).ToListAsync(cancellationToken);
        var context = await (await ReviewContext.ReadAsync(scope.Db, cancellationToken)).WithTwinsAsync(scope, items, cancellationToken);
        return items.Select(i => (i.Id, Issues: ItemReview.Issues(ItemUnderReview.Of(i, context)))).Where(i => i.Issues.Count > 0)
            .ToDictionary(i => i.Id, i => string.Join(' ', i.Issues.Select(issue => issue.Sentence)));
    }

    private async Task<string?> AskAsync(Item item, CancellationToken cancellationToken)
    {
        // Asked for by this very run, before the process was killed.
        if (item.Status is ItemStatus.Publishing || item.PublishedAt >= run.AskedAt) return null;
        return await publisher.PublishAsync(new Caller(run.PersonId, run.BusinessId), item.Code, item.Version, cancellationToken);
    }
}
