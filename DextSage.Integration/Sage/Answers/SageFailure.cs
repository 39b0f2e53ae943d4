namespace DextSage.Integration.Sage;

/// <summary>A call that did not succeed, in terms that a caller can act on. Holds no token and no secret.</summary>
public sealed record SageFailure
{
    public required SageFailureKind Kind { get; init; }

    /// <summary>What Sage said, in its order. Empty when it said nothing that could be read.</summary>
    public IReadOnlyList<SageError> SageErrors { get; init; } = [];

    /// <summary>The status of the answer; null when there was none.</summary>
    public int? HttpStatus { get; init; }

    public string? RequestId { get; init; }

    /// <summary>How long Sage asks us to wait: at least a second, at most an hour. Null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Why a person has to sign in, when <see cref="Kind"/> is <see cref="SageFailureKind.SignInNeeded"/>.</summary>
    public SignInProblem? SignInProblem { get; init; }

    /// <summary>Whether a write may have happened all the same: no answer after it had left, a 5xx, an answer that cannot be read.
    /// Repeat such a write only with its own bytes and idempotency id, or look first (Sage API 5.2).</summary>
    public bool IsOutcomeUnknown { get; init; }

    /// <summary>Sage's own words on one line, for a person; null when there are none.</summary>
    public string? SageMessage => SageErrors.Count == 0 ? null : string.Join(' ', SageErrors.Select(e => e.Message).Where(m => m.Length > 0));
}

/// <summary>One element of Sage's error array (Sage API 6).</summary>
/// <param name="DataCode">Sage's code, such as <c>RecordInvalid</c>; of the token endpoint the OAuth error, such as <c>invalid_grant</c>.</param>
/// <param name="Source">The field at fault, as Sage spells it (<c>line_items.tax_rate_id</c>), or empty.</param>
public sealed record SageError(string Severity, string DataCode, string Message, string Source);
