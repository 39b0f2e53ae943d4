using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>The lists in the order in which a refresh brings them in.</summary>
public enum ListKind
{
    TaxRates, Categories, Suppliers, Customers, Products, BankAccounts, PaymentMethods, AnalysisTypes, AnalysisCategories, Currencies,
}

public enum RefreshStatus { Queued, Running, Completed, Failed }

public enum RefreshCause { Connected, Reconnected, Requested, Reloaded }

/// <summary>One refresh, as every open page shows it. One is running at a time per business; a second request joins it.</summary>
public sealed class RefreshRun : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required RefreshCause Cause { get; init; }
    public required Guid? RequestedById { get; init; }
    public RefreshStatus Status { get; set; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What went wrong, as a sentence for people.</summary>
    public string? Problem { get; set; }

    public List<ListProgress> Lists { get; } = [];
}

public enum ListStage { Waiting, Coming, Done, NotAllowed, Failed }

/// <summary>How far one list of a run has come. Counts are rows, never percentages.</summary>
public sealed class ListProgress : IBusinessOwned
{
    public required Guid RunId { get; init; }
    public required Guid BusinessId { get; init; }
    public required ListKind List { get; init; }
    public ListStage Stage { get; set; }

    /// <summary>Rows that came in so far.</summary>
    public int Seen { get; set; }

    /// <summary>Rows that Sage announced; null before its first page.</summary>
    public int? Announced { get; set; }
    /// <summary>Every page named one total and just as many rows were met: only then may the rows not met be taken for gone.</summary>
    public bool IsSettled { get; set; }
    public int Added { get; set; }
    public int Changed { get; set; }
    public int Retired { get; set; }
}
