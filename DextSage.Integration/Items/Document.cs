using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A file as it came, byte for byte, in the content store under its SHA-256.</summary>
public sealed class Document : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>64 lower-case hex digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The sender's name for it. Shown and sent, never used as a path.</summary>
    public required string FileName { get; init; }

    /// <summary>As found in the content, not as claimed: application/pdf, image/jpeg or image/png.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes.</summary>
    public required long Length { get; init; }
    public int? Pages { get; init; }

    /// <summary>When the last item that used it was deleted for ever; null as long as one does.</summary>
    public DateTimeOffset? LeftAt { get; set; }
}
