using DextSage.Integration.Intake.Exports;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Importing;

public enum ImportStatus { Arriving, Preview, Queued, Running, Completed, Cancelled, Failed }

/// <summary>
/// A Dext export on its way in: the files as they came, then what they hold, then what became of each row. The row is written before the first byte is
/// kept, and how far it has come is written with the items, so that a process killed anywhere goes on behind the last stretch.
/// </summary>
public sealed class ExportImport : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Who asked, and whose the items are.</summary>
    public required Guid PersonId { get; init; }
    public required Workspace Workspace { get; init; }
    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public ImportStatus Status { get; set; }
    public bool CancelRequested { get; set; }

    /// <summary>What the export was called.</summary>
    public string? FileName { get; set; }

    /// <summary>Which column of the file is what, where a person said so: a place from 0 for each of Dext's. Null where the headings say it.</summary>
    public Dictionary<ExportColumn, int>? Columns { get; set; }

    /// <summary>Rows of the export, those that cannot be read included.</summary>
    public int Total { get; set; }

    /// <summary>How many of the rows that can be read have been gone through.</summary>
    public int Position { get; set; }
    public int Added { get; set; }
    public int AlreadyHere { get; set; }
    public int Refused { get; set; }

    /// <summary>Of those that were added, the ones without a document. Expense claims have none in Dext either, and are not counted.</summary>
    public int WithoutFile { get; set; }

    /// <summary>Since when all rows have been gone through but those whose documents took too long to open; null before, and where there are none.</summary>
    public DateTimeOffset? WaitsSince { get; set; }

    /// <summary>Why it failed as a whole, or which of its files were left out, in sentences.</summary>
    public string? Problem { get; set; }

    public bool IsLive => Status is ImportStatus.Queued or ImportStatus.Running;
    public bool HasEnded => Status is ImportStatus.Completed or ImportStatus.Cancelled or ImportStatus.Failed;
}

/// <summary>A table beside the one that is imported is only named.</summary>
public enum ImportFileKind { Table, Zip, Paper, SecondTable }

/// <summary>One file that came with an export, kept until the import has ended. On the disk it has its id for a name.</summary>
public sealed class ImportFile : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>The sender's name for it. Shown and searched for Receipt IDs, never used as a path.</summary>
    public required string Name { get; init; }
    public required ImportFileKind Kind { get; init; }

    /// <summary>Bytes that are kept: none of a file that was too large, or of a second table.</summary>
    public required long Length { get; init; }
}

public enum RowOutcome { Added, AlreadyHere, Refused }

/// <summary>What became of one row.</summary>
public sealed class ImportRow : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required Guid ImportId { get; init; }

    /// <summary>In the file, from 1 (the headings).</summary>
    public required int Line { get; init; }
    public string? ReceiptId { get; init; }
    public required RowOutcome Outcome { get; init; }

    /// <summary>The item that it made, or that was here.</summary>
    public string? Code { get; init; }

    /// <summary>Why it was refused, or what of it was not taken over.</summary>
    public string? Sentence { get; init; }
    public bool HasFile { get; init; }

    /// <summary>It has no document in Dext either.</summary>
    public bool IsExpenseClaim { get; init; }

    /// <summary>Where Dext shows the document, of an item that came without.</summary>
    public string? ImageLink { get; init; }
}
