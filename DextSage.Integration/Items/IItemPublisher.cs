using DextSage.Integration.People;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>Publishes an item. Implemented by the room that does; items know no more of it.</summary>
public interface IItemPublisher
{
    /// <summary>Null where publishing was begun, or why not, as a sentence.</summary>
    /// <param name="seenVersion">The item's version that was looked at.</param>
    Task<string?> PublishAsync(Caller caller, string code, int seenVersion, CancellationToken cancellationToken = default);

    /// <summary>The same without a person at hand, because a rule says so.</summary>
    /// <param name="rule">The rule as it is called, for the history and the proof.</param>
    /// <param name="claim">Asked within the transaction that publishes it: false where it is not to be published after all.</param>
    Task<string?> PublishByRuleAsync(Caller caller, string code, int seenVersion, string rule, Func<DextSageDb, Task<bool>> claim, CancellationToken cancellationToken = default);

    /// <summary>Takes back a publication that a rule asked for, as long as nothing of its document was sent. Null, or why not.</summary>
    Task<string?> CancelByRuleAsync(Caller caller, string code, CancellationToken cancellationToken = default);

    /// <summary>Those of the items of which Sage holds a document, or of which it is not certain that it holds none.</summary>
    Task<IReadOnlySet<Guid>> MayBeInSageAsync(DextSageDb db, IReadOnlyCollection<Guid> items, CancellationToken cancellationToken = default);
}
