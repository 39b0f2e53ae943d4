namespace DextSage.Integration.Lists;

/// <summary>Which entries a page of a list shows.</summary>
public enum ListFilter
{
    All,
    /// <summary>What pickers offer.</summary>
    Visible,
    /// <summary>Hidden by a person.</summary>
    Hidden,
    /// <summary>No longer in Sage, or removed here.</summary>
    Retired,
}

public enum ListSort { Name, Code }

/// <summary>What Sage takes a category for; for the places where it may be chosen.</summary>
public enum CategoryUse { Costs, Sales, OtherPayments, OtherReceipts, Banking, Journals }

/// <summary>What a page of a list is asked for; all of it is in the URL.</summary>
/// <param name="Use">Categories alone: those that Sage takes for this.</param>
/// <param name="AnalysisType">Entries of classes and locations alone: our id of their analysis type.</param>
public sealed record ListQuery(
    ListKind List, string? Search = null, ListFilter Filter = ListFilter.All, CategoryUse? Use = null, Guid? AnalysisType = null,
    ListSort Sort = ListSort.Name, bool Descending = false)
{
    /// <summary>Entries may be left out that are on the list.</summary>
    public bool IsNarrowed => Search is not null || Filter is not ListFilter.All || Use is not null;
}

/// <summary>How many entries match, by filter.</summary>
public sealed record ListTally(int Visible, int Hidden, int Retired)
{
    public int Of(ListFilter filter) => filter switch
    {
        ListFilter.Visible => Visible,
        ListFilter.Hidden => Hidden,
        ListFilter.Retired => Retired,
        _ => Visible + Hidden + Retired,
    };
}

/// <summary>An entry as its list's page shows it.</summary>
/// <param name="Code">What tells equal names apart: the nominal code, the reference, the item code.</param>
/// <param name="Cells">What else the list knows of it, as words, one for each of <see cref="ListColumns.Of"/>.</param>
/// <param name="IsOwn">Made here, and not in Sage.</param>
public sealed record ListRow(Guid Id, string Name, string? Code, IReadOnlyList<string?> Cells, bool IsVisible, bool IsOwn, DateTimeOffset? RetiredAt);

/// <summary>The headings of a list's page.</summary>
/// <param name="Code">Null where the list has no codes.</param>
public sealed record ListColumns(string? Code, IReadOnlyList<string> More)
{
    public static ListColumns Of(ListKind list) => list switch
    {
        ListKind.Categories => new("Code", ["Type", "Used for", "Default tax rate"]),
        ListKind.TaxRates => new("Rate", ["Valid"]),
        ListKind.Suppliers => new("Reference", ["Currency", "Default category", "Terms"]),
        ListKind.Customers => new("Reference", ["Currency", "Default category", "Terms"]),
        ListKind.Products => new("Item code", ["Kind", "Sales category", "Purchase category"]),
        ListKind.BankAccounts => new(null, ["Type", "Currency", "Payment methods"]),
        ListKind.AnalysisCategories => new("Code", []),
        ListKind.Currencies => new("Code", []),
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, "This list has no page."),
    };
}

/// <summary>How a business's lists stand, for the head of each page.</summary>
/// <param name="IsFromSage">There is a connection, working or waiting to be renewed: entries are Sage's, and edited there.</param>
/// <param name="CanReload">The connection works.</param>
/// <param name="RefreshedAt">When the last whole refresh ended; null before the first.</param>
/// <param name="IsRefreshing">One is going on.</param>
public sealed record ListStanding(bool IsFromSage, bool CanReload, string? OrganisationName, DateTimeOffset? RefreshedAt, bool IsRefreshing)
{
    /// <summary>When the list was last compared as a whole, where the refreshes since then brought what is new and changed alone, and not what Sage deleted; otherwise null.</summary>
    public DateTimeOffset? DeletionsKnownUpTo { get; init; }
}

/// <summary>An analysis type of Sage's that can be put on lines: what Dext calls a class or a location. Named as the organisation named it.</summary>
/// <param name="Current">Its entries that are not retired.</param>
public sealed record AnalysisListView(Guid Id, string Name, bool IsActive, int Current);
