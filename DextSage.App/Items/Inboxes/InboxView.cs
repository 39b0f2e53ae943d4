using System.Globalization;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Microsoft.AspNetCore.WebUtilities;

namespace DextSage.App.Items.Inboxes;

/// <summary>What an inbox shows: all of it in the URL, so that the Back button, a bookmark and a colleague's link work.</summary>
public sealed record InboxView(InboxQuery Query)
{
    public const int PageSize = 50;

    public ItemFilter Filter => Query.Filter;
    public Workspace Workspace => Filter.Workspace;

    /// <summary>As it opens.</summary>
    public static InboxView Of(Workspace workspace) => new(new InboxQuery(new ItemFilter(workspace), PageSize: PageSize));

    /// <summary>The items that use an entry of a list into which items point; where none of them is open, those in the archive.</summary>
    public static InboxView Using(ListKind list, Guid entry, bool isOpen = true, Workspace workspace = Workspace.Costs)
    {
        var filter = new ItemFilter(workspace, isOpen ? InboxTab.Inbox : InboxTab.Archive);
        return new(new InboxQuery(filter.Using(list, entry) ?? throw new ArgumentOutOfRangeException(nameof(list), list, "No item points to this list."), PageSize: PageSize));
    }

    /// <param name="address">A URL or its query; what is unknown in it counts for nothing.</param>
    public static InboxView Read(Workspace workspace, string address)
    {
        var begin = address.IndexOf('?', StringComparison.Ordinal);
        var said = QueryHelpers.ParseQuery(begin < 0 ? "" : address[begin..].Split('#')[0]);
        string? Word(string name) => said.TryGetValue(name, out var value) && value is [{ } only, ..] && !string.IsNullOrWhiteSpace(only) ? only.Trim() : null;

        var filter = new ItemFilter(workspace, InboxTabWords.Known(Word("tab")) ?? InboxTab.Inbox) { Search = Word("q") };
        foreach (var word in FilterWords.All)
            if (Word(word.Name) is { } text) filter = word.Read(filter, text);
        var sort = UrlWords.Known<InboxColumn>(Word("sort")) ?? InboxColumn.Added;
        return new(new InboxQuery(
            filter, sort, bool.TryParse(Word("desc"), out var descending) ? descending : sort.DescendsFirst(),
            int.TryParse(Word("page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Max(0, page - 1) : 0, PageSize));
    }

    /// <summary>The address of this view; what is as usual stays out of it.</summary>
    public string Url(string business)
    {
        var said = new List<string>();
        if (Filter.Tab is not InboxTab.Inbox) said.Add($"tab={Filter.Tab.InUrl()}");
        if (Filter.Search is not null) said.Add($"q={Uri.EscapeDataString(Filter.Search)}");
        foreach (var word in FilterWords.All)
            if (word.Write(Filter) is { } text) said.Add($"{word.Name}={Uri.EscapeDataString(text)}");
        if (Query.Sort is not InboxColumn.Added) said.Add($"sort={Query.Sort.InUrl()}");
        if (Query.Descending != Query.Sort.DescendsFirst()) said.Add($"desc={(Query.Descending ? "true" : "false")}");
        if (Query.Page > 0) said.Add($"page={(Query.Page + 1).ToString(CultureInfo.InvariantCulture)}");
        var path = Urls.Inbox(business, Workspace);
        return said.Count == 0 ? path : $"{path}?{string.Join('&', said)}";
    }

    /// <summary>What a saved view keeps: the address's query, from the first page.</summary>
    public string SavedQuery => OnPage(0).Url("") is var address && address.IndexOf('?', StringComparison.Ordinal) is >= 0 and var at ? address[(at + 1)..] : "";

    /// <summary>The same with another filter, from its first page.</summary>
    public InboxView Where(Func<ItemFilter, ItemFilter> change) => new(Query with { Filter = change(Filter), Page = 0 });

    public InboxView OnPage(int page) => new(Query with { Page = page });

    /// <summary>The view after a click on a heading: the other direction, or that column in its natural direction.</summary>
    public InboxView SortedBy(InboxColumn sort) => new(Query with
    {
        Sort = sort,
        Descending = sort == Query.Sort ? !Query.Descending : sort.DescendsFirst(),
        Page = 0,
    });
}
