using DextSage.Integration.Items;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Rules;

/// <summary>Whether items may be published without a person, and how far. Off until an Admin turns it on.</summary>
public sealed class AutoPublishSettings : IBusinessOwned
{
    /// <summary>The limit that is offered first, in the base currency.</summary>
    public const decimal FirstLimit = 250;

    /// <summary>Minutes that are offered first.</summary>
    public const int FirstHold = 60;

    /// <summary>A week.</summary>
    public const int LongestHold = 7 * 24 * 60;

    public required Guid BusinessId { get; init; }
    public bool IsOn { get; set; }

    /// <summary>The largest total, tax included, in the base currency.</summary>
    public decimal Limit { get; set; } = FirstLimit;

    /// <summary>Between an item's arrival and its publishing, so that a person can look.</summary>
    public int HoldMinutes { get; set; } = FirstHold;

    /// <summary>The Admin who turned it on: in their name items are published.</summary>
    public Guid PersonId { get; set; }
    public DateTimeOffset ChangedAt { get; set; }
}

public enum AutoPublishStatus { Waiting, Published, NotPublished }

/// <summary>That an item is to be published without a person, or why it was not.</summary>
public sealed class AutoPublication : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public required Guid RuleId { get; init; }

    /// <summary>As the rule was called then.</summary>
    public required string RuleWords { get; init; }
    public required DateTimeOffset DecidedAt { get; init; }
    public required DateTimeOffset DueAt { get; set; }
    public AutoPublishStatus Status { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>Why not, as a sentence.</summary>
    public string? Sentence { get; set; }

    public void End(AutoPublishStatus status, string? sentence, DateTimeOffset now) => (Status, Sentence, EndedAt) = (status, sentence, now);

    internal static AutoPublication Of(Item item, RuleMark by, AutoPublishSettings settings, DateTimeOffset now) => new()
    {
        BusinessId = item.BusinessId, ItemId = item.Id, RuleId = by.RuleId, RuleWords = by.Words, DecidedAt = now, DueAt = now.AddMinutes(settings.HoldMinutes),
    };
}
