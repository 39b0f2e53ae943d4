using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>One part of a filter in words, and the filter without it.</summary>
public sealed record FilterLabel(string Text, Func<ItemFilter, ItemFilter> Without);

internal static class FilterLabels
{
    /// <param name="names">What the entries are called that the filter names.</param>
    public static IReadOnlyList<FilterLabel> Of(ItemFilter filter, IReadOnlyDictionary<Guid, string> names)
    {
        var labels = new List<FilterLabel>();
        Entry("Supplier", filter.Supplier, f => f with { Supplier = null });
        Entry("Customer", filter.Customer, f => f with { Customer = null });
        Entry("Category", filter.Category, f => f with { Category = null });
        Entry("Tax rate", filter.TaxRate, f => f with { TaxRate = null });
        Entry("Product", filter.Product, f => f with { Product = null });
        Entry("Class", filter.Class, f => f with { Class = null });
        Entry("Location", filter.Location, f => f with { Location = null });
        return labels;

        void Entry(string field, Guid? entry, Func<ItemFilter, ItemFilter> without)
        {
            if (entry is { } id) labels.Add(new($"{field}: {names.GetValueOrDefault(id, "an entry that is not on the list")}", without));
        }
    }

    /// <summary>Only the workspace and the tab.</summary>
    public static ItemFilter Cleared(ItemFilter filter) => new(filter.Workspace, filter.Tab);
}
