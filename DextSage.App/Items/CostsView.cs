using System.Globalization;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Items;

/// <summary>What the Costs page shows: all of it in the URL, so that the Back button, a bookmark and a colleague's link work.</summary>
/// <param name="Page">From 0 here, from 1 in the URL.</param>
/// <param name="Of">The entry of a list whose items alone are shown, as the list's page links to them.</param>
public sealed record CostsView(InboxTab Tab, string? Search, InboxSort Sort, bool Descending, int Page, ItemsOf? Of = null)
{
    public const int PageSize = 50;

    public static CostsView From(string? tab, string? search, string? sort, bool? descending, int? page, ItemsOf? of = null)
    {
        var by = Enum.TryParse<InboxSort>(sort, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : InboxSort.Added;
        return new(
            Tabs.FirstOrDefault(t => string.Equals(t.InUrl(), tab, StringComparison.OrdinalIgnoreCase)),
            string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
            by,
            descending ?? DescendsFirst(by),
            Math.Max(0, (page ?? 1) - 1),
            of);
    }

    public static IReadOnlyList<InboxTab> Tabs { get; } = Enum.GetValues<InboxTab>();

    public InboxQuery Query => new(Tab, Search, Sort, Descending, Page, PageSize, Of);

    /// <summary>The view after a click on a heading: the other direction, or that column in its natural direction.</summary>
    public CostsView SortedBy(InboxSort sort) => this with
    {
        Sort = sort,
        Descending = sort == Sort ? !Descending : DescendsFirst(sort),
        Page = 0,
    };

    /// <summary>The address of this view; what is as usual stays out of it.</summary>
    public string Url(string business)
    {
        var said = new List<string>();
        if (Tab is not InboxTab.Inbox) said.Add($"tab={Tab.InUrl()}");
        if (Search is not null) said.Add($"q={Uri.EscapeDataString(Search)}");
        if (Of is { } of) said.Add($"{InUrl(of.List)}={of.Entry:N}");
        if (Sort is not InboxSort.Added) said.Add($"sort={Sort.ToString().ToLowerInvariant()}");
        if (Descending != DescendsFirst(Sort)) said.Add($"desc={(Descending ? "true" : "false")}");
        if (Page > 0) said.Add($"page={(Page + 1).ToString(CultureInfo.InvariantCulture)}");
        return said.Count == 0 ? Urls.Costs(business) : $"{Urls.Costs(business)}?{string.Join('&', said)}";
    }

    /// <summary>The entry that the address names, where it names one.</summary>
    public static ItemsOf? OfEntry(Guid? supplier, Guid? category, Guid? taxRate) =>
        supplier is { } s ? new ItemsOf(ListKind.Suppliers, s)
        : category is { } c ? new ItemsOf(ListKind.Categories, c)
        : taxRate is { } r ? new ItemsOf(ListKind.TaxRates, r)
        : null;

    private static string InUrl(ListKind list) => list switch
    {
        ListKind.Suppliers => "supplier",
        ListKind.Categories => "category",
        ListKind.TaxRates => "rate",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "No item points to this list."),
    };

    // Newest and largest come first, names from A.
    private static bool DescendsFirst(InboxSort sort) => sort is InboxSort.Added or InboxSort.Date or InboxSort.Total;
}

internal static class InboxTabs
{
    public static string Title(this InboxTab tab) => tab switch
    {
        InboxTab.Inbox => "Inbox",
        InboxTab.ToReview => "To review",
        InboxTab.Ready => "Ready",
        InboxTab.Failed => "Failed",
        InboxTab.Archive => "Archive",
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, message: null),
    };

    public static string InUrl(this InboxTab tab) => tab is InboxTab.ToReview ? "to-review" : tab.ToString().ToLowerInvariant();

    public static int Of(this InboxCounts counts, InboxTab tab) => tab switch
    {
        InboxTab.Inbox => counts.Inbox,
        InboxTab.ToReview => counts.ToReview,
        InboxTab.Ready => counts.Ready,
        InboxTab.Failed => counts.Failed,
        InboxTab.Archive => counts.Archive,
        _ => throw new ArgumentOutOfRangeException(nameof(tab), tab, message: null),
    };
}
