using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Storage;

internal static class OwnIds
{
    /// <summary>
    /// For rows that are asked for by ids of the business's own rows, and so are its own. Said again that they are the business's, SQLite would walk all of its rows
    /// rather than look a few up: it knows how many rows an index tells apart, and not how many businesses there are.
    /// </summary>
    public static IQueryable<T> ByOwnIds<T>(this IQueryable<T> rows) where T : class, IBusinessOwned => rows.IgnoreQueryFilters();
}
