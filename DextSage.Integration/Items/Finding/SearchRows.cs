using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>The words of an item and its lines, for the search. The database keeps them by triggers (Storage/SearchTables), whatever writes an item and however many at once.</summary>
public sealed class ItemWords : IBusinessOwned
{
    public long Id { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid BusinessId { get; init; }

    /// <summary>A line for each field.</summary>
    public required string Words { get; init; }
}

/// <summary>The text of a document, as far as it could be read, for the search.</summary>
public sealed class DocumentText : IBusinessOwned
{
    /// <summary>Characters that are kept.</summary>
    public const int Longest = 100_000;

    public long Id { get; init; }
    public required Guid DocumentId { get; init; }
    public required Guid BusinessId { get; init; }

    /// <summary>Empty for a picture, and for a file that could not be read.</summary>
    public required string Text { get; set; }
}

/// <summary>How many items of a kind one person owns. Kept by triggers too: a tab's count does not count.</summary>
public sealed class ItemTally : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required Workspace Workspace { get; init; }
    public required Place Place { get; init; }
    public required ItemStatus Status { get; init; }
    public required Guid OwnerId { get; init; }
    public required bool HasFailed { get; init; }
    public required int Count { get; init; }
}
