using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The entries of the lists that are matched, and those of Sage's that may take an old one's place.</summary>
internal static class MatchEntries
{
    private const int MostFound = 50;

    public static IQueryable<ListEntry> Of(DextSageDb db, ListKind list) => list switch
    {
        ListKind.Categories => db.Categories,
        ListKind.TaxRates => db.TaxRates,
        ListKind.Suppliers => db.Suppliers,
        ListKind.Customers => db.Customers,
        ListKind.Products => db.Products,
        ListKind.AnalysisTypes => db.AnalysisTypes,
        ListKind.AnalysisCategories => db.AnalysisCategories,
        ListKind.BankAccounts => db.BankAccounts,
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "This list is not matched."),
    };

    /// <summary>What Sage has, and takes where the old one is used.</summary>
    public static IQueryable<ListEntry> Offered(DextSageDb db, ListKind list, MatchNeeds needs)
    {
        var (costs, sales) = (needs.HasFlag(MatchNeeds.Costs), needs.HasFlag(MatchNeeds.Sales));
        var (asClass, asLocation) = (needs.HasFlag(MatchNeeds.Class), needs.HasFlag(MatchNeeds.Location));
        IQueryable<ListEntry> fitting = list switch
        {
            ListKind.Categories => db.Categories.Where(c => (!costs || c.ForExpenses) && (!sales || c.ForSales)),
            ListKind.TaxRates => db.TaxRates.Where(_ => !db.Connections.Any(c => c.VatRegistered == false)),
            ListKind.AnalysisTypes => db.AnalysisTypes.Where(t => t.IsForLines),
            ListKind.AnalysisCategories => db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId
                && db.ConnectionSettings.Any(s => (asClass && s.ClassTypeId == t.Id) || (asLocation && s.LocationTypeId == t.Id)))),
            _ => Of(db, list),
        };
        return fitting.Where(e => e.RetiredAt == null && !e.IsOwn);
    }

    /// <summary>By name, those of whose name there is one and only one. What a person has hidden is not chosen by itself.</summary>
    public static async Task<IReadOnlyDictionary<string, PickerEntry>> NamedAsync(
        DextSageDb db, ListKind list, MatchNeeds needs, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var found = await Offered(db, list, needs).Where(e => e.IsVisible && names.Contains(e.Name)).Select(e => new { e.Id, e.Name, e.DisplayName }).ToListAsync(cancellationToken);
        return found.GroupBy(e => e.Name, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() == 1)
            .ToDictionary(g => g.Key, g => new PickerEntry(g.First().Id, g.First().DisplayName, Hint: null), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Names that begin with the search come before names that contain it.</summary>
    public static async Task<IReadOnlyList<PickerEntry>> SearchAsync(DextSageDb db, ListKind list, MatchNeeds needs, string? search, CancellationToken cancellationToken)
    {
        var wanted = Like.Escape(search?.Trim() ?? "");
        var (begins, contains) = (wanted + "%", "%" + wanted + "%");
        return await Offered(db, list, needs).Where(e => e.IsVisible && EF.Functions.Like(e.DisplayName, contains, Like.EscapeCharacter))
            .OrderByDescending(e => EF.Functions.Like(e.DisplayName, begins, Like.EscapeCharacter)).ThenBy(e => e.DisplayName)
            .Take(MostFound).Select(e => new PickerEntry(e.Id, e.DisplayName, null)).ToListAsync(cancellationToken);
    }
}
