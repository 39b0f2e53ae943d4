namespace DextSage.Tests.Simulation;

/// <summary>What may happen to a request.</summary>
internal enum FateKind
{
    Well,

    /// <summary>No connection: the sender knows that nothing was sent.</summary>
    NoConnection,

    /// <summary>Lost on its way to Sage, which the sender cannot tell from a lost answer.</summary>
    LostBefore,

    /// <summary>Done, and the answer lost.</summary>
    LostAfter,

    /// <summary>A 5xx instead of doing it.</summary>
    ErrorBefore,

    /// <summary>Done, and answered with a 5xx.</summary>
    ErrorAfter,

    Throttled,

    /// <summary>Done, and half of the answer's JSON.</summary>
    Truncated,

    /// <summary>A page of some proxy's with 200, instead of doing it.</summary>
    Html,

    /// <summary>Done, and the answer comes drop by drop.</summary>
    Drips,

    /// <summary>Sage refuses it, for a reason that only Sage knows.</summary>
    Refused,
}

/// <summary>A request's fate, drawn when it is sent.</summary>
/// <param name="Outward">How long it is on its way.</param>
/// <param name="Homeward">The same of its answer.</param>
internal sealed record Fate(FateKind Kind, TimeSpan Outward, TimeSpan Homeward, int Status = 500, string? RetryAfter = null)
{
    public static readonly Fate Well = new(FateKind.Well, TimeSpan.Zero, TimeSpan.Zero);

    public override string ToString() => Kind switch
    {
        FateKind.ErrorBefore or FateKind.ErrorAfter or FateKind.Refused => $"{Kind} {Status}",
        FateKind.Throttled => $"Throttled ({RetryAfter ?? "no Retry-After"})",
        _ => Kind.ToString(),
    } + (Outward > TimeSpan.Zero ? $" out {Outward.TotalSeconds}s" : "") + (Homeward > TimeSpan.Zero ? $" back {Homeward.TotalSeconds}s" : "");
}

/// <summary>How bad it is today: which fates, and how often. Drawn once for a schedule.</summary>
internal sealed class Weather
{
    private static readonly FateKind[] Kinds = [.. Enum.GetValues<FateKind>().Except([FateKind.Well])];
    private static readonly string?[] RetryAfters = [null, "0", "-5", "1", "3", "20", "300", "86400", "soon", "Wed, 25 Nov 2026 12:00:30 GMT"];
    private static readonly int[] Errors = [500, 500, 502, 503, 504];
    private static readonly int[] Refusals = [422, 422, 422, 403, 404];
    private static readonly int[] Waits = [1, 5, 30, 50, 120, 700];

    private readonly Dice dice;
    private readonly double trouble;
    private readonly double slowness;
    private readonly double[] weights;

    public Weather(Dice dice)
    {
        this.dice = dice;
        trouble = dice.OneOf(0, 0.03, 0.1, 0.25, 0.4);
        slowness = dice.OneOf(0, 0, 0.05, 0.2);
        // Some days one kind of trouble is nearly all there is.
        var favourite = dice.OneOf(Kinds);
        weights = [.. Kinds.Select(k => k == favourite ? 6 : k is FateKind.Refused ? dice.OneOf(0, 0, 0.5) : dice.OneOf(0, 1, 1, 2))];
    }

    /// <summary>Fine from now on: the world heals.</summary>
    public bool IsFine { get; set; }

    public Fate Draw(bool isToken, bool isWrite)
    {
        if (IsFine) return Fate.Well;
        var (outward, homeward) = (Wait(), Wait());
        if (!dice.Chance(trouble)) return new(FateKind.Well, outward, homeward);
        var kind = Kinds[dice.Weighted(weights)];
        if (kind is FateKind.Refused && (isToken || !isWrite)) kind = FateKind.ErrorBefore;
        return new(kind, outward, homeward, kind is FateKind.Refused ? dice.OneOf(Refusals) : dice.OneOf(Errors), kind is FateKind.Throttled ? dice.OneOf(RetryAfters) : null);
    }

    private TimeSpan Wait() => dice.Chance(slowness) ? TimeSpan.FromSeconds(dice.OneOf(Waits)) : TimeSpan.Zero;
}
