using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

/// <summary>What all rows of a table have in common when they are drawn.</summary>
/// <param name="Slug">The business's, in the links.</param>
/// <param name="Now">What "yesterday" is reckoned from.</param>
public sealed record RowFrame(IReadOnlyList<InboxColumn> Columns, string Slug, DateTimeOffset Now)
{
    /// <summary>What is looked for, to be marked where it stands.</summary>
    public string? Search { get; init; }

    /// <summary>The browser's zone; null says UTC, and then says so.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>The person may publish here, and the business is connected.</summary>
    public bool MayPublish { get; init; }
}
