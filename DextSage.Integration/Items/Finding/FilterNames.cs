using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>What the entries and the person that a filter names are called.</summary>
internal static class FilterNames
{
    /// <summary>By id; an id that is on no list of the business is not in it.</summary>
    public static async Task<IReadOnlyDictionary<Guid, string>> ReadAsync(DextSageDb db, ItemFilter filter, CancellationToken cancellationToken)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var (list, entry) in Entries(filter))
            if (entry is { } id && await ListShape.Of(list).NameAsync(db, id, cancellationToken) is { } name) names[id] = name;
        if (filter.Owner is { } owner && await db.Memberships.Where(m => m.PersonId == owner).Select(m => m.Person!.DisplayName).SingleOrDefaultAsync(cancellationToken) is { } person) names[owner] = person;
        return names;
    }

    private static (ListKind List, Guid? Entry)[] Entries(ItemFilter filter) =>
    [
        (ListKind.Suppliers, filter.Supplier), (ListKind.Customers, filter.Customer), (ListKind.Categories, filter.Category), (ListKind.TaxRates, filter.TaxRate),
        (ListKind.Products, filter.Product), (ListKind.AnalysisCategories, filter.Class), (ListKind.AnalysisCategories, filter.Location),
    ];
}
