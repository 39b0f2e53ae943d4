using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>What somebody wrote to the others about an item. It stays here; what goes to Sage is <see cref="Item.Note"/>.</summary>
public sealed class ItemNote : IBusinessOwned
{
    /// <summary>Characters.</summary>
    public const int Longest = 2000;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid AuthorId { get; init; }
    public required string Text { get; set; }
    public required DateTimeOffset WrittenAt { get; init; }
    public DateTimeOffset? EditedAt { get; set; }
}
