using DextSage.Integration.Items;

namespace DextSage.Integration.Rules;

/// <summary>
/// What the rules look at of one item: what was typed and what was read. What a rule has set on it before is not here, so that applying rules twice
/// comes to the same as once.
/// </summary>
internal sealed record RuleFacts
{
    public required Guid ItemId { get; init; }
    public required Workspace Workspace { get; init; }
    public required ItemType Type { get; init; }
    public required Guid OwnerId { get; init; }
    public Guid? SupplierId { get; init; }
    public Guid? CustomerId { get; init; }
    public Guid? PaymentMethodId { get; init; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; init; }

    /// <summary>Tax included, in <see cref="Currency"/>.</summary>
    public decimal? Total { get; init; }
    public DateOnly? Date { get; init; }

    /// <summary>All that a rule's words are looked for in, as <see cref="RuleText.Plain"/> writes it.</summary>
    public string Text { get; init; } = "";

    /// <summary>It is split into lines, each with a coding of its own.</summary>
    public bool HasLines { get; init; }

    /// <summary>Its lines are as the e-invoice states them and nobody has touched one, and one amount would be taxed as they are.</summary>
    public bool MayBeOneAmount { get; init; }

    /// <summary>The lines that have no category, class or location, and of which nobody has taken it away.</summary>
    public IReadOnlyDictionary<ItemField, Guid[]> LineGaps { get; init; } = new Dictionary<ItemField, Guid[]>();

    /// <summary>The fields that no rule touches: typed by a person, emptied by one included, or standing on the paper.</summary>
    public required IReadOnlySet<ItemField> Kept { get; init; }
}

internal static class RuleText
{
    /// <summary>With each run of spaces and line ends as one space: a name that the document breaks is found all the same.</summary>
    public static string Plain(params IEnumerable<string?> texts) =>
        string.Join(' ', texts.SelectMany(t => t?.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries) ?? []));
}
