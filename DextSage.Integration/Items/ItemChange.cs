using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>What a change of an item came from.</summary>
public enum ChangeCause
{
    /// <summary>Somebody edited it.</summary>
    Person,

    /// <summary>It followed from another change: a proposal of Sage's, a default of the settings, a computed tax.</summary>
    Consequence,

    /// <summary>It was read from the document.</summary>
    Reading,

    /// <summary>It came with a Dext export.</summary>
    DextExport,

    /// <summary>The lists came in.</summary>
    Lists,

    /// <summary>Old entries were matched to new ones.</summary>
    Matching,

    /// <summary>It was published.</summary>
    Publishing,

    /// <summary>Somebody gave the file.</summary>
    Upload,

    /// <summary>Somebody asked for the sample documents.</summary>
    Sample,

    /// <summary>A scanner or a script sent the file with an API key, which is in From.</summary>
    Api,

    /// <summary>The file lay in the watched folder.</summary>
    Folder,

    /// <summary>The document was made small enough for Sage.</summary>
    Shrinking,

    /// <summary>The document came in a format that is shown and sent as another.</summary>
    Conversion,

    /// <summary>A rule set it; or, with a person, they took back what rules had set.</summary>
    Rule,
}

/// <summary>One value of one item or of one of its lines, from what to what, by whom and why.</summary>
public sealed class ItemChange : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }

    /// <summary>The item's version that this change made.</summary>
    public required int Version { get; init; }
    public required ItemField Field { get; init; }

    /// <summary>The line that was changed, or that came or went; null for a field of the item itself.</summary>
    public Guid? LineId { get; init; }

    /// <summary>Null where the line itself came or went.</summary>
    public LineField? LineField { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public ChangeCause Cause { get; init; }

    /// <summary>The rule that set it.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>As that rule was called then: it stays told when the rule is gone.</summary>
    public string? RuleWords { get; init; }

    /// <summary>Null where DextSage itself did it.</summary>
    public required Guid? PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
}
