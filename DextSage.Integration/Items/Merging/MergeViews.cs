namespace DextSage.Integration.Items;

/// <summary>Items about to become one, in the order of their pages.</summary>
/// <param name="Refusal">Why they cannot, as a sentence; null where they can.</param>
/// <param name="Warnings">What to look at first, as sentences.</param>
/// <param name="Choices">The fields in which they differ.</param>
public sealed record MergePreview(IReadOnlyList<ItemView> Items, string? Refusal, IReadOnlyList<string> Warnings, IReadOnlyList<MergeField> Choices)
{
    public int Pages => Items.Sum(i => i.Document is { } document ? document.Pages ?? 1 : 0);
}

/// <summary>A field of which the items have different values.</summary>
/// <param name="Default">The Item ID of the one whose value is taken when nobody chooses.</param>
/// <param name="Values">The value of each, in words; null where it has none.</param>
public sealed record MergeField(ItemField Field, string Default, IReadOnlyList<string?> Values);

/// <summary>What a merge came to.</summary>
/// <param name="Code">Item ID of the one that they became.</param>
/// <param name="Refusal">Why not, as a sentence.</param>
public sealed record MergeOutcome(string? Code, string? Refusal);

/// <summary>What an item has to do with merging.</summary>
/// <param name="From">Item IDs of those that became it; empty for any other item.</param>
/// <param name="Into">Item ID of the one into which it went.</param>
/// <param name="WasTakenApart">It was made by merging, and that was undone.</param>
public sealed record MergeStanding(IReadOnlyList<string> From, string? Into, bool WasTakenApart);
