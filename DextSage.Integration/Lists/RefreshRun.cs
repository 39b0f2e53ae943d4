using DextSage.Integration.Storage;

namespace DextSage.Integration.Lists;

/// <summary>The lists in the order in which a refresh asks for them.</summary>
public enum ListKind
{
    TaxRates, Categories, Suppliers, Customers, Products, Services, BankAccounts, PaymentMethods, AnalysisTypes, AnalysisCategories, Currencies,
}

public enum RefreshStatus { Queued, Running, Completed, Failed, Cancelled }

/// <summary>What a run was begun by: the wizard (first connection, reconnection), the Manage menu, a list's Reload, the schedule.</summary>
public enum RefreshCause { Connected, Reconnected, Requested, Reloaded, Scheduled }

/// <summary>What a run is waiting for Sage to be over with. Each has its sentence in <see cref="RefreshWaits"/>.</summary>
public enum RefreshWait { Throttled, Busy, NoAnswer, Garbled }

/// <summary>One refresh, as every open page shows it. One is running at a time per business; a second request joins it.</summary>
public sealed class RefreshRun : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required RefreshCause Cause { get; init; }
    public required Guid? RequestedById { get; init; }

    /// <summary>Every list whole, whatever Sage could tell of changes alone.</summary>
    public bool IsFull { get; set; }

    /// <summary>The list whose Reload was clicked; it comes in whole.</summary>
    public ListKind? ReloadOf { get; init; }

    public RefreshStatus Status { get; set; }
    public required DateTimeOffset QueuedAt { get; init; }
    public DateTimeOffset? StartedAt { get; set; }
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>When the run last came on: its stage, or a page of it.</summary>
    public DateTimeOffset? ProgressAt { get; set; }

    /// <summary>What went wrong, as a sentence for people.</summary>
    public string? Problem { get; set; }

    public RefreshWait? WaitingBecause { get; set; }
    public DateTimeOffset? WaitingUntil { get; set; }

    /// <summary>Since when nothing has come from Sage; a run gives up after some time of it.</summary>
    public DateTimeOffset? WaitingSince { get; set; }

    public Guid? CancelAskedById { get; set; }

    /// <summary>Requests sent to Sage so far, and bytes that came of pages.</summary>
    public int Requests { get; set; }
    public long Bytes { get; set; }

    public List<ListProgress> Lists { get; } = [];
}

internal static class LiveRuns
{
    /// <summary>Those that have not ended: one of a business at most.</summary>
    public static IQueryable<RefreshRun> Live(this IQueryable<RefreshRun> runs) => runs.Where(r => r.Status == RefreshStatus.Queued || r.Status == RefreshStatus.Running);
}

/// <summary>How a list of a run stands.</summary>
public enum ListStage
{
    Waiting, Coming, Done, NotAllowed, Failed,

    /// <summary>So much is missing from Sage that an Admin is asked before it is retired. The list is in force as it was.</summary>
    NeedsConfirmation,

    /// <summary>An Admin was asked and said no: the list is in force as it was.</summary>
    Kept,
}

/// <summary>How far one list of a run has come. Counts are rows, never percentages.</summary>
public sealed class ListProgress : IBusinessOwned
{
    public required Guid RunId { get; init; }
    public required Guid BusinessId { get; init; }
    public required ListKind List { get; init; }
    public ListStage Stage { get; set; }

    /// <summary>Only what Sage changed since then was asked for; null when the whole list was.</summary>
    public DateTimeOffset? Since { get; set; }

    /// <summary>The list was empty here when the run began: its entries are counted, and not reported one by one.</summary>
    public bool IsFirstFill { get; set; }

    /// <summary>Sage's clock at the list's first page: the next run asks for changes from there on.</summary>
    public DateTimeOffset? ReadFrom { get; set; }

    /// <summary>Rows that came in so far.</summary>
    public int Seen { get; set; }

    /// <summary>Rows that Sage announced; null before its first page, and where it announces those of several lists together.</summary>
    public int? Announced { get; set; }

    /// <summary>Nothing is in doubt: what was not met is gone from Sage. Otherwise it stays in force until a later run knows.</summary>
    public bool IsSettled { get; set; }

    public int Added { get; set; }

    /// <summary>Entries that are otherwise than before, the renamed ones included.</summary>
    public int Changed { get; set; }
    public int Renamed { get; set; }
    public int Returned { get; set; }
    public int Retired { get; set; }

    /// <summary>Entries that Sage no longer has and an Admin is asked about.</summary>
    public int Missing { get; set; }

    /// <summary>An Admin said that what is missing may be retired, however much it is.</summary>
    public bool MayRetireMany { get; set; }
}

/// <summary>What runs leave to the next one: how each list stands. Of another organisation it says nothing.</summary>
public sealed class ListState : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required ListKind List { get; init; }
    public required string OrganisationId { get; set; }

    /// <summary>By Sage's clock: changes are known up to then.</summary>
    public DateTimeOffset? KnownUpTo { get; set; }

    /// <summary>When the list was last compared as a whole.</summary>
    public DateTimeOffset ComparedAt { get; set; }

    /// <summary>How many entries Sage had then.</summary>
    public int Count { get; set; }
}

/// <summary>A page that a run has kept, so that one that was broken off goes on behind it. Gone with the run's end.</summary>
public sealed class RefreshPage : IBusinessOwned
{
    public required Guid RunId { get; init; }
    public required Guid BusinessId { get; init; }
    public required string Question { get; init; }

    /// <summary>First row of the page, from 0.</summary>
    public required int FirstRow { get; init; }
    public required int Size { get; init; }
    public required int? Total { get; init; }

    /// <summary>Keys of the rows that were new with this page, eight bytes each.</summary>
    public required byte[] Keys { get; init; }
}
