using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>
/// Somebody said of two items that look alike: it's different. It holds for the ways in which they looked alike then; when they come to look alike
/// in another way, that is asked anew.
/// </summary>
public sealed class DuplicateDecision : IBusinessOwned
{
    public required Guid BusinessId { get; init; }

    /// <summary>The smaller id of the two.</summary>
    public required Guid OneId { get; init; }
    public required Guid OtherId { get; init; }

    /// <summary>What was decided about.</summary>
    public Likeness By { get; set; }
    public required Guid PersonId { get; set; }
    public required DateTimeOffset At { get; set; }

    public static (Guid One, Guid Other) Pair(Guid one, Guid other) => one.CompareTo(other) < 0 ? (one, other) : (other, one);
}
