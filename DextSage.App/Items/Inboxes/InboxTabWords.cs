using DextSage.App.Shared;
using DextSage.Integration.Items;

namespace DextSage.App.Items.Inboxes;

internal static class InboxTabWords
{
    public static IReadOnlyList<InboxTab> All { get; } = Enum.GetValues<InboxTab>();

    public static string Title(this InboxTab tab) => tab is InboxTab.ToReview ? "To review" : tab.ToString();

    public static string InUrl(this InboxTab tab) => tab is InboxTab.ToReview ? "to-review" : tab.ToString().ToLowerInvariant();

    public static InboxTab? Known(string? word) => All.Where(t => string.Equals(t.InUrl(), word, StringComparison.OrdinalIgnoreCase)).Select(t => (InboxTab?)t).FirstOrDefault();
}

internal static class WorkspaceWords
{
    public static string Title(this Workspace workspace) => workspace.ToString();

    /// <summary>Who is on the other side.</summary>
    public static string Party(this Workspace workspace) => workspace is Workspace.Sales ? "Customer" : "Supplier";
}
