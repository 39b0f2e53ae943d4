using System.Linq.Expressions;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Our side of one list, as a run writes it: only what differs. All of it in the transaction that the context is in.</summary>
internal abstract class ListTable : IAsyncDisposable
{
    /// <summary>Every list that a refresh keeps is named here and in <see cref="SageQuestions"/>.</summary>
    public static ListTable Of(DextSageDb db, ListKind list) => list switch
    {
        ListKind.TaxRates => new ListTable<TaxRate>(db, list),
        ListKind.Categories => new ListTable<Category>(db, list),
        ListKind.Suppliers => new ListTable<Supplier>(db, list),
        ListKind.Customers => new ListTable<Customer>(db, list),
        ListKind.Products => new ListTable<Product>(db, list, p => p.Kind == ProductKind.Product),
        ListKind.Services => new ListTable<Product>(db, list, p => p.Kind == ProductKind.Service),
        ListKind.BankAccounts => new ListTable<BankAccount>(db, list),
        ListKind.PaymentMethods => new ListTable<SagePaymentMethod>(db, list),
        ListKind.AnalysisTypes => new ListTable<AnalysisType>(db, list),
        ListKind.AnalysisCategories => new ListTable<AnalysisCategory>(db, list),
        ListKind.Currencies => new ListTable<Currency>(db, list),
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };

    public abstract Task<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>How many entries are in force.</summary>
    public abstract Task<int> CountAsync(CancellationToken cancellationToken);

    /// <summary>Our ids by Sage's.</summary>
    public abstract Task<Dictionary<string, Guid>> IdsAsync(IReadOnlyCollection<string> sageIds, CancellationToken cancellationToken);

    /// <summary>Writes what is new or different, counts it in the progress, and returns the lines for the report.</summary>
    public abstract Task<IReadOnlyList<ListChange>> TakeAsync(ListProgress progress, IReadOnlyList<ListEntry> entries, CancellationToken cancellationToken);

    /// <summary>Sage's ids of the entries in force that were not seen. What was written since <paramref name="before"/> is not among them: it may be newer than the reading.</summary>
    public abstract Task<List<string>> MissingAsync(Func<string, bool> isSeen, DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>Retires entries that are in force; the others are passed over.</summary>
    public abstract Task<IReadOnlyList<ListChange>> RetireAsync(ListProgress progress, IReadOnlyCollection<string> sageIds, DateTimeOffset now, CancellationToken cancellationToken);

    public abstract ValueTask DisposeAsync();
}

/// <inheritdoc cref="ListTable"/>
/// <param name="part">Which rows are this list's, where one table holds two of Sage's.</param>
internal sealed class ListTable<T>(DextSageDb db, ListKind list, Expression<Func<T, bool>>? part = null) : ListTable where T : ListEntry
{
    /// <summary>What came from Sage: entries of our own are none of its business.</summary>
    private IQueryable<T> Rows => (part is null ? db.Set<T>() : db.Set<T>().Where(part)).Where(e => !e.IsOwn);

    private readonly Upsert<T> upsert = UpsertInto(db);

    public static Upsert<T> UpsertInto(DextSageDb db) => new(db, [nameof(ListEntry.BusinessId), nameof(ListEntry.SageId)], ListEntry.Kept);

    public override async Task<bool> IsEmptyAsync(CancellationToken cancellationToken) => !await Rows.AnyAsync(cancellationToken);

    public override Task<int> CountAsync(CancellationToken cancellationToken) => Rows.CountAsync(e => e.RetiredAt == null, cancellationToken);

    public override Task<Dictionary<string, Guid>> IdsAsync(IReadOnlyCollection<string> sageIds, CancellationToken cancellationToken) =>
        db.Set<T>().Where(e => sageIds.Contains(e.SageId)).ToDictionaryAsync(e => e.SageId, e => e.Id, cancellationToken);

    public override async Task<IReadOnlyList<ListChange>> TakeAsync(ListProgress progress, IReadOnlyList<ListEntry> entries, CancellationToken cancellationToken)
    {
        if (progress.IsFirstFill)
        {
            await upsert.WriteAsync(entries.Cast<T>(), cancellationToken);
            progress.Added += entries.Count;
            return [];
        }

        var known = await KnownAsync(entries, cancellationToken);
        var news = entries.Cast<T>().Where(e => !known.TryGetValue(e.SageId, out var was) || was.IsRetired || was.Fingerprint != e.Fingerprint).ToList();
        if (news.Count == 0) return [];
        var before = await WithIdsAsync([.. news.Select(e => e.SageId).Where(known.ContainsKey)], cancellationToken);
        var changes = news.ConvertAll(e => Compare(progress, e, before.GetValueOrDefault(e.SageId)));
        await upsert.WriteAsync(news, cancellationToken);
        return changes;
    }

    public override async Task<List<string>> MissingAsync(Func<string, bool> isSeen, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var missing = new List<string>();
        var inForce = Rows.Where(e => e.RetiredAt == null && e.ChangedAt < before).Select(e => e.SageId);
        await foreach (var id in inForce.AsAsyncEnumerable().WithCancellation(cancellationToken))
            if (!isSeen(id)) missing.Add(id);
        return missing;
    }

    public override async Task<IReadOnlyList<ListChange>> RetireAsync(ListProgress progress, IReadOnlyCollection<string> sageIds, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var changes = new List<ListChange>();
        foreach (var some in sageIds.Chunk(500))
        {
            var entries = await db.Set<T>().AsNoTracking().Where(e => some.Contains(e.SageId) && e.RetiredAt == null).ToListAsync(cancellationToken);
            if (entries.Count == 0) continue;
            await db.Set<T>().Where(e => some.Contains(e.SageId) && e.RetiredAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.RetiredAt, now).SetProperty(e => e.ChangedAt, now), cancellationToken);
            changes.AddRange(entries.Select(e => ListChange.Of(progress.RunId, list, ListChangeKind.Retired, e)));
        }

        progress.Retired += changes.Count;
        return changes;
    }

    private async Task<Dictionary<string, (string Fingerprint, bool IsRetired)>> KnownAsync(IReadOnlyList<ListEntry> entries, CancellationToken cancellationToken)
    {
        var ids = entries.Select(e => e.SageId).ToList();
        var known = db.Set<T>().Where(e => ids.Contains(e.SageId)).Select(e => new { e.SageId, e.Fingerprint, IsRetired = e.RetiredAt != null });
        return await known.ToDictionaryAsync(e => e.SageId, e => (e.Fingerprint, e.IsRetired), cancellationToken);
    }

    private async Task<Dictionary<string, T>> WithIdsAsync(List<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await db.Set<T>().AsNoTracking().Where(e => ids.Contains(e.SageId)).ToDictionaryAsync(e => e.SageId, cancellationToken);

    private ListChange Compare(ListProgress progress, T entry, T? before)
    {
        var kind = before switch
        {
            null => ListChangeKind.Added,
            { RetiredAt: not null } => ListChangeKind.Returned,
            _ when before.Name != entry.Name => ListChangeKind.Renamed,
            _ => ListChangeKind.Changed,
        };
        if (kind is ListChangeKind.Added) progress.Added++;
        else if (kind is ListChangeKind.Returned) progress.Returned++;
        else progress.Changed++;
        if (kind is ListChangeKind.Renamed) progress.Renamed++;
        return ListChange.Of(progress.RunId, list, kind, entry, before);
    }

    public override ValueTask DisposeAsync() => upsert.DisposeAsync();
}
