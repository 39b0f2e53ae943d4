using DextSage.Integration.Storage;

namespace DextSage.Integration.Items.Exports;

public enum ExportFormat { Csv, Xlsx, Zip }

/// <summary>An export that somebody asked for: which items, fixed when it was asked, and as what. Its file is made while it is fetched.</summary>
public sealed class ItemExport : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Who asked, and alone may fetch it.</summary>
    public required Guid PersonId { get; init; }
    public required ExportFormat Format { get; init; }
    public required int Count { get; init; }

    /// <summary>Packed as a run's are.</summary>
    public required byte[] Items { get; init; }

    /// <summary>What has been handed over goes to the archive.</summary>
    public bool ArchiveAfterwards { get; init; }
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>When its last byte was handed over for the first time.</summary>
    public DateTimeOffset? FetchedAt { get; set; }
}

/// <param name="Id">For its address; null where it was refused.</param>
/// <param name="Refusal">Why, as a sentence.</param>
public sealed record ExportAnswer(Guid? Id, string? Refusal);

/// <summary>A file about to be handed over.</summary>
/// <param name="FileName">With the business and the date.</param>
/// <param name="WriteAsync">Writes the file to where it is to go, as it is made.</param>
public sealed record ExportFile(string FileName, string ContentType, Func<Stream, CancellationToken, Task> WriteAsync);
