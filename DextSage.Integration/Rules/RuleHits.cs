using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>How often a rule has applied: counted from what the items' histories and publications say, so that it is never out of step with them.</summary>
internal sealed record RuleHits(int Items, DateTimeOffset Latest)
{
    public static async Task<IReadOnlyDictionary<Guid, RuleHits>> ReadAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        var set = await db.ItemChanges.Where(c => c.RuleId != null).GroupBy(c => c.RuleId!.Value)
            .Select(g => new { g.Key, Items = g.Select(c => c.ItemId).Distinct().Count(), Latest = g.Max(c => c.At) }).ToListAsync(cancellationToken);
        var published = await db.AutoPublications.Where(a => a.Status == AutoPublishStatus.Published).GroupBy(a => a.RuleId)
            .Select(g => new { g.Key, Items = g.Select(a => a.ItemId).Distinct().Count(), Latest = g.Max(a => a.DecidedAt) }).ToListAsync(cancellationToken);
        // A rule that sets fields and publishes has set them on what it publishes.
        return set.Concat(published).GroupBy(h => h.Key).ToDictionary(g => g.Key, g => new RuleHits(g.Max(h => h.Items), g.Max(h => h.Latest)));
    }
}
