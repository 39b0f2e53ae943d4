using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DextSage.Integration.Rules;

/// <summary>
/// Whether an item waits as a duplicate depends on its supplier's or customer's rule, so whoever changes rules saves them through here: where a rule comes to say
/// something else of it, the open items of its supplier or customer are reviewed in the same transaction.
/// </summary>
internal static class RuleUpkeep
{
    /// <summary>In place of <see cref="DbContext.SaveChangesAsync(CancellationToken)"/>; what was tracked may not be so any more.</summary>
    public static async Task SaveAsync(DextSageDb db, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var swayed = db.ChangeTracker.Entries<Rule>().Where(e => e.Entity.Kind is RuleKind.Supplier or RuleKind.Customer && Before(e) != After(e)).Select(e => e.Entity.SubjectId!.Value).ToHashSet();
        await db.SaveChangesAsync(cancellationToken);
        if (swayed.Count > 0) await TwinUpkeep.RenewAsync(db, swayed, now, cancellationToken);
    }

    private static DuplicateCheck? Before(EntityEntry<Rule> rule) =>
        rule.State is not EntityState.Added && rule.OriginalValues.GetValue<bool>(nameof(Rule.IsOn)) ? rule.OriginalValues.GetValue<RuleActions>(nameof(Rule.Actions)).Duplicates : null;

    private static DuplicateCheck? After(EntityEntry<Rule> rule) => rule.State is EntityState.Deleted ? null : rule.Entity.Duplicates;
}
