using DextSage.App.Items.Inboxes;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Lists.Refreshes;

/// <summary>What points to an entry: its words, and where it is mended.</summary>
internal static class UseWords
{
    public static bool IsSetting(UseKind kind) => kind is UseKind.CostsTaxRate or UseKind.SalesTaxRate or UseKind.Class or UseKind.Location;

    /// <summary>What stands before the names: "3 open items:".</summary>
    public static string Of(UseKind kind, int count) => kind switch
    {
        UseKind.Item => $"{Numbers.Count(count, "open item")}:",
        UseKind.PaymentMethod => $"{Numbers.Count(count, "payment method")}:",
        UseKind.Rule => $"{Numbers.Count(count, "rule")}:",
        UseKind.Supplier => $"Default of {Numbers.Count(count, "supplier")} in Sage:",
        UseKind.Customer => $"Default of {Numbers.Count(count, "customer")} in Sage:",
        UseKind.Category => $"Default of {Numbers.Count(count, "category", "categories")} in Sage:",
        UseKind.Product => $"Default of {Numbers.Count(count, "product or service", "products and services")} in Sage:",
        _ => "Setting:",
    };

    public static string Name(EntryUse use) => use.Kind switch
    {
        UseKind.CostsTaxRate => "Default tax rate for costs",
        UseKind.SalesTaxRate => "Default tax rate for sales",
        UseKind.Class => "Class",
        UseKind.Location => "Location",
        _ => use.Name ?? "",
    };

    public static string Href(EntryUse use, string slug) => use.Kind switch
    {
        UseKind.Item => Urls.Item(slug, use.Code!),
        UseKind.PaymentMethod => Urls.List(slug, "payment-methods"),
        UseKind.Rule => Urls.Rule(slug, Guid.Parse(use.Code!)),
        UseKind.Supplier => Found(slug, ListKind.Suppliers, use),
        UseKind.Customer => Found(slug, ListKind.Customers, use),
        UseKind.Category => Found(slug, ListKind.Categories, use),
        UseKind.Product => Found(slug, ListKind.Products, use),
        _ => Urls.SageSettings(slug),
    };

    /// <summary>All of them at once, where a page shows just these.</summary>
    public static string? All(UseKind kind, HangingEntry entry, string slug) =>
        kind is UseKind.Item && EntryUsage.IsUsedByItems(entry.List) ? InboxView.Using(entry.List, entry.EntryId, workspace: entry.List is ListKind.Customers ? Workspace.Sales : Workspace.Costs).Url(slug) : null;

    private static string Found(string slug, ListKind list, EntryUse use)
    {
        var path = ListPlace.Of(slug, list).Path;
        return ListView.From(path, list, null, use.Name, null, null, null, null).Url;
    }
}
