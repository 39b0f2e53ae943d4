using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Lists;

/// <summary>Where a list has its page, and what it is called there.</summary>
public sealed record ListPlace(ListKind List, string Title, string One, string Path)
{
    /// <summary>The lists below Business settings, in the order of their index. Suppliers and customers live in their workspaces.</summary>
    private static readonly (ListKind List, string Title, string InUrl, string One)[] InSettings =
    [
        (ListKind.Categories, "Categories", "categories", "category"),
        (ListKind.TaxRates, "Tax rates", "tax-rates", "tax rate"),
        (ListKind.Products, "Products and services", "products", "product or service"),
        (ListKind.BankAccounts, "Bank accounts", "bank-accounts", "bank account"),
        (ListKind.Currencies, "Currencies", "currencies", "currency"),
    ];

    /// <summary>Every list with a page but those of classes and locations, which are the organisation's own.</summary>
    public static IReadOnlyList<ListPlace> All(string business) =>
    [
        .. InSettings.Select(l => new ListPlace(l.List, l.Title, l.One, Urls.List(business, l.InUrl))),
        new(ListKind.Suppliers, ListKind.Suppliers.Name(), "supplier", Urls.Suppliers(business)),
        new(ListKind.Customers, ListKind.Customers.Name(), "customer", Urls.Customers(business)),
    ];

    public static ListPlace Of(string business, ListKind list) => All(business).Single(p => p.List == list);

    /// <summary>The list whose page, or a page below it, has this path; null for any other path, which a page meets as it is being left.</summary>
    public static ListPlace? At(string business, string path) =>
        All(business).FirstOrDefault(p => $"{path}/".StartsWith($"{p.Path}/", StringComparison.OrdinalIgnoreCase));

    public static ListPlace OfAnalysis(string business, AnalysisListView? type, Guid id) =>
        new(ListKind.AnalysisCategories, type?.Name ?? "Class or location", "entry", Urls.AnalysisList(business, id));

    public IReadOnlyList<Crumb> Crumbs(string business) => List switch
    {
        ListKind.Suppliers => [new Crumb("Costs", Urls.Costs(business))],
        ListKind.Customers => [new Crumb("Sales", Urls.Sales(business))],
        _ => [new Crumb("Lists", Urls.Lists(business))],
    };
}
