using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DextSage.Integration.Items;

/// <summary>
/// Whether an item is held as a duplicate depends on others, so whoever saves items saves them through here: what has changed, what it looked like
/// before and what it looks like now are all reviewed in the same transaction.
/// </summary>
internal sealed class TwinUpkeep
{
    /// <summary>So few that each is looked at anew, whatever was changed of it.</summary>
    private const int Few = 20;

    private const int ItemsAtATime = 200;

    private readonly DextSageDb db;
    private readonly List<Item> changed = [];
    private readonly List<Looks> moved = [];

    private TwinUpkeep(DextSageDb db) => this.db = db;

    /// <summary>In place of <see cref="DbContext.SaveChangesAsync(CancellationToken)"/>.</summary>
    public static async Task SaveAsync(DextSageDb db, ReviewContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(cancellationToken) : null;
        var upkeep = Of(db);
        await db.SaveChangesAsync(cancellationToken);
        await upkeep.SettleAsync(context, now, cancellationToken);
        if (own is not null) await own.CommitAsync(cancellationToken);
    }

    /// <summary>Reviews the open items of suppliers and customers of whom it has changed whether duplicates are looked for. In the caller's transaction; what was tracked is not any more.</summary>
    public static async Task RenewAsync(DextSageDb db, IReadOnlyCollection<Guid> contacts, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var context = await ReviewContext.ReadAsync(db, cancellationToken);
        var upkeep = new TwinUpkeep(db);
        Guid[] ids = [.. contacts];
        for (Guid? after = Guid.Empty; after is not null;)
        {
            db.ChangeTracker.Clear();
            var items = await db.Items.WithEntries().AsTracking()
                .Where(i => (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready) && (i.Place == Place.Inbox || i.Place == Place.Archive) && i.Id.CompareTo(after.Value) > 0)
                .Where(i => EF.Parameter(ids).Contains(i.Workspace == Workspace.Sales ? i.CustomerId!.Value : i.SupplierId!.Value))
                .OrderBy(i => i.Id).Take(ItemsAtATime).ToListAsync(cancellationToken);
            after = items.Count < ItemsAtATime ? null : items[^1].Id;
            if (await upkeep.ReviewAsync(items, context, now, isNews: _ => true, cancellationToken) > 0) await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>Remembers which items are about to be saved, and how they looked; to be asked before saving.</summary>
    public static TwinUpkeep Of(DextSageDb db)
    {
        var upkeep = new TwinUpkeep(db);
        foreach (var entry in db.ChangeTracker.Entries<Item>().Where(e => e.State is EntityState.Added or EntityState.Modified))
        {
            upkeep.changed.Add(entry.Entity);
            var now = Looks.Of(entry.Entity);
            var before = entry.State is EntityState.Added ? null : Before(entry, now);
            if (before == now) continue;
            upkeep.moved.Add(now);
            if (before is not null) upkeep.moved.Add(before);
        }

        return upkeep;
    }

    /// <summary>After saving, in its transaction: reviews them, and the others to which they have become or ceased to be duplicates.</summary>
    public async Task SettleAsync(ReviewContext context, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var others = await OthersAsync(cancellationToken);
        var (renewed, held) = (changed, new List<Item>());
        if (changed.Count > Few)
        {
            // Of many, those that look as they did before are duplicates as they were before.
            var anew = moved.Select(l => l.ItemId).ToHashSet();
            renewed = changed.FindAll(i => anew.Contains(i.Id));
            held = changed.FindAll(i => i is { IsDuplicate: true, Status: ItemStatus.Ready } && !anew.Contains(i.Id));
            held.ForEach(i => i.Status = ItemStatus.ToReview);
        }

        var reviewed = await ReviewAsync([.. renewed, .. others], context, now, others.Contains, cancellationToken);
        if (held.Count + reviewed == 0) return;
        db.ChangeTracker.DetectChanges();
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Reviews items as they are stored.</summary>
    /// <returns>How many are not what they were.</returns>
    private async Task<int> ReviewAsync(IReadOnlyCollection<Item> items, ReviewContext context, DateTimeOffset now, Func<Item, bool> isNews, CancellationToken cancellationToken)
    {
        var reviewed = 0;
        var open = items.Where(i => i.Status is ItemStatus.ToReview or ItemStatus.Ready).ToList();
        await db.LoadEntriesAsync(open, cancellationToken);
        context = await context.WithTwinsAsync(db, open, cancellationToken);
        foreach (var item in open)
        {
            var status = ItemReview.StatusOf(ItemUnderReview.Of(item, context));
            var isDuplicate = context.TwinsOf(item).Any(t => t.IsFirst);
            if ((status, isDuplicate) == (item.Status, item.IsDuplicate)) continue;
            (item.Status, item.IsDuplicate) = (status, isDuplicate);
            if (isNews(item)) (item.Version, item.UpdatedAt) = (item.Version + 1, now);
            reviewed++;
        }

        return reviewed;
    }

    private async Task<HashSet<Item>> OthersAsync(CancellationToken cancellationToken)
    {
        if (moved.Count == 0) return [];
        var documents = moved.Where(l => l is { Sha256: null, DocumentId: not null }).Select(l => l.DocumentId!.Value).ToArray();
        var files = documents.Length == 0 ? [] : await db.Documents.Where(d => EF.Parameter(documents).Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Sha256, cancellationToken);
        var looks = moved.ConvertAll(l => l.Sha256 is null && l.DocumentId is { } id ? l with { Sha256 = files.GetValueOrDefault(id) } : l);
        var ids = (await Twins.AlikeAsync(db, looks, cancellationToken)).Except(changed.Select(i => i.Id)).ToArray();
        return ids.Length == 0 ? [] : [.. await db.Items.ByOwnIds().WithEntries().AsTracking().Where(i => EF.Parameter(ids).Contains(i.Id) && (i.Status == ItemStatus.ToReview || i.Status == ItemStatus.Ready)).ToListAsync(cancellationToken)];
    }

    private static Looks Before(EntityEntry<Item> entry, Looks now)
    {
        var isSale = Value<Workspace>(nameof(Item.Workspace)) is Workspace.Sales;
        var document = Value<Guid?>(nameof(Item.DocumentId));
        return new(
            now.ItemId, Value<Workspace>(nameof(Item.Workspace)), Value<Place>(nameof(Item.Place)),
            Value<Guid?>(isSale ? nameof(Item.CustomerId) : nameof(Item.SupplierId)), Value<string?>(isSale ? nameof(Item.CustomerName) : nameof(Item.SupplierName)),
            Value<string?>(nameof(Item.Reference)), Value<DateOnly?>(nameof(Item.Date)), Value<decimal?>(nameof(Item.Total)), Value<string?>(nameof(Item.Currency)),
            document, document == now.DocumentId ? now.Sha256 : null);

        T Value<T>(string property) => entry.OriginalValues.GetValue<T>(property);
    }
}
