using DextSage.Integration.Connections;
using DextSage.Integration.Rules;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Storage;

/// <summary>What the rules of suppliers and customers say of duplicates, for items, which know no rules.</summary>
internal static class DuplicateRules
{
    /// <summary>By supplier or customer; who has no rule, or one that is off or says nothing of it, is not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, DuplicateCheck>> DuplicateRulesAsync(this DextSageDb db, IReadOnlyCollection<Guid> contacts, CancellationToken cancellationToken)
    {
        if (contacts.Count == 0) return new Dictionary<Guid, DuplicateCheck>();
        Guid[] ids = [.. contacts];
        var rules = await db.Rules.AsNoTracking()
            .Where(r => (r.Kind == RuleKind.Supplier || r.Kind == RuleKind.Customer) && r.IsOn && r.SubjectId != null && EF.Parameter(ids).Contains(r.SubjectId.Value)).ToListAsync(cancellationToken);
        return rules.Where(r => r.Duplicates is not null).ToDictionary(r => r.SubjectId!.Value, r => r.Duplicates!.Value);
    }
}
