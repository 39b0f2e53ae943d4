using DextSage.Integration.Items;

namespace DextSage.Integration.Intake;

/// <summary>What became of one dropped file.</summary>
/// <param name="Codes">Items that it made, newest first.</param>
/// <param name="Refusal">Why it made none, as a sentence that names the file.</param>
/// <param name="Action">What the sender can do.</param>
/// <param name="Notes">What else the sender must know: lines of an export that were refused, items that were already there.</param>
public sealed record ArrivalReport(string FileName, IReadOnlyList<string> Codes, string? Refusal, string? Action, IReadOnlyList<string> Notes)
{
    /// <summary>The name of the ZIP that it came in. The report of the ZIP itself follows on those of all its files.</summary>
    public string? Within { get; init; }

    /// <summary>The refusal says more of the machine, which is busy, than of the file: the same file may be taken in a minute.</summary>
    public bool IsForNow { get; init; }
}

/// <summary>How files come in that nobody drops on a page.</summary>
/// <param name="OwnerId">The member whose they are; null for the caller's own.</param>
/// <param name="DeliveryId">It was written down before: a paper of it that is here already is not added again.</param>
/// <param name="Through">What they came through, for the history: the name of an API key.</param>
public sealed record ArrivalTerms(ItemSource Source, Guid? OwnerId = null, string? Note = null, Guid? DeliveryId = null, string? Through = null)
{
    internal static readonly ArrivalTerms Dropped = new(ItemSource.Upload);
    internal static readonly ArrivalTerms Sample = new(ItemSource.Sample);

    internal ChangeCause Cause => Source switch
    {
        ItemSource.Sample => ChangeCause.Sample,
        ItemSource.Api => ChangeCause.Api,
        ItemSource.Folder => ChangeCause.Folder,
        _ => ChangeCause.Upload,
    };
}
