using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.People;

/// <summary>A business as one of its members meets it.</summary>
public sealed record BusinessMembership(Caller Caller, string Slug, string Name, Role Role, bool MayPublish)
{
    public bool Allows(Permission permission) => Rights.Allows(permission);

    private Membership Rights => new() { BusinessId = Caller.BusinessId, PersonId = Caller.PersonId, Role = Role, MayPublish = MayPublish };
}

/// <summary>Which businesses a person belongs to.</summary>
public sealed class BusinessDirectory(BusinessStore store)
{
    public async Task<IReadOnlyList<BusinessMembership>> OfAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        return await AsMet(MembershipsOf(db, personId).OrderBy(m => m.Business!.Name)).ToListAsync(cancellationToken);
    }

    /// <summary>Null where there is no such business, or none that this person belongs to: the two look alike.</summary>
    public async Task<BusinessMembership?> FindAsync(Guid personId, string slug, CancellationToken cancellationToken = default)
    {
        await using var db = await store.OpenForEveryoneAsync(cancellationToken);
        return await AsMet(MembershipsOf(db, personId).Where(m => m.Business!.Slug == slug)).SingleOrDefaultAsync(cancellationToken);
    }

    // The person's own memberships, across businesses: the one query that must look past the business filter.
    private static IQueryable<Membership> MembershipsOf(DextSageDb db, Guid personId) =>
        db.Memberships.IgnoreQueryFilters().AsNoTracking().Where(m => m.PersonId == personId);

    // Last of all: nothing can be filtered or sorted by what a record's constructor took.
    private static IQueryable<BusinessMembership> AsMet(IQueryable<Membership> memberships) =>
        memberships.Select(m => new BusinessMembership(new Caller(m.PersonId, m.BusinessId), m.Business!.Slug, m.Business.Name, m.Role, m.MayPublish));
}
