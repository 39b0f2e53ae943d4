using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>What a run found of an entry. <see cref="Renamed"/> may carry other changes too.</summary>
public enum ListChangeKind { Added, Renamed, Changed, Retired, Returned }

/// <summary>One line of a run's report: an entry, and how it was before and is now.</summary>
public sealed class ListChange : IBusinessOwned
{
    /// <summary>Longest <see cref="Before"/> and <see cref="After"/>.</summary>
    public const int LongestText = 500;

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid RunId { get; init; }
    public required ListKind List { get; init; }
    public required ListChangeKind Kind { get; init; }

    /// <summary>Sage's id of the entry.</summary>
    public required string SageId { get; init; }

    /// <summary>The name that the entry has now, or had last.</summary>
    public required string Name { get; init; }

    /// <summary>What was otherwise, "Currency: GBP; Credit days: 30"; null where there is nothing to compare.</summary>
    public string? Before { get; init; }
    public string? After { get; init; }

    internal static ListChange Of(Guid runId, ListKind list, ListChangeKind kind, ListEntry entry, ListEntry? before = null)
    {
        var different = before is null ? [] : entry.Facts.Zip(before.Facts).Where(pair => pair.First.Value != pair.Second.Value).ToList();
        return new ListChange
        {
            BusinessId = entry.BusinessId,
            RunId = runId,
            List = list,
            Kind = kind,
            SageId = entry.SageId,
            Name = entry.Name,
            Before = Text(different.Select(pair => pair.Second)),
            After = Text(different.Select(pair => pair.First)),
        };
    }

    private static string? Text(IEnumerable<ListEntry.Fact> facts)
    {
        var text = string.Join("; ", facts.Select(f => $"{f.Name}: {(string.IsNullOrEmpty(f.Value) ? "none" : f.Value)}"));
        return text.Length == 0 ? null : text.Length <= LongestText ? text : text[..(LongestText - 1)] + "…";
    }
}
