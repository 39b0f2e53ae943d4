using DextSage.Integration.Storage;

namespace DextSage.Integration.Intake.Doors;

/// <summary>By what a scanner or a script sends files into one business. The key itself is kept nowhere: only its hash is.</summary>
public sealed class ApiKey : IBusinessOwned
{
    /// <summary>Characters.</summary>
    public const int LongestName = 60;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>What the Admin calls it: the scanner, the script.</summary>
    public required string Name { get; init; }

    /// <summary>How it begins, for telling keys apart; the rest is 240 bits.</summary>
    public required string Hint { get; init; }

    /// <summary>SHA-256 of the whole key: 64 lower-case hex digits. What is random needs no slow hash.</summary>
    public required string Hash { get; init; }

    /// <summary>Who made it. It acts in their name, and ends with their membership.</summary>
    public required Guid PersonId { get; init; }

    /// <summary>It may ask for every item that this person sees, not only for what came in through the API.</summary>
    public bool SeesAllItems { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public DateTimeOffset? RevokedAt { get; set; }
    public Guid? RevokedById { get; set; }
}
