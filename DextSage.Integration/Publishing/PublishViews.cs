namespace DextSage.Integration.Publishing;

/// <summary>A step of a publication, in words.</summary>
/// <param name="At">When it ended, or else when it was sent.</param>
/// <param name="RemoteId">Sage's id of what the step made.</param>
public sealed record StepView(string Name, StepStatus Status, DateTimeOffset? At, string? RemoteId, string? Problem);

internal static class StepWords
{
    public static string Words(this StepKind kind) => kind switch
    {
        StepKind.EnsureContact => "Create the supplier",
        StepKind.CreateDocument => "Create the purchase invoice",
        StepKind.AttachDocument => "Attach the document",
        StepKind.ReadBack => "Read it back from Sage",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };
}
