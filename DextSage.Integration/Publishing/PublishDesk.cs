using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Publishing;

/// <summary>The Publish button, and how its work goes.</summary>
public sealed class PublishDesk(BusinessStore store, PublicationQueue queue, PublishDecisions decisions, TimeProvider time) : IItemPublisher
{
    /// <summary>
    /// Writes the intent in one transaction and asks for its job; the item shows Publishing until that has ended. Null, or why not.
    /// </summary>
    /// <param name="seenVersion">The item's version that was on the screen: what is published is what was seen.</param>
    public Task<string?> PublishAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default) =>
        PublishAsync(caller, code, seenVersion, mayBeTwice: false, rule: null, claim: null, cancellationToken);

    /// <summary>The same for a person who has seen what Sage has already, and wants it published all the same.</summary>
    public Task<string?> PublishAnywayAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default) =>
        PublishAsync(caller, code, seenVersion, mayBeTwice: true, rule: null, claim: null, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> PublishByRuleAsync(Caller caller, string code, int seenVersion, string rule, Func<DextSageDb, Task<bool>> claim, CancellationToken cancellationToken = default) =>
        PublishAsync(caller, code, seenVersion, mayBeTwice: false, rule, claim, cancellationToken);

    /// <inheritdoc/>
    public Task<string?> CancelByRuleAsync(Caller caller, string code, CancellationToken cancellationToken = default) => decisions.CancelAsync(caller, code, onlyByRule: true, cancellationToken);

    private async Task<string?> PublishAsync(
        Caller caller, string code, int seenVersion, bool mayBeTwice, string? rule, Func<DextSageDb, Task<bool>>? claim, CancellationToken cancellationToken)
    {
        await using var scope = await store.OpenAsync(caller, Permission.PublishItems, cancellationToken);
        var db = scope.Db;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await scope.Items.WithEntries().AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item)
            return "This item does not exist any more.";
        var connection = await db.Connections.Select(c => new { c.Status, c.OrganisationId }).SingleOrDefaultAsync(cancellationToken);
        if (PublishGate.Refusal(item, connection?.Status ?? ConnectionStatus.NotConnected, scope.Member) is { } refusal) return refusal;
        if (item.Version != seenVersion) return "This item was changed meanwhile. Look at it again, then publish.";
        // The stored status may be older than the lists; what is sent is checked as it stands now.
        var context = await (await ReviewContext.ReadAsync(db, cancellationToken)).WithTwinsAsync(db, [item], cancellationToken);
        if (ItemReview.Issues(ItemUnderReview.Of(item, context)) is [var issue, ..]) return issue.Sentence;

        // One row, of this version, still Ready: whoever else clicked in the same moment finds none.
        var now = time.GetUtcNow();
        // Where it goes is fixed now, whatever the settings say later.
        PublishTo? to = item.PublishTo ?? context.DefaultFor(item.Workspace);
        var taken = await db.Items.Where(i => i.Id == item.Id && i.Status == ItemStatus.Ready && i.Version == seenVersion).ExecuteUpdateAsync(set => set
            .SetProperty(i => i.Status, ItemStatus.Publishing)
            .SetProperty(i => i.PublishTo, to)
            .SetProperty(i => i.PublishedWith, (string?)null)
            .SetProperty(i => i.WaitingBecause, (string?)null)
            .SetProperty(i => i.UpdatedAt, now)
            .SetProperty(i => i.Version, i => i.Version + 1), cancellationToken);
        if (taken == 0) return "This item is being published.";
        var generation = await PublicationQueue.GenerationAsync(db, item.Id, cancellationToken);
        if (rule is not null && generation > 1) return "It was published, taken back or refused before: publishing it again is a person's.";
        if (claim is not null && !await claim(db)) return "It was stopped.";
        var publication = PublicationPlan.For(item, Destinations.Of(item, context), connection!.OrganisationId!, generation, caller.PersonId, now, mayBeTwice);
        publication.Rule = rule;
        await queue.AddAsync(db, transaction, publication, cancellationToken);
        return null;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlySet<Guid>> MayBeInSageAsync(DextSageDb db, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken = default)
    {
        var ids = items.ToArray();
        // What Sage has refused for certain is not there; what left and has no such answer may be.
        return await db.Publications
            .Where(p => EF.Parameter(ids).Contains(p.ItemId) && ((p.Status != PublicationStatus.Failed && p.Status != PublicationStatus.Cancelled) || p.Steps.Any(s => s.Kind == StepKind.CreateDocument && s.SentAt != null && s.Status != StepStatus.Failed)))
            .Select(p => p.ItemId).ToHashSetAsync(cancellationToken);
    }

    /// <summary>The item's last publication; empty before the first.</summary>
    public async Task<PublicationView> LastAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        if (await scope.Items.AsNoTracking().SingleOrDefaultAsync(i => i.Code == code, cancellationToken) is not { } item) return PublicationView.None;
        var last = await scope.Db.Publications.AsNoTracking().Include(p => p.Steps).Where(p => p.ItemId == item.Id)
            .OrderByDescending(p => p.Generation).FirstOrDefaultAsync(cancellationToken);
        if (last is null) return PublicationView.None;
        // A publication fixes the destination: no settings are asked.
        var destination = Destinations.Of(item, byDefault: default);
        return new PublicationView(
            [.. last.Steps.OrderBy(s => s.Kind).Select(s => new StepView(s.Kind.Words(destination, item.Workspace is Workspace.Sales), s.Status, s.EndedAt ?? s.SentAt, s.RemoteId, s.Problem))],
            PublishDecisions.MayBeCancelled(last))
        {
            Purpose = last.Purpose,
        };
    }

    /// <summary>Who asked for the item's publications, and how they ended; newest first.</summary>
    public async Task<IReadOnlyList<PublicationEvent>> EventsAsync(Caller caller, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var db = scope.Db;
        if (await scope.Items.Where(i => i.Code == code).Select(i => new { i.Id, i.SageNumber }).SingleOrDefaultAsync(cancellationToken) is not { } item) return [];
        var all = await db.Publications.AsNoTracking().Include(p => p.Steps).Where(p => p.ItemId == item.Id).OrderByDescending(p => p.Generation).ToListAsync(cancellationToken);
        var ids = all.ConvertAll(p => p.RequestedById);
        var names = await db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        List<PublicationEvent> events = [];
        foreach (var publication in all)
        {
            var number = publication.SageNumber ?? item.SageNumber;
            if (publication is { EndedAt: { } ended }) events.Add(Event(ended, KindOf(publication.Status), person: null, publication.Status is PublicationStatus.Published or PublicationStatus.Corrected or PublicationStatus.Withdrawn ? number : null,
                publication.Status is PublicationStatus.Failed ? publication.Steps.Find(s => s.Problem is not null)?.Problem : null));
            events.Add(Event(publication.RequestedAt, PublicationEventKind.Asked, names.GetValueOrDefault(publication.RequestedById, "Somebody who left"), publication.Purpose is PublicationPurpose.Publish ? null : number, problem: null));

            PublicationEvent Event(DateTimeOffset at, PublicationEventKind kind, string? person, string? number, string? problem) => new(at, kind, person, number, problem) { Purpose = publication.Purpose, Rule = publication.Rule };
        }
        return events;
    }

    private static PublicationEventKind KindOf(PublicationStatus ended) => ended switch
    {
        PublicationStatus.Published => PublicationEventKind.Published,
        PublicationStatus.Withdrawn => PublicationEventKind.Withdrawn,
        PublicationStatus.Corrected => PublicationEventKind.Corrected,
        PublicationStatus.Cancelled => PublicationEventKind.Cancelled,
        PublicationStatus.Failed => PublicationEventKind.Failed,
        _ => throw new ArgumentOutOfRangeException(nameof(ended), ended, "This has not ended."),
    };
}
