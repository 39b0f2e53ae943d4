using System.Collections.Concurrent;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>The rules of each business as they stand, made ready once for as long as none is changed.</summary>
public sealed class RuleBooks
{
    private readonly ConcurrentDictionary<Guid, Kept> kept = new();

    internal async Task<RuleBook> ReadAsync(DextSageDb db, CancellationToken cancellationToken)
    {
        // Every change of a rule raises its version, and one that comes or goes changes the number.
        var stamp = await db.Rules.GroupBy(_ => 1).Select(g => new Stamp(g.Count(), g.Sum(r => r.Version), g.Max(r => r.UpdatedAt))).SingleOrDefaultAsync(cancellationToken) ?? Stamp.None;
        if (kept.TryGetValue(db.BusinessId, out var known) && known.Stamp == stamp) return known.Book;
        var book = new RuleBook(await db.Rules.AsNoTracking().ToListAsync(cancellationToken));
        kept[db.BusinessId] = new(stamp, book);
        return book;
    }

    private sealed record Stamp(int Count, int Versions, DateTimeOffset Latest)
    {
        public static readonly Stamp None = new(0, 0, default);
    }

    private sealed record Kept(Stamp Stamp, RuleBook Book);
}
