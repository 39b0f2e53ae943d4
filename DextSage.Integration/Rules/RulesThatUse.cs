using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>Rules that point to entries of lists.</summary>
internal sealed class RulesThatUse : IUsesEntries
{
    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        var ids = entryIds.ToHashSet();
        var rules = await db.Rules.AsNoTracking().OrderBy(r => r.Kind).ThenBy(r => r.Position).ThenBy(r => r.Name).ToListAsync(cancellationToken);
        return [.. rules.SelectMany(r => RulePointers.Of(r).Where(p => p.List == list && ids.Contains(p.Id)).Select(p => p.Id).Distinct(), (r, id) => new EntryUse(id, UseKind.Rule, Rule.Words(r.Kind, r.Name), r.Id.ToString("N")))];
    }
}
