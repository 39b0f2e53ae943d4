using DextSage.Integration.Storage;

namespace DextSage.Integration.Jobs;

/// <summary>
/// Work done for one business at a time. It carries no orders: it reads from the rows what is pending, so that running it
/// once too often, or again after a crash, does no harm.
/// </summary>
public interface IBusinessWork
{
    /// <summary>Does what is pending. Returns when to come back although nobody asks, or null.</summary>
    Task<DateTimeOffset?> RunAsync(Guid businessId, CancellationToken cancellationToken);

    /// <summary>Businesses with something pending, over all businesses: what a restart picks up.</summary>
    IQueryable<Guid> Pending(DextSageDb db);
}
