using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>Creates the document, and reads back afterwards what Sage made of it.</summary>
public sealed class DocumentStep(ISageClient sage, DuplicateStep duplicates, StepSending sending)
{
    internal async Task<StepOutcome> CreateAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        // Found there before, as our own.
        if (work.Item.SageDocumentId is { } known) return new StepOutcome.Done(known, RequestId: null);
        if (!await sending.SendAsync(work, step, $"POST /{work.Kind.Path}", () => DocumentMapping.Document(work, step.IdempotencyId), cancellationToken))
            return await duplicates.FindLostAsync(work, step, cancellationToken);
        var answer = step.Hear(await sage.CreateDocumentAsync(work.Target, work.Kind, new SageBody(step.Body!), cancellationToken));
        if (answer.Failure is { } failure)
        {
            var outcome = sending.Unhappy(failure, step, f => PublishFailures.OfDocument(f, work.Destination));
            return outcome is StepOutcome.Refused refused && step.Tries > 1 ? await duplicates.FindEarlierAsync(work, step, refused, cancellationToken) : outcome;
        }

        Keep(work.Item, answer.Value!);
        return new StepOutcome.Done(answer.Value!.Id, answer.RequestId);
    }

    internal async Task<StepOutcome> ReadBackAsync(StepWork work, PublicationStep step, CancellationToken cancellationToken)
    {
        var answer = step.Hear(await sage.DocumentAsync(work.Target, work.Kind, work.Item.SageDocumentId!, cancellationToken));
        if (answer.Failure is { } failure)
            return sending.WaitOr(failure, tries: 1, () => new StepOutcome.DoneWithout($"Sage took the document, but could not show it afterwards: {failure.Kind.Sentence}"));
        Keep(work.Item, answer.Value!);
        return ReadBack.Differences(work, answer.Value!) is { Count: > 0 } differences
            ? new StepOutcome.DoneWithout(ReadBack.Sentence(differences))
            : new StepOutcome.Done(answer.Value!.Id, answer.RequestId);
    }

    private static void Keep(Item item, SageDocument document)
    {
        item.SageDocumentId = document.Id;
        item.SageNumber = document.DisplayedAs ?? document.Reference ?? item.SageNumber;
        item.SageUrl = document.WebPage?.ToString() ?? item.SageUrl;
    }
}
