using DextSage.Integration.Publishing;

namespace DextSage.App.Items;

/// <summary>A publication and its steps in words, as the proof tells them.</summary>
internal static class PublishingWords
{
    public static string Title(PublicationProof publication) => $"{publication.Generation}. {(publication.Purpose, publication.Status) switch
    {
        (_, PublicationStatus.Published) => $"Published{As(publication)}",
        (_, PublicationStatus.Withdrawn) => $"Withdrawn from Sage{As(publication)}",
        (_, PublicationStatus.Corrected) => $"Corrected in Sage{As(publication)}",
        (PublicationPurpose.Publish, PublicationStatus.Failed) => "Publishing failed",
        (PublicationPurpose.Publish, PublicationStatus.Cancelled) => "Publishing was cancelled",
        (PublicationPurpose.Publish, _) => "Being published",
        (PublicationPurpose.Withdraw, PublicationStatus.Failed) => "Sage did not let go of it",
        (PublicationPurpose.Withdraw, PublicationStatus.Cancelled) => "The withdrawal was cancelled",
        (PublicationPurpose.Withdraw, _) => "Being withdrawn",
        (_, PublicationStatus.Failed) => "Sage did not take the correction",
        (_, PublicationStatus.Cancelled) => "The correction was cancelled",
        _ => "Being corrected",
    }}";

    public static string Status(StepProof step) => step.Status switch
    {
        StepStatus.Waiting => "not begun",
        StepStatus.Sending => "sent, not answered yet",
        StepStatus.Done => "done",
        StepStatus.Failed => "refused",
        StepStatus.Unknown => "no answer",
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Status, message: null),
    };

    private static string As(PublicationProof publication) => publication switch
    {
        { SageNumber: null } => "",
        { Status: PublicationStatus.Published } => $" as {publication.SageNumber}",
        _ => $", where it was {publication.SageNumber}",
    };
}
