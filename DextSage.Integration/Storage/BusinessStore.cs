using DextSage.Integration.Items;
using DextSage.Integration.People;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Integration.Storage;

/// <summary>The one door to a business's rows: no context without a checked membership and permission.</summary>
public sealed class BusinessStore(IDbContextFactory<DextSageDb> contexts, DbContextOptions<DextSageDb> options)
{
    /// <exception cref="AccessDeniedException">The caller is no member, or the role does not allow it.</exception>
    public async Task<BusinessScope> OpenAsync(Caller caller, Permission permission, CancellationToken cancellationToken = default)
    {
        var db = OpenForJob(caller.BusinessId);
        try
        {
            var member = await db.Memberships.AsNoTracking().SingleOrDefaultAsync(m => m.PersonId == caller.PersonId, cancellationToken);
            if (member is null || !member.Allows(permission))
                throw new AccessDeniedException(permission, isMember: member is not null);
            return new BusinessScope(db, member);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>For work that nobody asks for in person: jobs, which act for the business itself.</summary>
    public DextSageDb OpenForJob(Guid businessId) => new(options) { BusinessId = businessId };

    /// <summary>For what lies above businesses: who exists, who belongs where. Sees no business's own rows.</summary>
    public Task<DextSageDb> OpenForEveryoneAsync(CancellationToken cancellationToken = default) => contexts.CreateDbContextAsync(cancellationToken);
}

/// <summary>A context on one business, with the member it was opened for.</summary>
public sealed class BusinessScope(DextSageDb db, Membership member) : IAsyncDisposable
{
    public DextSageDb Db { get; } = db;
    public Membership Member { get; } = member;

    /// <summary>The items this member may see: all, or their own.</summary>
    public IQueryable<Item> Items => Member.SeesAllItems() ? Db.Items : Db.Items.Where(i => i.OwnerId == Member.PersonId);

    /// <summary>Whether this member may see the items of an owner.</summary>
    public bool Sees(Guid ownerId) => Member.SeesAllItems() || ownerId == Member.PersonId;

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
