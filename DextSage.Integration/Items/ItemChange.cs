using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>One field of one item, from what to what, by whom.</summary>
public sealed class ItemChange : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }

    /// <summary>The item's version that this change made.</summary>
    public required int Version { get; init; }
    public required ItemField Field { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }

    /// <summary>Null where DextSage itself filled a field in.</summary>
    public required Guid? PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
}
