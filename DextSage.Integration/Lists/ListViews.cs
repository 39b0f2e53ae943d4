namespace DextSage.Integration.Lists;

/// <summary>A run as the banner shows it, the same in every browser of the business.</summary>
public sealed record RefreshView(
    Guid RunId, RefreshStatus Status, RefreshCause Cause, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt,
    string? Problem, IReadOnlyList<ListProgressView> Lists)
{
    public DateTimeOffset? StartedAt { get; init; }
    public Guid? RequestedById { get; init; }

    /// <summary>The time of the row's last change, and so of what is shown.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Every list was asked for as a whole.</summary>
    public bool IsFull { get; init; }

    /// <summary>Requests sent to Sage so far, and bytes of the pages that came.</summary>
    public int Requests { get; init; }
    public long Bytes { get; init; }

    /// <summary>What it waits for, and until when at the earliest; null when it does not wait.</summary>
    public RefreshWait? WaitingBecause { get; init; }
    public DateTimeOffset? WaitingUntil { get; init; }

    /// <summary>What is wrong with this system's own disk, as a sentence; null when all is well.</summary>
    public string? StorageTrouble { get; init; }

    /// <summary>How fast it is just now; null while that is not known.</summary>
    public RefreshPace? Pace { get; init; }

    /// <summary>The connection that it read from is ended: what it brought is no longer Sage's latest word.</summary>
    public bool IsOfEndedConnection { get; init; }

    public bool IsLive => Status is RefreshStatus.Queued or RefreshStatus.Running;

    /// <summary>It goes on, but not just now: it waits for Sage or for this system's disk.</summary>
    public bool IsHeldUp => IsLive && (WaitingBecause is not null || StorageTrouble is not null);

    /// <summary>An Admin is asked whether what is missing from a list may be retired.</summary>
    public bool HasQuestion => Lists.Any(l => l.Stage is ListStage.NeedsConfirmation);

    /// <summary>The lists that are coming in now.</summary>
    public IEnumerable<ListProgressView> Current => Lists.Where(l => l.Stage is ListStage.Coming);

    public int Seen => Lists.Sum(l => l.Seen);
    public int Added => Lists.Sum(l => l.Added);
    public int Changed => Lists.Sum(l => l.Changed);
    public int Retired => Lists.Sum(l => l.Retired);
    public int Returned => Lists.Sum(l => l.Returned);

    internal static RefreshView Of(RefreshRun run) => new(
        run.Id, run.Status, run.Cause, run.QueuedAt, run.EndedAt, run.Problem, [.. run.Lists.OrderBy(l => l.List).Select(ListProgressView.Of)])
    {
        StartedAt = run.StartedAt,
        At = run.ProgressAt,
        RequestedById = run.RequestedById,
        IsFull = run.IsFull,
        Requests = run.Requests,
        Bytes = run.Bytes,
        WaitingBecause = run.WaitingBecause,
        WaitingUntil = run.WaitingUntil,
    };
}

/// <summary>One list of a run. <paramref name="Changed"/> includes the renamed ones.</summary>
public sealed record ListProgressView(ListKind List, ListStage Stage, int Seen, int? Announced, int Added, int Changed, int Retired)
{
    public int Renamed { get; init; }
    public int Returned { get; init; }

    /// <summary>Only what Sage had changed since then was asked for; null when the whole list was.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Entries that Sage no longer has, about which an Admin is asked.</summary>
    public int Missing { get; init; }

    /// <summary>Entries in force when the run began, for the question about the missing ones: those that came in and were not new, and those that did not.</summary>
    public int Before => Seen - Added - Returned + Missing;

    internal static ListProgressView Of(ListProgress list) =>
        new(list.List, list.Stage, list.Seen, list.Announced, list.Added, list.Changed, list.Retired)
        {
            Renamed = list.Renamed, Returned = list.Returned, Since = list.Since, Missing = list.Missing,
        };
}

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
        ListKind.Products => "Products",
        ListKind.Services => "Services",
        ListKind.BankAccounts => "Bank accounts",
        // Not to be taken for the payment methods of ours, which Dext's users know.
        ListKind.PaymentMethods => "Payment methods in Sage",
        ListKind.AnalysisTypes => "Classes and locations",
        ListKind.AnalysisCategories => "Class and location entries",
        ListKind.Currencies => "Currencies",
        _ => throw new ArgumentOutOfRangeException(nameof(list), list, message: null),
    };
}
