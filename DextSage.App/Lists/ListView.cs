using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Lists;

/// <summary>What a list's page shows: all of it in the URL.</summary>
public sealed record ListView(string Path, ListQuery Query)
{
    public static ListView From(string path, ListKind list, Guid? analysisType, string? search, string? show, string? use, string? sort, bool? descending) => new(path, new ListQuery(
        list,
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        UrlWords.Known<ListFilter>(show) ?? ListFilter.All,
        list is ListKind.Categories ? UrlWords.Known<CategoryUse>(use) : null,
        analysisType,
        UrlWords.Known<ListSort>(sort) ?? ListSort.Name,
        descending ?? false));

    public ListView With(Func<ListQuery, ListQuery> change) => this with { Query = change(Query) };

    /// <summary>The view after a click on a heading: that column from A, or the other way round.</summary>
    public ListView SortedBy(ListSort sort) => With(q => q with { Sort = sort, Descending = sort == q.Sort && !q.Descending });

    /// <summary>The address of this view; what is as usual stays out of it.</summary>
    public string Url
    {
        get
        {
            var said = new List<string>();
            if (Query.Search is { } search) said.Add($"q={Uri.EscapeDataString(search)}");
            if (Query.Filter is not ListFilter.All) said.Add($"show={Query.Filter.InUrl()}");
            if (Query.Use is { } use) said.Add($"use={use.InUrl()}");
            if (Query.Sort is not ListSort.Name) said.Add($"sort={Query.Sort.InUrl()}");
            if (Query.Descending) said.Add("desc=true");
            return said.Count == 0 ? Path : $"{Path}?{string.Join('&', said)}";
        }
    }
}

public static class ListWords
{
    public static string Title(this ListFilter filter) => filter switch
    {
        ListFilter.All => "All",
        ListFilter.Visible => "Visible",
        ListFilter.Hidden => "Hidden",
        ListFilter.Retired => "No longer in use",
        _ => throw new ArgumentOutOfRangeException(nameof(filter), filter, message: null),
    };

    public static string Title(this CategoryUse use) => use switch
    {
        CategoryUse.Costs => "Costs",
        CategoryUse.Sales => "Sales",
        CategoryUse.OtherPayments => "Other payments",
        CategoryUse.OtherReceipts => "Other receipts",
        CategoryUse.Banking => "Banking",
        CategoryUse.Journals => "Journals",
        _ => throw new ArgumentOutOfRangeException(nameof(use), use, message: null),
    };
}
