using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Settings of the connection that point to entries: default tax rates, and the analysis types that are Class and Location.</summary>
internal sealed class SettingsThatUse : IUsesEntries
{
    public async Task<IReadOnlyList<EntryUse>> UsesAsync(DextSageDb db, ListKind list, IReadOnlyCollection<Guid> entryIds, CancellationToken cancellationToken)
    {
        if (list is not (ListKind.TaxRates or ListKind.AnalysisTypes)) return [];
        if (await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } settings) return [];
        (UseKind Kind, Guid? EntryId)[] pointers = list is ListKind.TaxRates
            ? [(UseKind.CostsTaxRate, settings.CostsTaxRateId), (UseKind.SalesTaxRate, settings.SalesTaxRateId)]
            : [(UseKind.Class, settings.ClassTypeId), (UseKind.Location, settings.LocationTypeId)];
        return [.. pointers.Where(p => p.EntryId is { } id && entryIds.Contains(id)).Select(p => new EntryUse(p.EntryId!.Value, p.Kind))];
    }
}
