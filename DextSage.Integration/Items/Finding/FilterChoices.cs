using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the short choices of an inbox's filters are.</summary>
/// <param name="Classes">Of the analysis type that is Class here; empty where none is.</param>
/// <param name="Locations">The same of Location.</param>
/// <param name="Currencies">ISO 4217.</param>
/// <param name="Failures">Kinds of failure that items have now.</param>
public sealed record FilterChoices(
    IReadOnlyList<EntryName> People, IReadOnlyList<EntryName> Classes, IReadOnlyList<EntryName> Locations, IReadOnlyList<string> Currencies, IReadOnlyList<string> Failures)
{
    internal static async Task<FilterChoices> ReadAsync(BusinessScope scope, CancellationToken cancellationToken)
    {
        var db = scope.Db;
        var settings = await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return new FilterChoices(
            scope.Member.SeesAllItems()
                ? await db.Memberships.OrderBy(m => m.Person!.DisplayName).Select(m => new EntryName(m.PersonId, m.Person!.DisplayName)).ToListAsync(cancellationToken)
                : [],
            await OfTypeAsync(settings?.ClassTypeId), await OfTypeAsync(settings?.LocationTypeId),
            await db.Currencies.Where(c => c.RetiredAt == null && c.IsVisible).OrderBy(c => c.SageId).Select(c => c.SageId).ToListAsync(cancellationToken),
            [.. (await scope.Items.Where(i => i.Failure != null).Select(i => i.Failure!.Kind).Distinct().ToListAsync(cancellationToken)).Order(StringComparer.Ordinal)]);

        async Task<IReadOnlyList<EntryName>> OfTypeAsync(Guid? type) => type is null ? [] : await db.AnalysisCategories
            .Where(c => c.RetiredAt == null && c.IsVisible && db.AnalysisTypes.Any(t => t.Id == type && t.SageId == c.AnalysisTypeSageId))
            .OrderBy(c => c.DisplayName).Take(500).Select(c => new EntryName(c.Id, c.DisplayName)).ToListAsync(cancellationToken);
    }
}
