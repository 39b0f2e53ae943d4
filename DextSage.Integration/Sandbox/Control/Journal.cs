using System.Collections.Concurrent;

namespace DextSage.Integration.Sandbox;

/// <summary>What came in: enough to count by, and never a token, a code or a body.</summary>
internal sealed record Seen(string At, string Method, string Path, string Query)
{
    public string? Business { get; set; }
    public string? IdempotencyId { get; set; }

    /// <summary>The status sent; 0 when the connection was dropped instead.</summary>
    public int Status { get; set; }

    /// <summary>Whether a fault was at work.</summary>
    public string? Fault { get; set; }
}

/// <summary>The last requests, oldest first, in memory.</summary>
internal sealed class Journal
{
    private const int Kept = 5000;
    private readonly ConcurrentQueue<Seen> entries = new();

    public IReadOnlyList<Seen> Entries => [.. entries];

    public void Add(Seen seen)
    {
        entries.Enqueue(seen);
        while (entries.Count > Kept) entries.TryDequeue(out _);
    }

    public void Clear() => entries.Clear();
}
