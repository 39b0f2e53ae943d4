using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Takes a document out of Sage, its payment before it. Sage keeps no idempotency ids for deletions (Sage API 5.2); it is looked first, before every try: what
/// is not there any more is done, whoever did it and whichever request did.
/// </summary>
public sealed class RemovalStep(ISageClient sage, StepSending sending)
{
    internal async Task<StepOutcome> LookAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var standing = step.Hear(await Standing.ReadAsync(sage, work.Target, work.Kind, work.Item.SageDocumentId!, work.Item.SagePaymentId, cancellationToken));
        if (standing.Failure is { } failure) return Unhappy(work, step, failure, isPayment: false);
        return standing.Value!.KeptBy is { } reason
            ? new StepOutcome.Refused(PublishFailures.Kept(reason, standing.Value, work.Item, work.Destination))
            : new StepOutcome.Done(standing.Value.Document?.Id, standing.RequestId);
    }

    internal async Task<StepOutcome> PaymentAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        // Kept by the step once the item has let go of it.
        step.RemoteId ??= work.Item.SagePaymentId;
        var there = await LookAsync();
        if (there.Failure is { } unseen) return Unhappy(work, step, unseen, isPayment: true);
        if (there.Value!.Is is not null)
        {
            await sending.IntendAsync(work, step, $"DELETE /contact_payments/{step.RemoteId}", cancellationToken);
            var answer = step.Hear(await sage.DeleteContactPaymentAsync(work.Target, step.RemoteId!, cancellationToken));
            if (answer.Failure is { } failure && !await WasGoneAsync(failure, LookAsync)) return Unhappy(work, step, failure, isPayment: true);
        }

        work.Item.SagePaymentId = null;
        return new StepOutcome.Done(step.RemoteId, step.RequestId);

        async Task<SageAnswer<Standing.Maybe<SageContactPayment>>> LookAsync() =>
            Standing.OrGone(await sage.ContactPaymentAsync(work.Target, step.RemoteId!, cancellationToken), p => p.DeletedAt is not null);
    }

    internal async Task<StepOutcome> DocumentAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var id = work.Item.SageDocumentId!;
        var there = await LookAsync();
        if (there.Failure is { } unseen) return Unhappy(work, step, unseen, isPayment: false);
        if (there.Value!.Is is null) return new StepOutcome.Done(id, step.RequestId);

        await sending.IntendAsync(work, step, $"DELETE /{work.Kind.Path}/{id}", cancellationToken);
        var answer = step.Hear(await sage.DeleteDocumentAsync(work.Target, work.Kind, id, $"Withdrawn in DextSage (item {work.Item.Code})", cancellationToken));
        return answer.Failure is not { } failure || await WasGoneAsync(failure, LookAsync) ? new StepOutcome.Done(id, answer.RequestId) : Unhappy(work, step, failure, isPayment: false);

        async Task<SageAnswer<Standing.Maybe<SageDocument>>> LookAsync() => Standing.OrGone(await sage.DocumentAsync(work.Target, work.Kind, id, cancellationToken), d => d.IsGone);
    }

    /// <summary>That there was nothing to delete is believed when it is seen.</summary>
    private static async Task<bool> WasGoneAsync<T>(SageFailure failure, Func<Task<SageAnswer<Standing.Maybe<T>>>> lookAsync) where T : class =>
        failure.Kind is SageFailureKind.NotFound && await lookAsync() is { Failure: null, Value.Is: null };

    private StepOutcome Unhappy(StepWork work, PublicationStep step, SageFailure failure, bool isPayment)
    {
        var outcome = sending.WaitOr(failure, step.Tries, () => new StepOutcome.Refused(PublishFailures.OfRemoval(failure, work.Destination, isPayment)));
        switch (outcome)
        {
            // What was taken away before stays away, and the person is told so.
            case StepOutcome.Refused when work.Publication.HasDone(StepKind.RemovePayment):
                work.Item.PublishedWith = $"The {work.Destination.Words()} stands in Sage, but no longer as paid: its payment was deleted before Sage refused the rest.";
                return outcome;
            case StepOutcome.Wait { IsUnknown: true } wait:
                return wait with { Because = "Sage's answer was lost. It is looked what became of it before anything is asked for again." };
            default:
                return outcome;
        }
    }
}
