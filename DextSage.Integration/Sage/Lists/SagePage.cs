namespace DextSage.Integration.Sage;

/// <summary>Which page to fetch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Rows per page, 1 to 200.</param>
/// <param name="ChangedSince">Only what was created or changed since then, inclusive, on the lists that offer it (Sage API 4.3).</param>
public sealed record SagePageRequest(int Number, int Size = SagePageRequest.LargestSize, DateTimeOffset? ChangedSince = null)
{
    public const int LargestSize = 200;
}

/// <summary>One page as Sage sent it (Sage API 4.1).</summary>
/// <param name="Number">The page that Sage says it is. Beyond the last page Sage sends the last one again.</param>
/// <param name="Total">How many rows the list has, as of this page; null when Sage did not say.</param>
public sealed record SagePage<T>(int? Number, int? Total, IReadOnlyList<T> Items) where T : ISageRecord;

/// <summary>What one step of a reading brought.</summary>
/// <param name="NewItems">Rows not seen on an earlier page.</param>
/// <param name="Seen">Different rows seen so far.</param>
/// <param name="Total">Sage's latest count of the list, or null.</param>
/// <param name="IsLast">Whether the reading ends here.</param>
/// <param name="IsSettled">On the last step: every page named one total, and just as many rows were seen. Only then is a row that was not
/// seen likely gone. A row removed and another added between two pages can still hide one: look it up before retiring it.</param>
public sealed record SageStep<T>(IReadOnlyList<T> NewItems, int Seen, int? Total, bool IsLast, bool IsSettled) where T : ISageRecord;
