namespace DextSage.Tests.Simulation;

/// <summary>One request on the wire, and what becomes of it.</summary>
internal sealed class Letter(int number, OurProcess sender, DateTimeOffset sentAt)
{
    public int Number => number;
    public OurProcess Sender => sender;
    public DateTimeOffset SentAt => sentAt;
    public required string Method { get; init; }

    /// <summary>Below the sandbox's home, with its query: <c>/v3.1/contacts?page=1</c>, <c>/token</c>.</summary>
    public required string PathAndQuery { get; init; }
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }
    public required byte[] Body { get; init; }
    public required Fate Fate { get; init; }

    public string Path => PathAndQuery.Split('?')[0];
    public string Name => $"{Method} {PathAndQuery}";
    public string? Business => Headers.FirstOrDefault(h => h.Key == "X-Business").Value;
    public bool IsToken => Path == "/token";
    public bool IsWrite => Method != "GET";

    /// <summary>When it reached Sage; null for one that never did.</summary>
    public DateTimeOffset? ReachedAt { get; set; }

    /// <summary>What Sage itself answered, whatever then became of the answer.</summary>
    public PostedAnswer? Answered { get; set; }

    /// <summary>When its sender knew how it ended; null while it does not.</summary>
    public DateTimeOffset? EndedAt { get; set; }

    /// <summary>What its sender was told; null where that was nothing.</summary>
    public int? Told { get; set; }
    public string? ToldRetryAfter { get; set; }

    /// <summary>Nobody waits for the answer any more: the sender gave up, or died.</summary>
    public bool IsAbandoned { get; set; }

    public bool HasArrived => Outcome is not null;

    /// <summary>What comes back, once it is on its way.</summary>
    public Func<HttpResponseMessage>? Outcome { get; set; }
    public DateTimeOffset NotBefore { get; set; }

    public TaskCompletionSource<HttpResponseMessage> Back { get; } = new();
}

/// <summary>An answer of Sage's, whole.</summary>
internal sealed record PostedAnswer(int Status, byte[] Body, string ContentType, IReadOnlyList<KeyValuePair<string, string>> Headers);
