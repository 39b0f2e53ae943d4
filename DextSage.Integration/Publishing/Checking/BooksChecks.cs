using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Jobs;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>Which differences to show. Open ones are neither accepted nor resolved.</summary>
public enum DifferenceFilter { Open, Changed, Deleted, Accepted, Resolved }

/// <summary>What was published, against what Sage holds by now.</summary>
public sealed class BooksChecks(BusinessStore store, JobQueue jobs, BusinessSignal signal, TimeProvider time)
{
    private const int MostRows = 200;

    /// <summary>How the last check went, and how many differences there are of each kind.</summary>
    public async Task<BooksCheckOverview> OverviewAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var db = scope.Db;
        var latest = await db.BooksChecks.AsNoTracking().OrderByDescending(c => c.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        var completed = await db.BooksChecks.AsNoTracking().Where(c => c.Status == CheckStatus.Completed).OrderByDescending(c => c.QueuedAt).FirstOrDefaultAsync(cancellationToken);
        var tallies = await db.PublicationDifferences.GroupBy(d => new { d.Kind, IsAccepted = d.AcceptedAt != null, IsResolved = d.ResolvedAt != null })
            .Select(g => new { g.Key.Kind, g.Key.IsAccepted, g.Key.IsResolved, Count = g.Count() }).ToListAsync(cancellationToken);
        int Count(Func<DifferenceKind, bool, bool, bool> which) => tallies.Where(t => which(t.Kind, t.IsAccepted, t.IsResolved)).Sum(t => t.Count);
        return new BooksCheckOverview(
            latest is null ? null : new BooksCheckView(latest.Status, latest.QueuedAt, latest.WaitingBecause, latest.Problem),
            completed?.EndedAt, completed?.Documents ?? 0,
            await db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Connected, cancellationToken),
            new Dictionary<DifferenceFilter, int>
            {
                [DifferenceFilter.Open] = Count((_, accepted, resolved) => !accepted && !resolved),
                [DifferenceFilter.Changed] = Count((kind, accepted, resolved) => kind is DifferenceKind.Changed && !accepted && !resolved),
                [DifferenceFilter.Deleted] = Count((kind, accepted, resolved) => kind is DifferenceKind.Deleted && !accepted && !resolved),
                [DifferenceFilter.Accepted] = Count((_, accepted, resolved) => accepted && !resolved),
                [DifferenceFilter.Resolved] = Count((_, _, resolved) => resolved),
            });
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<DifferenceView>> PageAsync(Caller caller, DifferenceFilter filter, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        return await ViewsAsync(scope, Fitting(scope.Db.PublicationDifferences, filter).OrderByDescending(d => d.FirstSeenAt).ThenBy(d => d.Id).Skip(skip).Take(Math.Clamp(take, 1, MostRows)), cancellationToken);
    }

    /// <summary>What Sage holds otherwise of one item now, accepted or not.</summary>
    public async Task<IReadOnlyList<DifferenceView>> OfItemAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var mine = scope.Items.Where(i => i.Code == code && i.Status == ItemStatus.Published);
        return await ViewsAsync(scope, scope.Db.PublicationDifferences
            .Where(d => d.ResolvedAt == null && mine.Any(i => i.Id == d.ItemId && i.SageDocumentId == d.DocumentId)).OrderBy(d => d.FirstSeenAt).ThenBy(d => d.Id), cancellationToken);
    }

    /// <summary>Begins a check now, or joins the one that is going on. Null, or why not.</summary>
    public async Task<string?> CheckNowAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        var db = scope.Db;
        await using (var transaction = await db.Database.BeginTransactionAsync(cancellationToken))
        {
            if (!await db.Connections.AnyAsync(c => c.Status == ConnectionStatus.Connected, cancellationToken)) return "There is no connection to Sage now.";
            if (!await BooksCheckWork.Live(db.BooksChecks).AnyAsync(cancellationToken)) await BooksCheckWork.BeginAsync(db, caller.PersonId, time.GetUtcNow(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        await jobs.EnqueueAsync<BooksCheckWork>(caller.BusinessId);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Notes that a difference is right as it is in Sage, or that it is not after all. It says nothing of what comes later.</summary>
    public async Task AcceptAsync(Caller caller, Guid differenceId, bool isRight, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeLists, cancellationToken);
        DateTimeOffset? at = isRight ? time.GetUtcNow() : null;
        Guid? by = isRight ? caller.PersonId : null;
        await scope.Db.PublicationDifferences.Where(d => d.Id == differenceId && d.ResolvedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.AcceptedAt, at).SetProperty(d => d.AcceptedById, by), cancellationToken);
        signal.Raise(caller.BusinessId);
    }

    private static IQueryable<PublicationDifference> Fitting(IQueryable<PublicationDifference> all, DifferenceFilter filter) => filter switch
    {
        DifferenceFilter.Open => all.Where(d => d.ResolvedAt == null && d.AcceptedAt == null),
        DifferenceFilter.Changed => all.Where(d => d.ResolvedAt == null && d.AcceptedAt == null && d.Kind == DifferenceKind.Changed),
        DifferenceFilter.Deleted => all.Where(d => d.ResolvedAt == null && d.AcceptedAt == null && d.Kind == DifferenceKind.Deleted),
        DifferenceFilter.Accepted => all.Where(d => d.ResolvedAt == null && d.AcceptedAt != null),
        DifferenceFilter.Resolved => all.Where(d => d.ResolvedAt != null),
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, message: null),
    };

    private static async Task<IReadOnlyList<DifferenceView>> ViewsAsync(BusinessScope scope, IQueryable<PublicationDifference> differences, CancellationToken cancellationToken)
    {
        var db = scope.Db;
        var found = await differences.AsNoTracking().Select(d => new
        {
            Difference = d,
            Item = db.Items.Where(i => i.Id == d.ItemId).Select(i => new { i.Code, i.Workspace, Party = i.Workspace == Workspace.Sales ? i.CustomerName : i.SupplierName, i.SageNumber, i.SageUrl }).FirstOrDefault(),
            By = db.Users.Where(p => p.Id == d.AcceptedById).Select(p => p.DisplayName).FirstOrDefault(),
        }).ToListAsync(cancellationToken);
        return found.Where(f => f.Item is not null).Select(f => new DifferenceView(
            f.Difference.Id, f.Item!.Code, f.Item.Workspace, f.Item.Party, f.Item.SageNumber, f.Item.SageUrl, f.Difference.Kind, f.Difference.Field, f.Difference.Meant, f.Difference.InSage,
            f.Difference.FirstSeenAt, f.Difference.ResolvedAt, f.Difference.AcceptedAt, f.By)).ToList();
    }
}

/// <param name="Latest">The last check, going on or ended; null before the first.</param>
/// <param name="CheckedAt">When the last check came to its end; null before the first that did.</param>
/// <param name="Documents">How many it answered for.</param>
/// <param name="Counts">Differences by filter.</param>
public sealed record BooksCheckOverview(BooksCheckView? Latest, DateTimeOffset? CheckedAt, int Documents, bool IsConnected, IReadOnlyDictionary<DifferenceFilter, int> Counts);

/// <param name="WaitingBecause">As a sentence; null where it goes on.</param>
/// <param name="Problem">Why it failed, as a sentence.</param>
public sealed record BooksCheckView(CheckStatus Status, DateTimeOffset QueuedAt, string? WaitingBecause, string? Problem);

/// <param name="Party">The supplier, or the customer of a sale.</param>
/// <param name="Field">Within a sentence: "due date".</param>
/// <param name="AcceptedBy">Who has said that it is right as it is in Sage.</param>
public sealed record DifferenceView(
    Guid Id, string Code, Workspace Workspace, string? Party, string? SageNumber, string? SageUrl, DifferenceKind Kind, string Field, string? Meant, string? InSage,
    DateTimeOffset SeenAt, DateTimeOffset? ResolvedAt, DateTimeOffset? AcceptedAt, string? AcceptedBy);
