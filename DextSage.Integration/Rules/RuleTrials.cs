using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Rules;

/// <summary>What rules would do to the inboxes: done as it would be done, in contexts that are never saved.</summary>
public sealed class RuleTrials(BusinessStore store, TimeProvider time)
{
    /// <summary>Items that are shown of a trial.</summary>
    public const int MostRows = 200;

    private const int ItemsAtATime = 500;

    /// <param name="rules">All of the business, with the one that is tried among them.</param>
    /// <param name="only">The rule that is tried; null for all.</param>
    /// <returns>What would change, and the ids of those items.</returns>
    internal async Task<(RuleTrial Trial, IReadOnlyList<Guid> Items)> RunAsync(Guid businessId, IReadOnlyList<Rule> rules, Guid? only, CancellationToken cancellationToken)
    {
        var book = new RuleBook(rules);
        var duplicates = await DuplicatesAsync(businessId, rules.FirstOrDefault(r => r.Id == only), cancellationToken);
        var (looked, rows, changed) = (0, new List<TrialRow>(), new List<Guid>());
        for (Guid? after = Guid.Empty; after is not null;)
        {
            await using var db = store.OpenForJob(businessId);
            db.ChangeTracker.AutoDetectChangesEnabled = false;
            db.Remembered = [];
            var items = await db.Items.Include(i => i.Document).Include(i => i.Lines.OrderBy(l => l.Position)).AsSplitQuery().AsTracking()
                .Where(i => i.Place == Place.Inbox && (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready) && i.Id.CompareTo(after.Value) > 0)
                .OrderBy(i => i.Id).Take(ItemsAtATime).ToListAsync(cancellationToken);
            after = items.Count < ItemsAtATime ? null : items[^1].Id;
            looked += items.Count;
            foreach (var (item, changes) in await TryAsync(db, book, items, only, duplicates, cancellationToken))
            {
                changed.Add(item.Id);
                if (rows.Count < MostRows) rows.Add(new(item.Code, item.Workspace, item.Workspace is Workspace.Sales ? item.CustomerName : item.SupplierName, item.Total, item.Currency, changes));
            }
        }

        return (new RuleTrial(looked, changed.Count, rows), changed);
    }

    private async Task<IReadOnlyList<(Item Item, IReadOnlyList<ChangeView> Changes)>> TryAsync(DextSageDb db, RuleBook book, List<Item> items, Guid? only, IReadOnlyDictionary<Guid, DuplicateCheck?> duplicates, CancellationToken cancellationToken)
    {
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var held = await HeldAsync(db, items, context, duplicates, cancellationToken);
        var outcomes = (await RuleFactsReader.ReadAsync(db, items, book.LooksAtText, cancellationToken)).ToDictionary(f => f.ItemId, book.Decide);
        var met = items.FindAll(i => outcomes[i.Id].Proposals.Any(p => only is null || p.By.RuleId == only) || held.ContainsKey(i.Id));
        if (met.Count == 0) return [];
        await db.LoadEntriesAsync(met, cancellationToken);
        var before = met.ConvertAll(ItemSnapshot.Of);
        foreach (var item in met) await RuleApplication.MakeAsync(db, item, outcomes[item.Id], only, time.GetUtcNow(), cancellationToken);
        db.ChangeTracker.DetectChanges();
        await db.LoadEntriesAsync(met, cancellationToken);
        foreach (var item in met) ItemDefaults.SettleTax(item, context);
        return [.. met.Zip(before).Select(m => (m.First, (IReadOnlyList<ChangeView>)[.. Changes(m.First, m.Second), .. held.TryGetValue(m.First.Id, out var change) ? [change] : Array.Empty<ChangeView>()])).Where(m => m.Item2.Count > 0)];
    }

    /// <summary>What the rule that is tried would say of duplicates, where that is not what is so now: by its supplier or customer.</summary>
    private async Task<IReadOnlyDictionary<Guid, DuplicateCheck?>> DuplicatesAsync(Guid businessId, Rule? tried, CancellationToken cancellationToken)
    {
        if (tried is not { Kind: RuleKind.Supplier or RuleKind.Customer, SubjectId: { } contact }) return new Dictionary<Guid, DuplicateCheck?>();
        await using var db = store.OpenForJob(businessId);
        DuplicateCheck? now = (await db.DuplicateRulesAsync([contact], cancellationToken)).TryGetValue(contact, out var said) ? said : null;
        return now == tried.Duplicates ? new Dictionary<Guid, DuplicateCheck?>() : new() { [contact] = tried.Duplicates };
    }

    /// <summary>The items that would wait as duplicates, or would not any more: as soon as the rule is saved, since nothing of it is written on them.</summary>
    private static async Task<IReadOnlyDictionary<Guid, ChangeView>> HeldAsync(DextSageDb db, List<Item> items, ReviewContext context, IReadOnlyDictionary<Guid, DuplicateCheck?> duplicates, CancellationToken cancellationToken)
    {
        var its = items.FindAll(i => ItemContact.Of(i).Read(i).Id is { } contact && duplicates.ContainsKey(contact));
        var (now, then) = (await context.WithTwinsAsync(db, its, cancellationToken), await (context with { TriedDuplicates = duplicates }).WithTwinsAsync(db, its, cancellationToken));
        return its.Select(i => (i.Id, From: Words(now, i), To: Words(then, i))).Where(h => h.From != h.To)
            .ToDictionary(h => h.Id, h => new ChangeView(ItemField.Duplicate, Line: null, LineField: null, h.From, h.To));

        static string Words(ReviewContext context, Item item) => context.TwinsOf(item).FirstOrDefault(t => t.IsFirst) is { } twin ? $"looks like item {twin.Code}: {twin.InWords}" : "not held as one";
    }

    private static string Lines(int count) => count switch { 0 => "one amount", 1 => "1 line", _ => $"{count} lines" };

    private static IReadOnlyList<ChangeView> Changes(Item item, ItemSnapshot before)
    {
        var changes = before.Until(ItemSnapshot.Of(item)).ToList();
        return
        [
            .. changes.Where(c => c.Value is { LineId: null, Field: not ItemField.Lines }).Select(c => new ChangeView(c.Value.Field, Line: null, LineField: null, c.From, c.To)),
            .. changes.Exists(c => c.Value is { Field: ItemField.Lines, Of: null }) ? [new ChangeView(ItemField.Lines, Line: null, LineField: null, Lines(before.Lines), Lines(item.Lines.Count))] : Array.Empty<ChangeView>(),
            .. changes.Where(c => c.Value.CodingOfLine is not null).GroupBy(c => (c.Value.CodingOfLine, c.To)).Select(g => new ChangeView(g.Key.CodingOfLine!.Value, Line: null, LineField: null, From: null, $"{g.Key.To}, {(g.Count() == 1 ? "on one line" : $"on {g.Count()} lines")}")),
        ];
    }
}
