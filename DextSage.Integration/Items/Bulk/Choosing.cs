using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items.Bulk;

/// <summary>From what a person has chosen to the items, as they are in this moment.</summary>
internal static class Choosing
{
    /// <summary>The most items of one run, or of one export.</summary>
    public const int MostItems = 200_000;

    private const int CodesAtATime = 500;

    /// <summary>Those that the person may see, in the order in which they were chosen; or why it is none, as a sentence.</summary>
    public static async Task<(IReadOnlyList<Guid> Items, string? Refusal)> OfAsync(BusinessScope scope, BulkChoice choice, CancellationToken cancellationToken)
    {
        var items = choice switch
        {
            BulkChoice.Known(var ids) => ids,
            BulkChoice.Ticked(var codes) => await TickedAsync(scope, codes, cancellationToken),
            BulkChoice.Matching(var query, _) => await scope.Matching(query.Filter).SortedBy(scope.Db, query).Select(i => i.Id).Take(MostItems + 1).ToListAsync(cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(choice), choice.GetType().Name, message: null),
        };
        if (choice is BulkChoice.Matching { Seen: var seen } && items.Count != seen)
            return ([], $"{items.Count:N0} items match now, not {seen:N0}. Nothing has been done. Look at them again, and repeat it.");
        return items.Count switch
        {
            0 => ([], "None of these items exists any more."),
            > MostItems => ([], $"At most {MostItems:N0} items are taken at once. Narrow the list down."),
            _ => (items, null),
        };
    }

    private static async Task<IReadOnlyList<Guid>> TickedAsync(BusinessScope scope, IReadOnlyList<string> ticked, CancellationToken cancellationToken)
    {
        var ids = new Dictionary<string, Guid>(StringComparer.Ordinal);
        var codes = ticked.Distinct(StringComparer.Ordinal).Take(MostItems + 1).ToList();
        foreach (var some in codes.Chunk(CodesAtATime))
            foreach (var item in await scope.Items.Where(i => EF.Parameter(some).Contains(i.Code)).Select(i => new { i.Code, i.Id }).ToListAsync(cancellationToken))
                ids[item.Code] = item.Id;
        return [.. codes.Where(ids.ContainsKey).Select(code => ids[code])];
    }
}
