using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

public enum CheckStatus { Running, Completed, Failed }

/// <summary>One comparison of what was published with what Sage holds by now. It goes on from its row, and running it twice does no harm.</summary>
public sealed class BooksCheck : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Null where the night began it.</summary>
    public Guid? RequestedById { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>By Sage's clock: what has changed there since then is looked at.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>By Sage's clock, when it began to read: the next one asks for what has changed since.</summary>
    public DateTimeOffset? SageAt { get; set; }
    public CheckStatus Status { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Names of the kinds of documents that are done, with commas between them.</summary>
    public string DoneKinds { get; set; } = "";

    /// <summary>Published documents that it answers for: those whose change was not told are as they were.</summary>
    public int Documents { get; set; }

    /// <summary>Those of them that Sage says have changed, read one by one.</summary>
    public int Read { get; set; }

    /// <summary>How often it was held up in a row.</summary>
    public int Tries { get; set; }

    /// <summary>What it waits for, as a sentence.</summary>
    public string? WaitingBecause { get; set; }

    /// <summary>Why it failed, as a sentence.</summary>
    public string? Problem { get; set; }
}

public enum DifferenceKind { Changed, Deleted }

/// <summary>Something that Sage holds otherwise than it was published, from when it was first seen until it agrees again.</summary>
public sealed class PublicationDifference : IBusinessOwned
{
    /// <summary>As the field of one that was deleted as a whole.</summary>
    public const string WholeDocument = "document";

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }

    /// <summary>Sage's id of the document.</summary>
    public required string DocumentId { get; init; }
    public required DifferenceKind Kind { get; init; }

    /// <summary>As a bookkeeper calls it, within a sentence: "due date", "category of line 2".</summary>
    public required string Field { get; init; }
    public string? Meant { get; init; }
    public string? InSage { get; set; }
    public required DateTimeOffset FirstSeenAt { get; init; }
    public DateTimeOffset LastSeenAt { get; set; }
    public DateTimeOffset? ResolvedAt { get; set; }

    /// <summary>Somebody has said that it is right as it is in Sage.</summary>
    public DateTimeOffset? AcceptedAt { get; set; }
    public Guid? AcceptedById { get; set; }
}
