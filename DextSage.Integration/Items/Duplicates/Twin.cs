using System.Globalization;

namespace DextSage.Integration.Items;

/// <summary>Another item that looks like the same paper as this one, with nobody having said that it is different.</summary>
/// <param name="IsFirst">It stands: it is in Sage already, or was here earlier. Of two that look alike, the other one is held until somebody decides.</param>
/// <param name="IsSeen">False where whoever asks may not see it.</param>
public sealed record Twin(Guid Id, string Code, Workspace Workspace, Likeness By, ItemStatus Status, DateTimeOffset CreatedAt, string AddedBy, bool IsFirst, bool IsSeen = true)
{
    /// <summary>"This looks like item X: same supplier, reference and total, added 3 November 2026 by Ben Okafor."</summary>
    public string Sentence => IsSeen
        ? $"This looks like item {Code}: {InWords}, added {CreatedAt.UtcDateTime.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} by {AddedBy}{(Status is ItemStatus.Published ? ", in Sage" : "")}."
        : $"This looks like an item of somebody else’s: {InWords}. An Admin or a Bookkeeper can compare the two.";

    /// <summary>"same file", "same supplier, reference, date and total"</summary>
    public string InWords
    {
        get
        {
            var party = Workspace is Workspace.Sales ? "customer" : "supplier";
            var values = (By & ~Likeness.File) switch
            {
                Likeness.Reference => $"same {party}, reference and total",
                Likeness.Date => $"same {party}, date and total",
                Likeness.None => "",
                _ => $"same {party}, reference, date and total",
            };
            return !By.HasFlag(Likeness.File) ? values : values.Length == 0 ? "same file" : $"same file, {values}";
        }
    }
}
