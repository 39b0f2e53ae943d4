using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>An id from outside counts only if it is on this business's own list, and Sage takes the entry there.</summary>
internal static class Choices
{
    public static Task<T?> OfferedAsync<T>(this DextSageDb db, IQueryable<T> entries, Guid id, CancellationToken cancellationToken) where T : ListEntry =>
        db.OfferedAsync(entries, typeof(T).Name, id, cancellationToken);

    public static Task<Category?> OfferedCategoryAsync(this DextSageDb db, Workspace workspace, Guid id, CancellationToken cancellationToken) =>
        db.OfferedAsync(db.CategoriesFor(workspace), $"{workspace} category", id, cancellationToken);

    public static IQueryable<Category> CategoriesFor(this DextSageDb db, Workspace workspace) =>
        workspace is Workspace.Sales ? db.Categories.Where(c => c.ForSales) : db.Categories.Where(c => c.ForExpenses || c.ForOtherPayments);

    public static Task<AnalysisCategory?> ClassAsync(this DextSageDb db, Guid id, CancellationToken cancellationToken) =>
        db.OfferedAsync(db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId && db.ConnectionSettings.Any(s => s.ClassTypeId == t.Id))), "class", id, cancellationToken);

    public static Task<AnalysisCategory?> LocationAsync(this DextSageDb db, Guid id, CancellationToken cancellationToken) =>
        db.OfferedAsync(db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId && db.ConnectionSettings.Any(s => s.LocationTypeId == t.Id))), "location", id, cancellationToken);

    /// <summary>The rate that Sage proposes with a category; null in an organisation that is not registered for VAT.</summary>
    public static Task<Guid?> ProposedTaxRateAsync(this DextSageDb db, Category? category, CancellationToken cancellationToken) =>
        category?.DefaultTaxRateSageId is not { } sageId ? Task.FromResult<Guid?>(null) : db.OnceAsync("proposed rate", sageId, async () =>
            await db.Connections.AnyAsync(c => c.VatRegistered == false, cancellationToken)
                ? null
                : await db.TaxRates.Where(t => t.SageId == sageId && t.RetiredAt == null).Select(t => (Guid?)t.Id).SingleOrDefaultAsync(cancellationToken));

    /// <summary>Looked up once for all items that go through the context, where they do so together.</summary>
    public static async Task<T> OnceAsync<T>(this DextSageDb db, string what, object key, Func<Task<T>> look)
    {
        if (db.Remembered is not { } remembered) return await look();
        if (remembered.TryGetValue((what, key), out var known)) return (T)known!;
        var found = await look();
        remembered[(what, key)] = found;
        return found;
    }

    private static Task<T?> OfferedAsync<T>(this DextSageDb db, IQueryable<T> entries, string what, Guid id, CancellationToken cancellationToken) where T : ListEntry =>
        db.OnceAsync(what, id, () => entries.AsNoTracking().SingleOrDefaultAsync(e => e.Id == id && e.RetiredAt == null, cancellationToken));
}
