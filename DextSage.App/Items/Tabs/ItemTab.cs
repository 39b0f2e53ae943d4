namespace DextSage.App.Items;

/// <summary>What stands beside the document.</summary>
public enum ItemTab { Details, History, Publishing, Notes }

internal static class ItemTabs
{
    public static readonly IReadOnlyList<ItemTab> All = [ItemTab.Details, ItemTab.History, ItemTab.Publishing, ItemTab.Notes];

    public static ItemTab From(string? text) => Enum.TryParse<ItemTab>(text, ignoreCase: true, out var tab) && Enum.IsDefined(tab) ? tab : ItemTab.Details;

    /// <summary>The page's address with this tab on it.</summary>
    public static string Url(this ItemTab tab, string page) => tab is ItemTab.Details ? page : $"{page}?tab={tab.ToString().ToLowerInvariant()}";
}
