using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>
/// Changes a document to what its item says now (Sage API 9.3). It is looked first: for the ids of its lines, for what would make Sage refuse, and, where an answer was
/// lost, for whether the change is there already.
/// </summary>
public sealed class CorrectionStep(ISageClient sage, StepSending sending)
{
    internal async Task<StepOutcome> RunAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var id = work.Item.SageDocumentId!;
        var standing = await Standing.ReadAsync(sage, work.Target, work.Kind, id, work.Item.SagePaymentId, cancellationToken);
        if (standing.Failure is { } unseen) return Unhappy(work, step, unseen);
        if (standing.Value!.Document is not { } document) return new StepOutcome.Refused(PublishFailures.GoneFromSage(work.Destination));
        if (step.SentAt is not null && standing.Words is { } words && SentAndThere.Agree(step.Body!, words.Text)) return Done(work, document, step.RequestId);
        if (standing.Value.KeptBy is { } reason) return new StepOutcome.Refused(PublishFailures.Kept(reason, standing.Value, work.Item, work.Destination));
        if (document.Lines.Count > DocumentMapping.Parts(work).Count) return new StepOutcome.Refused(PublishFailures.FewerLines(work.Destination));

        var wasSent = await sending.SendAsync(work, step, $"PUT /{work.Kind.Path}/{id}",
            () => SageBodies.Change(work.Kind, DocumentMapping.Document(work, step.IdempotencyId), [.. document.Lines.Select(l => l.Id)]), cancellationToken);
        if (!wasSent) return new StepOutcome.Refused(PublishFailures.CorrectionLost(work, step.SentAt!.Value), MayBeThere: true);
        var answer = step.Hear(await sage.ChangeDocumentAsync(work.Target, work.Kind, id, new SageBody(step.Body!), cancellationToken));
        return answer.Failure is { } failure ? Unhappy(work, step, failure) : Done(work, answer.Value!, answer.RequestId);
    }

    private static StepOutcome.Done Done(StepWork work, SageDocument document, string? requestId)
    {
        // What was said of the document before is said of another state of it.
        work.Item.PublishedWith = null;
        work.Item.SageNumber = document.DisplayedAs ?? work.Item.SageNumber;
        return new(document.Id, requestId);
    }

    private StepOutcome Unhappy(StepWork work, PublicationStep step, SageFailure failure)
    {
        var outcome = sending.WaitOr(failure, step.Tries, () => new StepOutcome.Refused(PublishFailures.OfCorrection(failure, work.Destination)));
        return outcome is StepOutcome.Wait { IsUnknown: true } wait ? wait with { Because = "Sage's answer was lost. It is looked whether the correction is there before it is sent again." } : outcome;
    }
}
