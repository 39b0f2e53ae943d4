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
}
