using System.Globalization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>The lists that have a page, each with its own columns.</summary>
internal static class ListShapes
{
    private static readonly CultureInfo Words = CultureInfo.GetCultureInfo("en-GB");

    public static readonly ListShape<Category> Categories = new()
    {
        Search = (entries, like) => entries.Where(e =>
            EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.DisplayName, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.NominalCode) : entries.OrderBy(e => e.NominalCode),
        Code = e => e.NominalCode?.ToString("0000", CultureInfo.InvariantCulture),
        Narrow = (entries, _, query) => query.Use switch
        {
            CategoryUse.Costs => entries.Where(e => e.ForExpenses),
            CategoryUse.Sales => entries.Where(e => e.ForSales),
            CategoryUse.OtherPayments => entries.Where(e => e.ForOtherPayments),
            CategoryUse.OtherReceipts => entries.Where(e => e.ForOtherReceipts),
            CategoryUse.Banking => entries.Where(e => e.ForBanking),
            CategoryUse.Journals => entries.Where(e => e.ForJournals),
            _ => entries,
        },
        PointsTo = e => [e.DefaultTaxRateSageId],
        Cells = (e, nameOf) => [SageWord(e.AccountType), Uses(e), nameOf(e.DefaultTaxRateSageId) is { } rate ? e.HasFixedTaxRate ? $"{rate}, fixed" : rate : null],
    };

    public static readonly ListShape<TaxRate> TaxRates = new()
    {
        Search = (entries, like) => entries.Where(e =>
            EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.DisplayName, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.Percentage) : entries.OrderBy(e => e.Percentage),
        Code = e => Percent(e.Percentage),
        // In Sage the name alone is a short word, "NO_TAX".
        Title = e => e.IsOwn ? e.Name : e.DisplayName,
        Cells = (e, _) => [Valid(e.Periods)],
    };

    public static readonly ListShape<Supplier> Suppliers = Contacts<Supplier>();

    public static readonly ListShape<Customer> Customers = Contacts<Customer>();

    public static readonly ListShape<Product> Products = new()
    {
        Search = (entries, like) => entries.Where(e => EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.ItemCode!, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.ItemCode) : entries.OrderBy(e => e.ItemCode),
        Code = e => e.ItemCode,
        PointsTo = e => [e.SalesCategorySageId, e.PurchaseCategorySageId],
        Cells = (e, nameOf) => [e.IsActive ? e.Kind.ToString() : $"{e.Kind}, inactive in Sage", nameOf(e.SalesCategorySageId), nameOf(e.PurchaseCategorySageId)],
    };

    public static readonly ListShape<BankAccount> BankAccounts = new()
    {
        Search = ByName,
        ByCode = ByNothingElse,
        Code = _ => null,
        PointedToBy = async (db, ids, cancellationToken) =>
            (await new PaymentMethodsThatUse().UsesAsync(db, ListKind.BankAccounts, ids, cancellationToken)).ToLookup(use => use.EntryId, use => use.Name!),
        Cells = (e, _) => [e.AccountType is "CHECKING" ? "Current" : SageWord(e.AccountType), e.Currency],
    };

    public static readonly ListShape<AnalysisCategory> AnalysisCategories = new()
    {
        Search = (entries, like) => entries.Where(e => EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.Code!, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.Code) : entries.OrderBy(e => e.Code),
        Code = e => e.Code,
        Narrow = (entries, db, query) => query.AnalysisType is { } type
            ? entries.Where(e => db.AnalysisTypes.Any(t => t.Id == type && t.SageId == e.AnalysisTypeSageId))
            : entries,
    };

    public static readonly ListShape<Currency> Currencies = new()
    {
        Search = (entries, like) => entries.Where(e => EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.SageId, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.SageId) : entries.OrderBy(e => e.SageId),
        Code = e => e.SageId,
    };

    private static ListShape<T> Contacts<T>() where T : ContactEntry => new()
    {
        Search = (entries, like) => entries.Where(e =>
            EF.Functions.Like(e.Name, like, Like.EscapeCharacter) || EF.Functions.Like(e.Reference!, like, Like.EscapeCharacter) || EF.Functions.Like(e.DisplayName, like, Like.EscapeCharacter)),
        ByCode = (entries, descending) => descending ? entries.OrderByDescending(e => e.Reference) : entries.OrderBy(e => e.Reference),
        Code = e => e.Reference,
        PointsTo = e => [e.DefaultCategorySageId],
        Cells = (e, nameOf) => [e.Currency, nameOf(e.DefaultCategorySageId), Terms(e.CreditDays, e.CreditTerms)],
    };

    private static IQueryable<T> ByName<T>(IQueryable<T> entries, string like) where T : ListEntry =>
        entries.Where(e => EF.Functions.Like(e.Name, like, Like.EscapeCharacter));

    private static IOrderedQueryable<T> ByNothingElse<T>(IQueryable<T> entries, bool descending) where T : ListEntry =>
        descending ? entries.OrderByDescending(e => e.Name) : entries.OrderBy(e => e.Name);

    private static string? Uses(Category category)
    {
        var uses = string.Join(", ", new[]
        {
            category.ForExpenses ? "costs" : null, category.ForSales ? "sales" : null, category.ForOtherPayments ? "other payments" : null,
            category.ForOtherReceipts ? "other receipts" : null, category.ForBanking ? "banking" : null, category.ForJournals ? "journals" : null,
        }.OfType<string>());
        return uses.Length == 0 ? null : char.ToUpperInvariant(uses[0]) + uses[1..];
    }

    private static string Percent(decimal percentage) => percentage.ToString("0.##", Words) + "%";

    /// <summary>The rate in force and since when, with what came before it.</summary>
    private static string? Valid(IReadOnlyList<TaxRatePeriod> periods)
    {
        var said = periods.Where(p => p.From is not null || p.To is not null).Select(p => (p.From, p.To) switch
        {
            ({ } from, null) => $"since {from.ToString("d MMM yyyy", Words)}",
            (null, { } to) => $"{Percent(p.Percentage)} until {to.ToString("d MMM yyyy", Words)}",
            var (from, to) => $"{Percent(p.Percentage)} {from!.Value.ToString("d MMM yyyy", Words)} – {to!.Value.ToString("d MMM yyyy", Words)}",
        });
        var words = string.Join("; ", said.Reverse());
        return words.Length == 0 ? null : char.ToUpperInvariant(words[0]) + words[1..];
    }

    private static string? Terms(int? days, string? terms) => (days, terms) switch
    {
        (_, "immediate_invoice" or "immediate_payment") => "Immediate",
        (null, _) => null,
        ({ } some, "month_end_invoice" or "month_end_payment") => $"{some} days from the end of the month",
        ({ } some, _) => $"{some} days",
    };

    /// <summary>DIRECT_EXPENSES as "Direct expenses".</summary>
    private static string? SageWord(string? id) => string.IsNullOrEmpty(id) ? null : id[0] + id[1..].Replace('_', ' ').ToLowerInvariant();
}
