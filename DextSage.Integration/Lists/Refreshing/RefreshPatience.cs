using DextSage.Integration.Sage;

namespace DextSage.Integration.Lists;

/// <summary>What comes of a failure that may pass.</summary>
/// <param name="GivesUp">Nothing has come for so long that the run ends.</param>
/// <param name="Until">Otherwise: nobody asks before then.</param>
internal readonly record struct Wait(bool GivesUp, RefreshWait Because, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>All who read for one run wait together, longer each time, until something comes in again.</summary>
/// <param name="waitingSince">Since when an earlier attempt of the same run had been waiting.</param>
internal sealed class RefreshPatience(RefreshOptions options, TimeProvider time, DateTimeOffset? waitingSince)
{
    private readonly Lock gate = new();
    private DateTimeOffset? since = waitingSince;
    private DateTimeOffset until;
    private int tries;

    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (Rest() is { } rest && rest > TimeSpan.Zero)
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(rest.TotalMilliseconds)), time, cancellationToken);
    }

    /// <param name="asked">When the request left: one that was under way when others failed says nothing new.</param>
    public Wait Failed(SageFailure failure, DateTimeOffset asked)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            since ??= now;
            if (asked >= until) tries++;
            var ours = TimeSpan.FromTicks(Math.Min(options.LongestWait.Ticks, options.FirstWait.Ticks << Math.Clamp(tries - 1, 0, 20) is > 0 and var ticks ? ticks : long.MaxValue));
            var wait = failure.RetryAfter is { } asks && asks > ours ? asks : ours;
            if (now + wait > until) until = now + wait;
            return new(until - since > options.GiveUpAfter, Because(failure.Kind), since.Value, until);
        }
    }

    /// <summary>True when this ended a wait.</summary>
    /// <param name="asked">When the request left: one that was under way when others failed says nothing new.</param>
    public bool Succeeded(DateTimeOffset asked)
    {
        lock (gate)
        {
            if (since is null || asked < until) return false;
            (since, tries) = (null, 0);
            return true;
        }
    }

    private TimeSpan Rest()
    {
        lock (gate) return until - time.GetUtcNow();
    }

    private static RefreshWait Because(SageFailureKind kind) => kind switch
    {
        SageFailureKind.Throttled => RefreshWait.Throttled,
        SageFailureKind.Busy => RefreshWait.Busy,
        SageFailureKind.Garbled => RefreshWait.Garbled,
        _ => RefreshWait.NoAnswer,
    };
}

/// <summary>What the banner says of a wait.</summary>
public static class RefreshWaits
{
    public static string Sentence(this RefreshWait wait) => wait switch
    {
        RefreshWait.Throttled => "Sage asks us to slow down.",
        RefreshWait.Busy => "Sage is having trouble answering.",
        RefreshWait.NoAnswer => "Sage could not be reached.",
        RefreshWait.Garbled => "Sage's answer could not be read.",
        _ => throw new ArgumentOutOfRangeException(nameof(wait), wait, message: null),
    };
}
