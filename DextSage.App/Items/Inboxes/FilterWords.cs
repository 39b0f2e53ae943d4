using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>One part of a filter as a word of an address.</summary>
/// <param name="Name">Before the equals sign.</param>
/// <param name="Write">Null where the filter does not say it.</param>
/// <param name="Read">The filter with it; unchanged by a text that is no value.</param>
internal sealed record FilterWord(string Name, Func<ItemFilter, string?> Write, Func<ItemFilter, string, ItemFilter> Read);

internal static class FilterWords
{
    public static IReadOnlyList<FilterWord> All { get; } =
    [
        Entry("supplier", f => f.Supplier, (f, id) => f with { Supplier = id }),
        Entry("customer", f => f.Customer, (f, id) => f with { Customer = id }),
        Entry("category", f => f.Category, (f, id) => f with { Category = id }),
        Entry("rate", f => f.TaxRate, (f, id) => f with { TaxRate = id }),
        Entry("product", f => f.Product, (f, id) => f with { Product = id }),
        Entry("class", f => f.Class, (f, id) => f with { Class = id }),
        Entry("location", f => f.Location, (f, id) => f with { Location = id }),
    ];

    private static FilterWord Entry(string name, Func<ItemFilter, Guid?> get, Func<ItemFilter, Guid?, ItemFilter> set) =>
        new(name, filter => get(filter)?.ToString("N"), (filter, text) => Guid.TryParse(text, out var id) ? set(filter, id) : filter);
}
