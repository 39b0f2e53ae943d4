using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>Several items became one. They are kept as they were, out of sight, until somebody takes it apart again.</summary>
public sealed class ItemMerge : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>The item that they became.</summary>
    public required Guid IntoId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>When it was taken apart again.</summary>
    public DateTimeOffset? UndoneAt { get; set; }
}
