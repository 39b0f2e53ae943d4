using DextSage.Integration.People;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>Publishes an item. Implemented by the room that does; items know no more of it.</summary>
public interface IItemPublisher
{
    /// <summary>Null where publishing was begun, or why not, as a sentence.</summary>
    /// <param name="seenVersion">The item's version that was looked at.</param>
    Task<string?> PublishAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default);

    /// <summary>Those of the items of which Sage holds a document, or of which it is not certain that it holds none.</summary>
    Task<IReadOnlySet<Guid>> MayBeInSageAsync(DextSageDb db, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken = default);
}
