using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Doors;

/// <summary>By which way a file came that nobody dropped.</summary>
public enum DeliveryDoor { Api, Folder }

/// <summary>
/// A file that came by itself, written down before anything is done about it. Whoever sends it again, because the answer was lost, is told what became
/// of it the first time; what was broken off is finished.
/// </summary>
public sealed class Delivery : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required DeliveryDoor Door { get; init; }

    /// <summary>The API key that sent it.</summary>
    public Guid? ApiKeyId { get; init; }

    /// <summary>The sender's own name for this delivery, unique to its door; null where it has none, and each is a new one.</summary>
    public string? Key { get; init; }

    /// <summary>SHA-256 of the content and of what was said about it: 64 lower-case hex digits.</summary>
    public required string Fingerprint { get; init; }

    public required string FileName { get; init; }
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>Null while it is going on, or where it was broken off.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What became of it, as it was answered.</summary>
    public ArrivalReport? Report { get; set; }
}
