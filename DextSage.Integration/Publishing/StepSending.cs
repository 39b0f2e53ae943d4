using DextSage.Integration.Items;
using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>What every step that creates something in Sage keeps to.</summary>
public sealed class StepSending(TimeProvider time)
{
    /// <summary>Sage remembers an idempotency id for seven days; a day is kept in hand (Sage API 5.2).</summary>
    private static readonly TimeSpan SafeToRepeat = TimeSpan.FromDays(6);

    /// <summary>
    /// Intent before act: the body is frozen and saved as Sending before it may leave. A step that was sent before is sent again with the
    /// same bytes, as long as Sage still remembers its id.
    /// </summary>
    /// <returns>Whether it may leave now; where not, it is for its step to find out otherwise what became of it.</returns>
    internal async Task<bool> SendAsync(StepWork work, PublicationStep step, string request, Func<SageBody> freeze, CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() - step.SentAt > SafeToRepeat) return false;
        step.Body ??= freeze().Json;
        await IntendAsync(work, step, request, cancellationToken);
        return true;
    }

    /// <summary>The same of what may be sent at any time again, however long ago it was sent.</summary>
    internal async Task IntendAsync(StepWork work, PublicationStep step, string request, CancellationToken cancellationToken)
    {
        (step.Request, step.SentAt, step.Status) = (request, step.SentAt ?? time.GetUtcNow(), StepStatus.Sending);
        step.Tries++;
        // Cancelled meanwhile, this is an old version, and nothing leaves.
        work.Publication.Version++;
        await work.Db.SaveChangesAsync(cancellationToken);
    }

    internal StepOutcome Unhappy(SageFailure failure, PublicationStep step, Func<SageFailure, ItemFailure> refuse) =>
        WaitOr(failure, step.Tries, () => new StepOutcome.Refused(refuse(failure)));

    /// <summary>Waits for a failure to pass, or ends otherwise where it does not.</summary>
    internal StepOutcome WaitOr(SageFailure failure, int tries, Func<StepOutcome> otherwise) => WaitIfItPasses(failure, tries) ?? otherwise();

    internal StepOutcome? WaitIfItPasses(SageFailure failure, int tries) => Waiting.For(failure, tries, time.GetUtcNow());
}
