using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What a kind of failure means in general, and what to do about it: a page of help, and the heading of a group of failed items.</summary>
/// <param name="Name">"Tax rate refused".</param>
/// <param name="Sentence">What has happened, in one sentence.</param>
/// <param name="Books">What it means for the books: what stands in Sage, and what does not.</param>
/// <param name="Why">What brings it about, the most frequent first.</param>
/// <param name="Here">What to do in DextSage, in this order.</param>
/// <param name="InSage">What to do in Sage, where something is to be done there.</param>
public sealed record FailureHelp(PublishFailureKind Kind, string Name, string Sentence, string Books, IReadOnlyList<string> Why, IReadOnlyList<string> Here, IReadOnlyList<string> InSage)
{
    internal const string NothingThere = "Nothing was created in Sage. The item is as it was, and can be published again.";

    /// <summary>The fields of which a change ends the failure.</summary>
    public IReadOnlyList<ItemField> MendedBy => FailureMending.Fields(Kind);

    /// <summary>The document is in Sage, which does not let go of it.</summary>
    public bool IsOfWhatStands { get; init; }

    /// <summary>Nobody but a person can tell what became of it: no edit ends the failure.</summary>
    public bool NeedsALook => MendedBy.Count == 0 && !IsOfWhatStands;
}

/// <summary>Every kind of failure with its help, in the order in which a document is built: who, what, how much, when, where it goes, and what keeps it there.</summary>
public static class FailureCatalogue
{
    public static IReadOnlyList<FailureHelp> All { get; } = [.. HelpOnContacts.All, .. HelpOnCoding.All, .. HelpOnAmounts.All, .. HelpOnSage.All, .. HelpOnWithdrawing.All];

    private static readonly Dictionary<string, FailureHelp> ByName = All.ToDictionary(h => h.Kind.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>Of a kind by its name, as items keep it; null for one that is none of these.</summary>
    public static FailureHelp? Find(string? kind) => kind is null ? null : ByName.GetValueOrDefault(kind);
}
