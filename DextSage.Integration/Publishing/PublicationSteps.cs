namespace DextSage.Integration.Publishing;

/// <summary>What each step asks of Sage.</summary>
public sealed class PublicationSteps(ContactStep contact, DuplicateStep duplicates, DocumentStep document, PaymentStep payment, AttachmentStep attachment, RemovalStep removal, CorrectionStep correction)
{
    internal Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken) => step.Kind switch
    {
        StepKind.EnsureContact => contact.RunAsync(work, step, cancellationToken),
        StepKind.LookForDuplicates => duplicates.RunAsync(work, step, cancellationToken),
        StepKind.LookInSage => removal.LookAsync(work, step, cancellationToken),
        StepKind.RemovePayment => removal.PaymentAsync(work, step, cancellationToken),
        StepKind.RemoveDocument => removal.DocumentAsync(work, step, cancellationToken),
        StepKind.CorrectDocument => correction.RunAsync(work, step, cancellationToken),
        StepKind.CreateDocument => document.CreateAsync(work, step, cancellationToken),
        StepKind.RecordPayment => payment.RunAsync(work, step, cancellationToken),
        StepKind.AttachDocument => attachment.RunAsync(work, step, cancellationToken),
        StepKind.ReadBack => document.ReadBackAsync(work, step, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(step), step.Kind, message: null),
    };
}
