namespace DextSage.Integration.Lists;

/// <summary>A run as the banner shows it, the same in every browser of the business.</summary>
public sealed record RefreshView(
    Guid RunId, RefreshStatus Status, RefreshCause Cause, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt,
    string? Problem, IReadOnlyList<ListProgressView> Lists)
{
    public bool IsLive => Status is RefreshStatus.Queued or RefreshStatus.Running;

    /// <summary>The list that is coming in now.</summary>
    public ListProgressView? Current => Lists.FirstOrDefault(l => l.Stage is ListStage.Coming);

    public int Added => Lists.Sum(l => l.Added);
    public int Changed => Lists.Sum(l => l.Changed);
    public int Retired => Lists.Sum(l => l.Retired);
}

public sealed record ListProgressView(ListKind List, ListStage Stage, int Seen, int? Announced, int Added, int Changed, int Retired);

/// <summary>How many entries a list holds now, and how many of its entries Sage no longer has.</summary>
public sealed record ListCount(ListKind List, int Current, int Retired);

/// <summary>An entry offered in a picker.</summary>
/// <param name="Name">What is shown and searched.</param>
/// <param name="Hint">Code, group or currency, shown beside the name.</param>
public sealed record PickerEntry(Guid Id, string Name, string? Hint);

/// <summary>A tax rate offered in a picker.</summary>
/// <param name="Percentage">Per cent.</param>
public sealed record TaxRateEntry(Guid Id, string Name, decimal Percentage);

/// <summary>The lists' names as Dext's users know them.</summary>
public static class ListNames
{
    public static string Name(this ListKind list) => list switch
    {
        ListKind.TaxRates => "Tax rates",
        ListKind.Categories => "Categories",
        ListKind.Suppliers => "Suppliers",
        ListKind.Customers => "Customers",
        ListKind.Products => "Products and services",
        ListKind.BankAccounts => "Bank accounts",
        ListKind.PaymentMethods => "Payment methods",
        ListKind.AnalysisTypes => "Classes and locations",
        ListKind.AnalysisCategories => "Class and location entries",
        ListKind.Currencies => "Currencies",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };
}
