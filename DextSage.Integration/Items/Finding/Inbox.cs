using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Items;

/// <summary>The inbox of a workspace: pages of rows, and the counts on its tabs.</summary>
public sealed class Inbox(BusinessStore store)
{
    private const int LargestPage = 200;

    public async Task<InboxPage> PageAsync(Caller caller, InboxQuery query, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var context = await ReviewContext.ReadAsync(scope.Db, cancellationToken);
        var matching = scope.Matching(query.Filter);
        var total = await matching.CountAsync(cancellationToken);
        var size = Math.Clamp(query.PageSize, 1, LargestPage);
        var items = await matching.SortedBy(query).WithEntries().AsNoTracking()
            .Skip(Math.Max(query.Page, 0) * size).Take(size).ToListAsync(cancellationToken);
        var ownerIds = items.Select(i => i.OwnerId).Distinct().ToList();
        var owners = await scope.Db.Users.Where(p => ownerIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.DisplayName, cancellationToken);
        return new InboxPage([.. items.Select(i => Row(i, owners[i.OwnerId], context))], total) { Names = await FilterNames.ReadAsync(scope.Db, query.Filter, cancellationToken) };
    }

    /// <summary>What each tab holds of a filter; the filter's own tab has no say.</summary>
    public async Task<InboxCounts> CountsAsync(Caller caller, ItemFilter filter, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(caller, Permission.View, cancellationToken);
        var items = scope.Matching(filter, everywhere: true);
        var counts = await items.GroupBy(i => new { i.Place, i.Status }).Select(g => new { g.Key.Place, g.Key.Status, Count = g.Count() }).ToListAsync(cancellationToken);
        var failed = await items.Lying(InboxTab.Failed).CountAsync(cancellationToken);
        int In(Place place) => counts.Where(c => c.Place == place).Sum(c => c.Count);
        int Of(ItemStatus status) => counts.Where(c => c.Place is Place.Inbox && c.Status == status).Sum(c => c.Count);
        return new InboxCounts(In(Place.Inbox), Of(ItemStatus.ToReview), Of(ItemStatus.Ready), failed, Of(ItemStatus.Processing), In(Place.Archive), In(Place.Bin));
    }

    private static InboxRow Row(Item item, string owner, ReviewContext context) => new(
        item.Code, item.Version, item.Status, item.Type, item.Date, item.Workspace is Workspace.Sales ? item.CustomerName : item.SupplierName,
        item.Category?.DisplayName ?? item.CategoryName, item.TaxRate?.DisplayName,
        item.Reference, item.Total, item.Tax, item.Currency, item.Document?.FileName, owner, item.CreatedAt,
        item.Failure, item.SageNumber, item.SageUrl, item.WaitingBecause,
        item.Status is ItemStatus.ToReview ? [.. ItemReview.Issues(ItemUnderReview.Of(item, context)).Select(i => i.Sentence)] : [])
    {
        Workspace = item.Workspace,
    };
}
