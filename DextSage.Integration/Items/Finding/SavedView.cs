using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A view of an inbox that somebody gave a name.</summary>
public sealed class SavedView : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Who made it.</summary>
    public required Guid PersonId { get; init; }
    public required Workspace Workspace { get; init; }
    public required string Name { get; set; }

    /// <summary>The query of the inbox's address, without its question mark; empty for the inbox as it opens.</summary>
    public required string Query { get; set; }

    /// <summary>Whether the whole business sees it.</summary>
    public bool IsShared { get; set; }
}
