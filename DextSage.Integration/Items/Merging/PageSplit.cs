using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>The pages of an item's document were given to several items; it kept the first of them.</summary>
public sealed class PageSplit : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }

    /// <summary>The document as it was, kept for putting it together again.</summary>
    public required Guid WholeId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
}
