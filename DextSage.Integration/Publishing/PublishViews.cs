using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <param name="MayBeCancelled">Nothing of its document was sent yet.</param>
public sealed record PublicationView(IReadOnlyList<StepView> Steps, bool MayBeCancelled)
{
    public PublicationPurpose Purpose { get; init; }

    public static readonly PublicationView None = new([], MayBeCancelled: false);
}

/// <summary>A step of a publication, in words.</summary>
/// <param name="At">When it ended, or else when it was sent.</param>
/// <param name="RemoteId">Sage's id of what the step made.</param>
public sealed record StepView(string Name, StepStatus Status, DateTimeOffset? At, string? RemoteId, string? Problem);

internal static class StepWords
{
    public static string Words(this StepKind kind, Destination destination, bool isSale) => kind switch
    {
        StepKind.EnsureContact => isSale ? "Create the customer" : "Create the supplier",
        StepKind.LookForDuplicates => "Look whether Sage has it already",
        StepKind.LookInSage => "Look how it stands in Sage",
        StepKind.RemovePayment => "Delete its payment",
        StepKind.RemoveDocument => destination.IsVoided() ? $"Void the {destination.Words()}" : $"Delete the {destination.Words()}",
        StepKind.CorrectDocument => $"Change the {destination.Words()}",
        StepKind.CreateDocument => $"Create the {destination.Words()}",
        StepKind.RecordPayment => "Record the payment",
        StepKind.AttachDocument => "Attach the document",
        StepKind.ReadBack => "Read it back from Sage",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
