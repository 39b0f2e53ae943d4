namespace DextSage.Integration.Publishing;

/// <summary>What an item's history tells of a publication.</summary>
public enum PublicationEventKind { Asked, Published, Failed, Cancelled, Withdrawn, Corrected }

/// <param name="Person">Who asked for it.</param>
/// <param name="Number">Sage's number of the document, where it is known.</param>
/// <param name="Problem">Why it failed, as a sentence.</param>
public sealed record PublicationEvent(DateTimeOffset At, PublicationEventKind Kind, string? Person, string? Number, string? Problem)
{
    public PublicationPurpose Purpose { get; init; }

    /// <summary>The rule that published it in that person's name.</summary>
    public string? Rule { get; init; }
}
