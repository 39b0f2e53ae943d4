using DextSage.Integration.Sage;

namespace DextSage.Integration.Publishing;

/// <summary>How long to wait after a failure that may pass, and what to say meanwhile.</summary>
internal static class Waiting
{
    public const string ForReconnect = "Waiting for the connection to Sage: once an Admin has reconnected, this is published by itself.";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>Null where waiting does not help.</summary>
    public static StepOutcome.Wait? For(SageFailure failure, int tries, DateTimeOffset now) => failure switch
    {
        { Kind: SageFailureKind.SignInNeeded } => new(WaitingFor.Reconnect, Until: null, ForReconnect, failure.IsOutcomeUnknown, failure),
        { IsOutcomeUnknown: true } => new(WaitingFor.AnswerUnknown, now + Pause(failure, tries),
            "Sage's answer was lost. It is asked again with the same idempotency id, so nothing is created twice.", IsUnknown: true, Failure: null),
        _ when failure.Kind.MayPass() => new(WaitingFor.SageIsBusy, now + Pause(failure, tries),
            $"{failure.Kind.Sentence} It is tried again by itself.", IsUnknown: false, Failure: null),
        _ => null,
    };

    /// <summary>What Sage asks for, or 2, 4, 8 … seconds.</summary>
    private static TimeSpan Pause(SageFailure failure, int tries)
    {
        var ours = TimeSpan.FromSeconds(Math.Pow(2, Math.Clamp(tries, 1, 10)));
        return failure.RetryAfter ?? (ours < Longest ? ours : Longest);
    }
}
