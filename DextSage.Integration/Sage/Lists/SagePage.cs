namespace DextSage.Integration.Sage;

/// <summary>Which page to fetch.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">Rows per page, 1 to 200.</param>
/// <param name="ChangedSince">Only what was created or changed since then, inclusive, on the lists that offer it (Sage API 4.3).</param>
public sealed record SagePageRequest(int Number, int Size = SagePageRequest.LargestSize, DateTimeOffset? ChangedSince = null)
{
    public const int LargestSize = 200;

    /// <summary>Only what was deleted since then, exclusive; without it a list holds nothing deleted (Sage API 4.3).</summary>
    public DateTimeOffset? DeletedSince { get; init; }

    /// <summary>A failure comes back at once: the caller waits and repeats, where people can see it.</summary>
    public bool IsRepeatedByCaller { get; init; }
}

/// <summary>One page as Sage sent it (Sage API 4.1).</summary>
/// <param name="Number">The page that Sage says it is. Beyond the last page Sage sends the last one again.</param>
/// <param name="Total">How many rows the list has, as of this page; null when Sage did not say.</param>
public sealed record SagePage<T>(int? Number, int? Total, IReadOnlyList<T> Items) where T : ISageRecord
{
    /// <summary>When Sage answered, by Sage's own clock; null when it did not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Length of the answer's body, after decompression.</summary>
    public int Bytes { get; init; }
}
