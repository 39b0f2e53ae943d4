using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Intake.Doors;

/// <summary>An item as the API tells it.</summary>
/// <param name="Id">The Item ID.</param>
/// <param name="Total">Tax included, two decimals.</param>
/// <param name="Owner">The owner's e-mail address.</param>
/// <param name="Problem">Why publishing failed, as a sentence.</param>
/// <param name="Number">What Sage shows for it, once it is published.</param>
public sealed record ApiItemView(
    string Id, Workspace Workspace, Place Place, ItemStatus Status, string? FileName, string? Owner, string? Supplier, string? Customer, string? Reference, DateOnly? Date, string? Currency,
    decimal? Total, decimal? Tax, bool IsDuplicate, string? Problem, string? Number, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Since">Changed then or later.</param>
/// <param name="After">The last item of the page before, by its Item ID.</param>
/// <param name="Limit">Items of a page.</param>
public sealed record ApiItemQuery(ItemStatus? Status, DateTimeOffset? Since, string? After, int Limit);

/// <param name="HasMore">There is another page, after the last of these.</param>
public sealed record ApiItemPage(IReadOnlyList<ApiItemView> Items, bool HasMore);

/// <summary>What a key may ask for: what came in through the API, or all that its person sees.</summary>
public sealed class ApiItems(BusinessStore store)
{
    /// <summary>Null where this key has no such item.</summary>
    public async Task<ApiItemView?> FindAsync(ApiCaller by, string code, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(by.Caller, Permission.View, cancellationToken);
        return await Views(scope, Of(scope, by).Where(i => i.Code == code)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>Newest first, without what went into other items; null where there is no item to go on after.</summary>
    public async Task<ApiItemPage?> PageAsync(ApiCaller by, ApiItemQuery query, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(by.Caller, Permission.View, cancellationToken);
        var items = Of(scope, by).Where(i => i.Place != Place.Aside);
        if (query.Status is { } status) items = items.Where(i => i.Status == status);
        if (query.Since is { } since) items = items.Where(i => i.UpdatedAt >= since);
        if (query.After is { } code)
        {
            if (await Of(scope, by).Where(i => i.Code == code).Select(i => (DateTimeOffset?)i.CreatedAt).SingleOrDefaultAsync(cancellationToken) is not { } at) return null;
#pragma warning disable CA1309 // It is SQL that compares, byte by byte.
            items = items.Where(i => i.CreatedAt < at || (i.CreatedAt == at && string.Compare(i.Code, code) < 0));
#pragma warning restore CA1309
        }
        var page = await Views(scope, items.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Code).Take(query.Limit + 1)).ToListAsync(cancellationToken);
        return new ApiItemPage(page.Count > query.Limit ? page[..query.Limit] : page, page.Count > query.Limit);
    }

    /// <summary>The member of an e-mail address; null where there is none.</summary>
    public async Task<Guid?> MemberAsync(ApiCaller by, string email, CancellationToken cancellationToken = default)
    {
        await using var scope = await store.OpenAsync(by.Caller, Permission.View, cancellationToken);
        var normal = email.Trim().ToUpper(CultureInfo.InvariantCulture);
        return await scope.Db.Memberships.Where(m => m.Person!.NormalizedEmail == normal).Select(m => (Guid?)m.PersonId).SingleOrDefaultAsync(cancellationToken);
    }

    private static IQueryable<Item> Of(BusinessScope scope, ApiCaller by) => by.SeesAllItems
        ? scope.Items.AsNoTracking()
        : scope.Items.AsNoTracking().Where(i => scope.Db.Deliveries.Any(d => d.Id == i.DeliveryId && d.Door == DeliveryDoor.Api));

    private static IQueryable<ApiItemView> Views(BusinessScope scope, IQueryable<Item> items) => items.Select(i => new ApiItemView(
        i.Code, i.Workspace, i.Place, i.Status, i.Document!.FileName, scope.Db.Users.Where(p => p.Id == i.OwnerId).Select(p => p.Email).FirstOrDefault(),
        i.SupplierName, i.CustomerName, i.Reference, i.Date, i.Currency, i.Total, i.Tax, i.IsDuplicate, i.Failure!.Sentence, i.SageNumber, i.CreatedAt, i.UpdatedAt));
}
