namespace DextSage.Integration.Items.Bulk;

/// <summary>What a person asks for.</summary>
/// <param name="Edits">What every item gets; one edit a field. Empty where the action says all.</param>
public sealed record BulkOrder(BulkAction Action, BulkChoice Items, params IReadOnlyList<ItemEdit> Edits);

/// <summary>Which items.</summary>
public abstract record BulkChoice
{
    /// <summary>Those that were ticked, by their Item IDs.</summary>
    public sealed record Ticked(IReadOnlyList<string> Codes) : BulkChoice;

    /// <summary>All that match, on whatever page of the list.</summary>
    /// <param name="Query">The filter and the order; its page has no say.</param>
    /// <param name="Seen">How many there were on the screen: when it is another number by now, nothing is begun.</param>
    public sealed record Matching(InboxQuery Query, int Seen) : BulkChoice;

    /// <summary>Those that were chosen before, by ids of ours that nobody outside has seen.</summary>
    internal sealed record Known(IReadOnlyList<Guid> Ids) : BulkChoice;
}

/// <param name="RunId">The run; null where it was refused.</param>
/// <param name="Refusal">Why nothing was begun, as a sentence.</param>
public sealed record BulkAnswer(Guid? RunId, string? Refusal);

/// <summary>A run as people follow it.</summary>
/// <param name="Person">Who asked.</param>
/// <param name="IsTheirs">The viewer asked for it, or is an Admin: they may cancel it and take it back.</param>
public sealed record BulkRunView(
    Guid Id, BulkAction Action, string? Summary, Guid PersonId, string Person, bool IsTheirs, BulkStatus Status, bool CancelRequested,
    int Total, int Position, int Done, int Skipped, int Failed, DateTimeOffset AskedAt, DateTimeOffset? EndedAt, string? Problem, Guid? UndoOf, Guid? UndoneBy)
{
    public bool IsLive => Status is BulkStatus.Queued or BulkStatus.Running;

    public bool CanBeUndone => IsTheirs && !IsLive && Done > 0 && UndoneBy is null && !Action.IsFinal();

    /// <summary>What it did not come to.</summary>
    public int Untouched => Total - Position;
}

/// <param name="Party">The supplier, or the customer of a sale, of the item as it is now, to know it by; null where it is gone, or has none.</param>
/// <param name="CanBeOpened">False where the item is gone, or not the viewer's to see.</param>
public sealed record BulkResultRow(string Code, BulkOutcome Outcome, string? Sentence, string? Party, bool CanBeOpened);
