using DextSage.Integration.Storage;

namespace DextSage.Integration.Items.Bulk;

/// <summary>What is done to many items at once.</summary>
public enum BulkAction
{
    Edit,

    /// <summary>To Sales, or to Costs.</summary>
    Move,
    Archive,
    Unarchive,

    /// <summary>Into the bin, from where they can be restored.</summary>
    Delete,
    Restore,
    Publish,

    /// <summary>Gives the items of an earlier run back what they held before it.</summary>
    Undo,

    /// <summary>Out of the bin, and never back.</summary>
    DeleteForEver,

    /// <summary>Sets what the rules say.</summary>
    ApplyRules,
}

public enum BulkStatus { Queued, Running, Completed, Cancelled, Failed }

/// <summary>Something asked for of many items. The row is written before anything is done, and goes on from where it is after a crash.</summary>
public sealed class BulkRun : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>Who asked: what they may do is asked again with each batch.</summary>
    public required Guid PersonId { get; init; }
    public required BulkAction Action { get; init; }

    /// <summary>What every item gets, as <see cref="BulkEdits"/> writes it; null where the action says all.</summary>
    public string? Edits { get; init; }

    /// <summary>The same in words: "Category: Office costs (7500)".</summary>
    public string? Summary { get; init; }

    /// <summary>The rule whose say alone is followed; null for all of them.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>The run that this one takes back.</summary>
    public Guid? UndoOf { get; init; }

    /// <summary>The run that took this one back.</summary>
    public Guid? UndoneBy { get; set; }

    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
    public BulkStatus Status { get; set; }
    public bool CancelRequested { get; set; }

    /// <summary>Items that were there when it was asked for. What comes later is not touched.</summary>
    public required int Total { get; init; }

    /// <summary>How many of them have been looked at. Written in one transaction with what was done to them.</summary>
    public int Position { get; set; }
    public int Done { get; set; }
    public int Skipped { get; set; }
    public int Failed { get; set; }

    /// <summary>Why it failed as a whole, as a sentence.</summary>
    public string? Problem { get; set; }
}

/// <summary>The items of a run, fixed when it was asked for: 16 bytes of id each, in the order of the list they were chosen from.</summary>
public sealed class BulkSelection : IBusinessOwned
{
    public required Guid RunId { get; init; }
    public required Guid BusinessId { get; init; }
    public required byte[] Items { get; init; }

    public static byte[] Pack(IReadOnlyList<Guid> ids)
    {
        var packed = new byte[ids.Count * 16];
        for (var i = 0; i < ids.Count; i++) ids[i].TryWriteBytes(packed.AsSpan(i * 16, 16));
        return packed;
    }

    public static IReadOnlyList<Guid> Unpack(byte[] packed)
    {
        var ids = new Guid[packed.Length / 16];
        for (var i = 0; i < ids.Length; i++) ids[i] = new Guid(packed.AsSpan(i * 16, 16));
        return ids;
    }
}

public enum BulkOutcome { Done, Skipped, Failed }

/// <summary>What a run came to for one item.</summary>
public sealed class BulkResult : IBusinessOwned
{
    public required Guid RunId { get; init; }

    /// <summary>From 0, in the run's own order.</summary>
    public required int Position { get; init; }
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public required string Code { get; init; }
    public required BulkOutcome Outcome { get; init; }

    /// <summary>Why nothing was done, as a sentence.</summary>
    public string? Sentence { get; init; }

    /// <summary>The item's version that the run made.</summary>
    public int? Version { get; init; }

    /// <summary>What changed, from what to what, as <see cref="ItemTrace"/> writes it: what undoing goes back to.</summary>
    public string? Trace { get; init; }
}
