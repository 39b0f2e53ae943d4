using DextSage.Integration.Sage;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Lists;

/// <summary>Reads one list from Sage into ours, a page and its counts a transaction.</summary>
public sealed class ListSync(ISageClient sage, BusinessSignal signal, TimeProvider time)
{
    /// <summary>Null when the whole list came in.</summary>
    internal Task<SageFailure?> ReadAsync(DextSageDb db, SageTarget target, RefreshRun run, ListProgress progress, CancellationToken cancellationToken)
    {
        var map = new ListMapping(run.BusinessId, run.Id);
        return progress.List switch
        {
            ListKind.TaxRates => ReadAsync(page => sage.TaxRatesAsync(target, page, cancellationToken), map.TaxRate),
            ListKind.Categories => ReadAsync(page => sage.LedgerAccountsAsync(target, page, cancellationToken), map.Category),
            ListKind.Suppliers => ReadAsync(page => sage.ContactsAsync(target, SageContactType.Vendor, page, cancellationToken), map.Supplier),
            ListKind.Customers => ReadAsync(page => sage.ContactsAsync(target, SageContactType.Customer, page, cancellationToken), map.Customer),
            ListKind.Products => ReadListAsync(db, progress, SageList.ReadBothAsync<SageProduct>(
                page => sage.ProductsAsync(target, page, cancellationToken), page => sage.ServicesAsync(target, page, cancellationToken)), map.Product, cancellationToken),
            ListKind.BankAccounts => ReadAsync(page => sage.BankAccountsAsync(target, page, cancellationToken), map.BankAccount),
            ListKind.PaymentMethods => ReadAsync(page => sage.PaymentMethodsAsync(target, page, cancellationToken), map.PaymentMethod),
            ListKind.AnalysisTypes => ReadAsync(page => sage.AnalysisTypesAsync(target, page, cancellationToken), map.AnalysisType),
            ListKind.AnalysisCategories => ReadAsync(page => sage.AnalysisCategoriesAsync(target, page, cancellationToken), map.AnalysisCategory),
            ListKind.Currencies => ReadAsync(page => sage.CurrenciesAsync(target, page, cancellationToken), map.Currency),
            _ => throw new ArgumentOutOfRangeException(nameof(progress), progress.List, message: null),
        };

        Task<SageFailure?> ReadAsync<TWire, TEntry>(Func<SagePageRequest, Task<SageAnswer<SagePage<TWire>>>> fetch, Func<TWire, TEntry> toEntry)
            where TWire : class, ISageRecord where TEntry : ListEntry =>
            ReadListAsync(db, progress, SageList.ReadAsync(fetch), toEntry, cancellationToken);
    }

    private async Task<SageFailure?> ReadListAsync<TWire, TEntry>(
        DextSageDb db, ListProgress progress, IAsyncEnumerable<SageAnswer<SageStep<TWire>>> steps, Func<TWire, TEntry> toEntry, CancellationToken cancellationToken)
        where TWire : class, ISageRecord where TEntry : ListEntry
    {
        // A list that was broken off is read again from its beginning, but what the first reading found out is kept.
        progress.Stage = ListStage.Coming;
        progress.Seen = 0;
        await foreach (var answer in steps.WithCancellation(cancellationToken))
        {
            if (answer.Failure is { } failure) return failure;
            var step = answer.Value!;
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            await TakeAsync(db, progress, [.. step.NewItems.Select(toEntry)], cancellationToken);
            progress.Seen = step.Seen;
            progress.Announced = step.Total;
            progress.IsSettled = step.IsSettled;
            if (step.IsLast) progress.Stage = ListStage.Done;
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            signal.Raise(progress.BusinessId);
        }
        return null;
    }

    private static async Task TakeAsync<TEntry>(DextSageDb db, ListProgress progress, List<TEntry> entries, CancellationToken cancellationToken) where TEntry : ListEntry
    {
        var ids = entries.ConvertAll(e => e.SageId);
        var known = await db.Set<TEntry>().Where(e => ids.Contains(e.SageId))
            .Select(e => new { e.SageId, e.Fingerprint, IsRetired = e.RetiredAt != null })
            .ToDictionaryAsync(e => e.SageId, cancellationToken);

        var news = entries.FindAll(e => !known.TryGetValue(e.SageId, out var was) || was.IsRetired || was.Fingerprint != e.Fingerprint);
        var added = news.Count(e => !known.TryGetValue(e.SageId, out var was) || was.IsRetired);
        progress.Added += added;
        progress.Changed += news.Count - added;

        await Upsert.WriteAsync(db, news, [nameof(ListEntry.BusinessId), nameof(ListEntry.SageId)], keep: ListEntry.Ours, cancellationToken);
        var unchanged = ids.Except(news.Select(e => e.SageId), StringComparer.Ordinal).ToList();
        await db.Set<TEntry>().Where(e => unchanged.Contains(e.SageId))
            .ExecuteUpdateAsync(set => set.SetProperty(e => e.SeenInRun, progress.RunId), cancellationToken);
    }

    /// <summary>Retires what a complete run did not meet, list by list, where the reading was sure to have met everything.</summary>
    internal async Task RetireAsync(DextSageDb db, RefreshRun run, CancellationToken cancellationToken)
    {
        foreach (var progress in run.Lists.Where(l => l is { Stage: ListStage.Done, IsSettled: true, Seen: > 0 }))
        {
            progress.Retired = await (progress.List switch
            {
                ListKind.TaxRates => RetireAsync(db.TaxRates),
                ListKind.Categories => RetireAsync(db.Categories),
                ListKind.Suppliers => RetireAsync(db.Suppliers),
                ListKind.Customers => RetireAsync(db.Customers),
                ListKind.Products => RetireAsync(db.Products),
                ListKind.BankAccounts => RetireAsync(db.BankAccounts),
                ListKind.PaymentMethods => RetireAsync(db.SagePaymentMethods),
                ListKind.AnalysisTypes => RetireAsync(db.AnalysisTypes),
                ListKind.AnalysisCategories => RetireAsync(db.AnalysisCategories),
                ListKind.Currencies => RetireAsync(db.Currencies),
                _ => throw new InvalidOperationException($"Nothing is known of the list {progress.List}."),
            });
        }

        Task<int> RetireAsync<TEntry>(DbSet<TEntry> entries) where TEntry : ListEntry
        {
            DateTimeOffset? now = time.GetUtcNow();
            return entries.Where(e => e.SeenInRun != run.Id && e.RetiredAt == null && !e.IsOwn)
                .ExecuteUpdateAsync(set => set.SetProperty(e => e.RetiredAt, now), cancellationToken);
        }
    }
}
