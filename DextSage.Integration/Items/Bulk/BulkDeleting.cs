using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Bulk;

/// <summary>Deletes a stretch of a run's items for ever, in the caller's transaction.</summary>
internal sealed class BulkDeleting(BusinessScope scope, BulkRun run, IItemPublisher publisher, DateTimeOffset now)
{
    public async Task RunAsync(IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        var codes = await scope.Items.Where(i => EF.Parameter(wanted).Contains(i.Id)).ToDictionaryAsync(i => i.Id, i => i.Code, cancellationToken);
        var refusals = await new ItemDeletion(scope, publisher, now).DeleteAsync(codes.Keys, cancellationToken);
        for (var i = 0; i < ids.Count; i++)
        {
            var refusal = codes.ContainsKey(ids[i]) ? refusals.GetValueOrDefault(ids[i]) : "This item does not exist any more.";
            scope.Db.Add(new BulkResult
            {
                RunId = run.Id, Position = run.Position + i, BusinessId = run.BusinessId, ItemId = ids[i], Code = codes.GetValueOrDefault(ids[i], ""),
                Outcome = refusal is null ? BulkOutcome.Done : BulkOutcome.Skipped, Sentence = refusal,
            });
            if (refusal is null) run.Done++;
            else run.Skipped++;
        }

        run.Position += ids.Count;
    }
}
