using DextSage.Integration.Items;
using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Publishing;

/// <summary>What a step works on.</summary>
internal sealed record StepWork(DextSageDb Db, SageTarget Target, ReviewContext Context, Publication Publication, Item Item);

/// <summary>How a step ended, or why it has not.</summary>
internal abstract record StepOutcome
{
    public sealed record Done(string? RemoteId, string? RequestId) : StepOutcome;

    /// <summary>A step after the document failed for good; the document stands.</summary>
    public sealed record DoneWithout(string Problem) : StepOutcome;

    /// <summary>Sage read it and refused it: the item returns to its desk.</summary>
    public sealed record Refused(ItemFailure Failure) : StepOutcome;

    /// <param name="Until">Null waits for an event, not for a time.</param>
    /// <param name="IsUnknown">Sage may have done it all the same.</param>
    public sealed record Wait(WaitingFor For, DateTimeOffset? Until, string Because, bool IsUnknown, SageFailure? Failure) : StepOutcome;

    /// <summary>Beyond what can be found out by asking: a person has to look.</summary>
    public sealed record Unclear(string Because) : StepOutcome;
}
