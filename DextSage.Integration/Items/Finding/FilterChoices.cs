using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the short choices of an inbox's filters are.</summary>
/// <param name="HasClasses">Whether an analysis type is Class here, and has entries to be searched.</param>
/// <param name="HasLocations">The same of Location.</param>
/// <param name="Currencies">ISO 4217.</param>
/// <param name="Failures">Kinds of failure that items have now.</param>
public sealed record FilterChoices(
    IReadOnlyList<EntryName> People, bool HasClasses, bool HasLocations, IReadOnlyList<string> Currencies, IReadOnlyList<string> Failures)
{
    internal static async Task<FilterChoices> ReadAsync(BusinessScope scope, CancellationToken cancellationToken)
    {
        var db = scope.Db;
        var settings = await db.ConnectionSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        return new FilterChoices(
            scope.Member.SeesAllItems()
                ? await db.Memberships.OrderBy(m => m.Person!.DisplayName).Select(m => new EntryName(m.PersonId, m.Person!.DisplayName)).ToListAsync(cancellationToken)
                : [],
            await AnyOfAsync(settings?.ClassTypeId), await AnyOfAsync(settings?.LocationTypeId),
            await db.Currencies.Where(c => c.RetiredAt == null && c.IsVisible).OrderBy(c => c.SageId).Select(c => c.SageId).ToListAsync(cancellationToken),
            [.. (await scope.Items.Where(i => i.Failure != null).Select(i => i.Failure!.Kind).Distinct().ToListAsync(cancellationToken)).Order(StringComparer.Ordinal)]);

        async Task<bool> AnyOfAsync(Guid? type) => type is not null && await db.AnalysisCategories
            .AnyAsync(c => c.RetiredAt == null && c.IsVisible && db.AnalysisTypes.Any(t => t.Id == type && t.SageId == c.AnalysisTypeSageId), cancellationToken);
    }
}
