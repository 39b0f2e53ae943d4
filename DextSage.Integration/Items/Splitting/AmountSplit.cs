using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A part of an item's total became an item of its own. Both have the whole document, and neither is the other's duplicate.</summary>
public sealed class AmountSplit : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>The one that kept the rest.</summary>
    public required Guid ItemId { get; init; }
    public required Guid PartId { get; init; }
    public required Guid PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    public DateTimeOffset? UndoneAt { get; set; }
}

/// <summary>What came of splitting an amount off.</summary>
/// <param name="Code">Item ID of the new item; null where it was refused.</param>
public sealed record AmountSplitOutcome(string? Code, string? Refusal);

/// <summary>What an item has to do with amounts that were split off.</summary>
/// <param name="Parts">Those that it gave an amount to, with what they have now.</param>
/// <param name="From">Item ID of the one from which its own amount came.</param>
public sealed record AmountSplitStanding(IReadOnlyList<AmountPart> Parts, string? From);

/// <param name="Code">Item ID.</param>
public sealed record AmountPart(string Code, decimal? Total, string? Currency);
