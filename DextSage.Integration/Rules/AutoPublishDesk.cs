using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <param name="Limit">In the base currency, tax included.</param>
/// <param name="Person">The Admin who turned it on, and in whose name items are published; null before the first time.</param>
/// <param name="Waiting">Items that wait for their hold time.</param>
public sealed record AutoPublishState(bool IsOn, decimal Limit, int HoldMinutes, string? Person, DateTimeOffset? ChangedAt, string BaseCurrency, int Waiting);

/// <summary>Whether rules may publish, how far, and the switch that stops all of it.</summary>
public sealed class AutoPublishDesk(BusinessStore store, IItemPublisher publisher, BusinessSignal signal, TimeProvider time)
{
    public async Task<AutoPublishState> ReadAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.SeeRules, cancellationToken);
        var db = scope.Db;
        var settings = await db.AutoPublishSettings.AsNoTracking().SingleOrDefaultAsync(cancellationToken);
        var person = settings is null ? null : await db.Users.Where(p => p.Id == settings.PersonId).Select(p => p.DisplayName).SingleOrDefaultAsync(cancellationToken);
        var currency = (await ReviewContext.ReadAsync(db, cancellationToken)).BaseCurrency;
        var waiting = await db.AutoPublications.CountAsync(a => a.Status == AutoPublishStatus.Waiting, cancellationToken);
        return new(settings?.IsOn ?? false, settings?.Limit ?? AutoPublishSettings.FirstLimit, settings?.HoldMinutes ?? AutoPublishSettings.FirstHold, person, settings?.ChangedAt, currency, waiting);
    }

    /// <summary>Turns it on, or changes how far it may go. What waits already is judged by the new limit. Null, or why not.</summary>
    public async Task<string?> TurnOnAsync(Caller caller, decimal limit, int holdMinutes, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        if (limit <= 0 || limit > ItemLimits.Amount || decimal.Round(limit, 2) != limit) return $"The limit is more than zero and at most {RuleSentences.Money(ItemLimits.Amount)}, with at most two decimals.";
        if (holdMinutes is < 0 or > AutoPublishSettings.LongestHold) return "The hold time is at most a week.";
        var settings = await scope.Db.AutoPublishSettings.AsTracking().SingleOrDefaultAsync(cancellationToken);
        if (settings is null) scope.Db.Add(settings = new AutoPublishSettings { BusinessId = caller.BusinessId });
        (settings.IsOn, settings.Limit, settings.HoldMinutes, settings.PersonId, settings.ChangedAt) = (true, limit, holdMinutes, caller.PersonId, time.GetUtcNow());
        await scope.Db.SaveChangesAsync(cancellationToken);
        signal.Raise(caller.BusinessId);
        return null;
    }

    /// <summary>Turns it off at once: what waits is not published, and what was begun is taken back where nothing of it was sent yet.</summary>
    /// <returns>How many items were stopped.</returns>
    public async Task<int> StopAsync(Caller caller, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.ManageRules, cancellationToken);
        var (db, now) = (scope.Db, time.GetUtcNow());
        var person = await db.Users.Where(p => p.Id == caller.PersonId).Select(p => p.DisplayName).SingleAsync(cancellationToken);
        var sentence = $"{person} stopped auto-publish.";
        await db.AutoPublishSettings.ExecuteUpdateAsync(set => set.SetProperty(s => s.IsOn, false).SetProperty(s => s.ChangedAt, now), cancellationToken);
        var stopped = await EndAsync(db.AutoPublications, sentence, now, cancellationToken);
        var begun = await db.AutoPublications.Where(a => a.Status == AutoPublishStatus.Published)
            .Join(db.Items.Where(i => i.Status == ItemStatus.Publishing), a => a.ItemId, i => i.Id, (a, i) => new { a.Id, i.Code }).ToListAsync(cancellationToken);
        foreach (var item in begun)
        {
            if (await publisher.CancelByRuleAsync(caller, item.Code, cancellationToken) is not null) continue;
            await db.AutoPublications.Where(a => a.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Status, AutoPublishStatus.NotPublished).SetProperty(a => a.Sentence, sentence), cancellationToken);
            stopped++;
        }

        signal.Raise(caller.BusinessId);
        return stopped;
    }

    /// <summary>Keeps one item back that waits for its hold time: it is a person's to publish. False where it does not wait any more.</summary>
    public async Task<bool> KeepBackAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.EditItems, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => (Guid?)i.Id).SingleOrDefaultAsync(cancellationToken) is not { } item) return false;
        var person = await db.Users.Where(p => p.Id == caller.PersonId).Select(p => p.DisplayName).SingleAsync(cancellationToken);
        var kept = await EndAsync(db.AutoPublications.Where(a => a.ItemId == item), $"{person} kept it back.", time.GetUtcNow(), cancellationToken);
        signal.Raise(caller.BusinessId);
        return kept > 0;
    }

    private static Task<int> EndAsync(IQueryable<AutoPublication> publications, string sentence, DateTimeOffset now, CancellationToken cancellationToken) =>
        publications.Where(a => a.Status == AutoPublishStatus.Waiting).ExecuteUpdateAsync(set => set
            .SetProperty(a => a.Status, AutoPublishStatus.NotPublished).SetProperty(a => a.Sentence, sentence).SetProperty(a => a.EndedAt, now), cancellationToken);
}
