using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>Deletes items for ever, in the caller's transaction: from the bin alone, and never what is in Sage or may be.</summary>
internal sealed class ItemDeletion(BusinessScope scope, IItemPublisher publisher, DateTimeOffset now)
{
    private readonly DextSageDb db = scope.Db;

    /// <summary>Deletes those that may be deleted, with what went into them.</summary>
    /// <returns>Why the others may not, by their ids.</returns>
    public async Task<IReadOnlyDictionary<Guid, string>> DeleteAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.ToArray();
        var items = await scope.Items.AsNoTracking().Where(i => EF.Parameter(wanted).Contains(i.Id)).ToListAsync(cancellationToken);
        var parts = await PartsAsync(items, cancellationToken);
        var all = items.Concat(parts.Select(p => p.Part)).ToList();
        var sent = await publisher.MayBeInSageAsync(db, [.. all.Select(i => i.Id)], cancellationToken);
        var refusals = items.Select(i => (i.Id, Refusal: Refusal(i, parts.Where(p => p.Of.Id == i.Id).Select(p => p.Part), sent)))
            .Where(i => i.Refusal is not null).ToDictionary(i => i.Id, i => i.Refusal!);

        var gone = all.FindAll(i => !refusals.ContainsKey(i.Id) && !parts.Exists(p => p.Part.Id == i.Id && refusals.ContainsKey(p.Of.Id)));
        foreach (var item in gone) Remember(item, parts.Find(p => p.Part.Id == item.Id).Of?.Code);
        await db.SaveChangesAsync(cancellationToken);
        await TakeAwayAsync(gone, cancellationToken);
        return refusals;
    }

    /// <summary>What went into an item lies aside, where nobody can delete it, and its pages are in that item's document: it goes with it.</summary>
    private async Task<List<(Item Part, Item Of)>> PartsAsync(IReadOnlyList<Item> items, CancellationToken cancellationToken)
    {
        List<(Item Part, Item Of)> parts = [];
        var roots = items.ToDictionary(i => i.Id);
        for (var within = roots; within.Count > 0;)
        {
            var ids = within.Keys.ToArray();
            var merged = await db.ItemMerges.Where(m => EF.Parameter(ids).Contains(m.IntoId)).Join(db.Items, m => (Guid?)m.Id, i => i.MergeId, (m, i) => new { Of = m.IntoId, Part = i }).AsNoTracking().ToListAsync(cancellationToken);
            var rejoined = await db.PageSplits.Where(s => EF.Parameter(ids).Contains(s.ItemId) && s.UndoneAt != null)
                .Join(db.Items.Where(i => i.Place == Place.Aside), s => (Guid?)s.Id, i => i.SplitId, (s, i) => new { Of = s.ItemId, Part = i }).AsNoTracking().ToListAsync(cancellationToken);
            var given = await db.AmountSplits.Where(s => EF.Parameter(ids).Contains(s.ItemId) && s.UndoneAt != null)
                .Join(db.Items.Where(i => i.Place == Place.Aside), s => s.PartId, i => i.Id, (s, i) => new { Of = s.ItemId, Part = i }).AsNoTracking().ToListAsync(cancellationToken);
            var next = new Dictionary<Guid, Item>();
            foreach (var found in merged.Concat(rejoined).Concat(given).Where(f => !roots.ContainsKey(f.Part.Id) && !parts.Exists(p => p.Part.Id == f.Part.Id)))
            {
                parts.Add((found.Part, within[found.Of]));
                next[found.Part.Id] = within[found.Of];
            }

            within = next;
        }

        return parts;
    }

    private static string? Refusal(Item item, IEnumerable<Item> parts, IReadOnlySet<Guid> sent) => item switch
    {
        { Status: ItemStatus.Published } or { SageDocumentId: not null } => "This item is in Sage. It stays here as the record of what was published.",
        { Status: ItemStatus.Publishing } => "This item is on its way to Sage.",
        { Place: not Place.Bin } => "Only what is in the bin can be deleted for ever. Delete it first.",
        _ when sent.Contains(item.Id) => "This item was in Sage, or it is not certain that it did not arrive there. It stays in the bin as the record of it.",
        _ when parts.FirstOrDefault(p => p.SageDocumentId is not null || sent.Contains(p.Id)) is { } part => $"Item {part.Code}, which went into this one, was sent to Sage. Both stay as the record of it.",
        _ => null,
    };

    private void Remember(Item item, string? with) => db.Add(new DeletedItem
    {
        BusinessId = item.BusinessId, Code = item.Code, OwnerId = item.OwnerId, Workspace = item.Workspace, Type = item.Type, CreatedAt = item.CreatedAt,
        Party = item.Workspace is Workspace.Sales ? item.CustomerName : item.SupplierName, Reference = item.Reference, Date = item.Date, Total = item.Total, Currency = item.Currency,
        With = with, PersonId = scope.Member.PersonId, At = now,
    });

    // Lines, notes, history, words and publications hang on the item, and go with it.
    private async Task TakeAwayAsync(List<Item> gone, CancellationToken cancellationToken)
    {
        var ids = gone.ConvertAll(i => i.Id).ToArray();
        var splits = gone.Select(i => i.SplitId).OfType<Guid>().ToArray();
        // The whole document of a split holds the pages of each of its parts: without one of them it is not put together again.
        var ended = db.PageSplits.Where(s => EF.Parameter(ids).Contains(s.ItemId) || EF.Parameter(splits).Contains(s.Id));
        var documents = gone.Select(i => i.DocumentId).OfType<Guid>().Concat(await ended.Select(s => s.WholeId).ToListAsync(cancellationToken)).Distinct().ToArray();
        await ended.ExecuteDeleteAsync(cancellationToken);
        await db.Items.Where(i => i.OriginalId != null && EF.Parameter(ids).Contains(i.OriginalId.Value)).ExecuteUpdateAsync(set => set.SetProperty(i => i.OriginalId, (Guid?)null), cancellationToken);
        await db.Items.Where(i => EF.Parameter(ids).Contains(i.Id)).ExecuteDeleteAsync(cancellationToken);
        await db.LetGoAsync(documents, now, cancellationToken);
    }
}
