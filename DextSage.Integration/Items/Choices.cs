using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An id from outside counts only if it is on this business's own list, and Sage takes the entry there.</summary>
internal static class Choices
{
    public static async Task<T?> OfferedAsync<T>(this DextSageDb db, IQueryable<T> entries, Guid id, CancellationToken cancellationToken) where T : ListEntry =>
        await entries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.RetiredAt == null, cancellationToken);

    public static IQueryable<Category> CategoriesFor(this DextSageDb db, Workspace workspace) =>
        workspace is Workspace.Sales ? db.Categories.Where(c => c.ForSales) : db.Categories.Where(c => c.ForExpenses);

    public static Task<AnalysisCategory?> ClassAsync(this DextSageDb db, Guid id, CancellationToken cancellationToken) =>
        db.OfferedAsync(db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId && db.ConnectionSettings.Any(s => s.ClassTypeId == t.Id))), id, cancellationToken);

    public static Task<AnalysisCategory?> LocationAsync(this DextSageDb db, Guid id, CancellationToken cancellationToken) =>
        db.OfferedAsync(db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId && db.ConnectionSettings.Any(s => s.LocationTypeId == t.Id))), id, cancellationToken);

    /// <summary>The rate that Sage proposes with a category; null in an organisation that is not registered for VAT.</summary>
    public static async Task<Guid?> ProposedTaxRateAsync(this DextSageDb db, Category? category, CancellationToken cancellationToken)
    {
        if (category?.DefaultTaxRateSageId is not { } sageId || await db.Connections.AnyAsync(c => c.VatRegistered == false, cancellationToken)) return null;
        return await db.TaxRates.Where(t => t.SageId == sageId && t.RetiredAt == null).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(cancellationToken);
    }
}
