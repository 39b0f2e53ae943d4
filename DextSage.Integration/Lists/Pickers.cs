using System.Linq.Expressions;
using DextSage.Integration.Connections;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>The entries that may be chosen on an item: what Sage accepts there, nothing retired, nothing that a person has hidden.</summary>
public sealed class Pickers(BusinessStore store)
{
    /// <summary>Best matches first: names that begin with the search, then names that contain it.</summary>
    public async Task<IReadOnlyList<PickerEntry>> SuppliersAsync(Caller caller, string? search, int take = 50, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await Matching(await OfferedAsync(scope.Db, scope.Db.Suppliers, cancellationToken), search)
            .Select(s => new PickerEntry(s.Id, s.Name, s.Currency))
            .Take(take).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<PickerEntry>> CustomersAsync(Caller caller, string? search, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await Matching(await OfferedAsync(scope.Db, scope.Db.Customers, cancellationToken), search)
            .Select(s => new PickerEntry(s.Id, s.Name, s.Currency))
            .Take(50).ToListAsync(cancellationToken);
    }

    public async Task<IReadOnlyList<PickerEntry>> ProductsAsync(Caller caller, string? search, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await Matching(await OfferedAsync(scope.Db, scope.Db.Products, cancellationToken), search)
            .Select(p => new PickerEntry(p.Id, p.DisplayName, null))
            .Take(50).ToListAsync(cancellationToken);
    }

    /// <summary>The members of the business, by name.</summary>
    public async Task<IReadOnlyList<PickerEntry>> PeopleAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Db.Memberships.AsNoTracking().OrderBy(m => m.Person!.DisplayName).Select(m => new PickerEntry(m.PersonId, m.Person!.DisplayName, null)).ToListAsync(cancellationToken);
    }

    /// <summary>Ledger accounts that Sage takes on purchase documents, on sales documents, or on other payments.</summary>
    public async Task<IReadOnlyList<PickerEntry>> CategoriesAsync(Caller caller, string? search, CategoryUse use = CategoryUse.Costs, int take = 200, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var taken = use switch
        {
            CategoryUse.Sales => scope.Db.Categories.Where(c => c.ForSales),
            CategoryUse.OtherPayments => scope.Db.Categories.Where(c => c.ForOtherPayments),
            _ => scope.Db.Categories.Where(c => c.ForExpenses),
        };
        return await Matching(await OfferedAsync(scope.Db, taken, cancellationToken), search)
            .Select(c => new PickerEntry(c.Id, c.DisplayName, null))
            .Take(take).ToListAsync(cancellationToken);
    }

    /// <summary>Ours, those in use; each with the bank account that it is linked to.</summary>
    public async Task<IReadOnlyList<PickerEntry>> PaymentMethodsAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Db.PaymentMethods.AsNoTracking().Where(m => m.RemovedAt == null).OrderBy(m => m.Name).ThenBy(m => m.LastDigits)
            .Select(m => new PickerEntry(m.Id, m.LastDigits == null ? m.Name : m.Name + " " + m.LastDigits, m.BankAccount!.DisplayName)).ToListAsync(cancellationToken);
    }

    /// <summary>Of the analysis type that is Class here; empty where none is.</summary>
    public Task<IReadOnlyList<PickerEntry>> ClassesAsync(Caller caller, string? search, CancellationToken cancellationToken = default) => AnalysisAsync(caller, s => s.ClassTypeId, search, cancellationToken);

    /// <summary>Of the analysis type that is Location here; empty where none is.</summary>
    public Task<IReadOnlyList<PickerEntry>> LocationsAsync(Caller caller, string? search, CancellationToken cancellationToken = default) => AnalysisAsync(caller, s => s.LocationTypeId, search, cancellationToken);

    /// <summary>Empty in an organisation that is not registered for VAT.</summary>
    public async Task<IReadOnlyList<TaxRateEntry>> TaxRatesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Db.Connections.AnyAsync(c => c.VatRegistered == false, cancellationToken)) return [];
        return await (await OfferedAsync(scope.Db, scope.Db.TaxRates, cancellationToken)).AsNoTracking().Where(t => t.RetiredAt == null && t.IsVisible)
            .OrderByDescending(t => t.Percentage).ThenBy(t => t.DisplayName)
            .Select(t => new TaxRateEntry(t.Id, t.DisplayName, t.Percentage)).ToListAsync(cancellationToken);
    }

    /// <summary>ISO 4217 codes.</summary>
    public async Task<IReadOnlyList<string>> CurrenciesAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        return await scope.Db.Currencies.AsNoTracking().Where(c => c.RetiredAt == null && c.IsVisible).OrderBy(c => c.SageId).Select(c => c.SageId).ToListAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<PickerEntry>> AnalysisAsync(Caller caller, Expression<Func<ConnectionSettings, Guid?>> type, string? search, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        var types = db.ConnectionSettings.Select(type);
        var entries = db.AnalysisCategories.Where(c => db.AnalysisTypes.Any(t => t.SageId == c.AnalysisTypeSageId && types.Contains(t.Id)));
        return await Matching(await OfferedAsync(db, entries, cancellationToken), search).Select(c => new PickerEntry(c.Id, c.DisplayName, null)).Take(200).ToListAsync(cancellationToken);
    }

    // What is not in Sage can be put on no document of Sage's: with a connection it is not offered.
    private static async Task<IQueryable<T>> OfferedAsync<T>(DextSageDb db, IQueryable<T> entries, CancellationToken cancellationToken) where T : ListEntry =>
        await db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Connected || c.Status == ConnectionStatus.ReconnectNeeded, cancellationToken)
            ? entries.Where(e => !e.IsOwn)
            : entries;

    private static IQueryable<T> Matching<T>(IQueryable<T> entries, string? search) where T : ListEntry
    {
        var offered = entries.AsNoTracking().Where(e => e.RetiredAt == null && e.IsVisible);
        if (string.IsNullOrWhiteSpace(search)) return offered.OrderBy(e => e.DisplayName);
        var (begins, contains) = (Like.Escape(search.Trim()) + "%", "%" + Like.Escape(search.Trim()) + "%");
        return offered.Where(e => EF.Functions.Like(e.DisplayName, contains, Like.EscapeCharacter))
            .OrderByDescending(e => EF.Functions.Like(e.DisplayName, begins, Like.EscapeCharacter)).ThenBy(e => e.DisplayName);
    }
}
