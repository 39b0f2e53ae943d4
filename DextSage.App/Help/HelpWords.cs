using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using DextSage.Integration.Publishing;

namespace DextSage.App.Help;

internal static class HelpWords
{
    /// <summary>A kind of failure as a word of an address: "tax-rate-refused".</summary>
    public static string InUrl(this PublishFailureKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(c)}" : $"{c}"));

    /// <summary>Null for a word that names no kind.</summary>
    public static FailureHelp? Find(string word) => FailureCatalogue.All.FirstOrDefault(h => string.Equals(h.Kind.InUrl(), word, StringComparison.OrdinalIgnoreCase));

    /// <summary>"supplier, customer or line items".</summary>
    public static string MendedBy(FailureHelp help)
    {
        var names = help.MendedBy.Select(f => f.Words()).ToList();
        return names.Count == 1 ? names[0] : $"{string.Join(", ", names[..^1])} or {names[^1]}";
    }

    /// <summary>The items of a workspace that failed because of it.</summary>
    public static InboxView Failed(PublishFailureKind kind, Workspace workspace) =>
        InboxView.Of(workspace).Where(f => f with { Tab = InboxTab.Failed, Failure = kind.ToString() });
}
