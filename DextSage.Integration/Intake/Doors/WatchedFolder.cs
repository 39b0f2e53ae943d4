using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Doors;

/// <summary>
/// Below which folder of the server those of the businesses lie: each has the one that is called like it in addresses, and the folders in that one. So no Admin
/// can have anything else of the server read, nor what is another business's.
/// </summary>
/// <param name="Base">Absolute; null where whoever runs DextSage named none.</param>
public sealed record FolderOptions(string? Base);

/// <summary>The folder that is looked into for a business.</summary>
public sealed class WatchedFolder : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public bool IsOn { get; set; }

    /// <summary>The name of a folder in the business's own; empty for that one itself.</summary>
    public string Name { get; set; } = "";
    public Workspace Workspace { get; set; }

    /// <summary>The Admin who turned it on: whose the items are, and in whose name they come.</summary>
    public Guid PersonId { get; set; }

    /// <summary>Why it is not looked into, or what in it cannot be taken, as a sentence; null where all is well.</summary>
    public string? Problem { get; set; }
    public DateTimeOffset? LookedAt { get; set; }
}
