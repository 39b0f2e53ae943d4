namespace DextSage.Integration.Sage;

/// <summary>Gives the API client its access tokens. Implemented where connections are kept.</summary>
/// <remarks>
/// Either method may throw <see cref="SageSignInNeededException"/> when only a person can help, and
/// <see cref="SageTokenDelayedException"/> when Sage did not answer and a later try may do. The client turns both into failures.
/// </remarks>
public interface ISageTokens
{
    /// <summary>A token that is good for some time yet; renewed first when it is about to run out.</summary>
    ValueTask<string> GetAccessTokenAsync(Guid connectionId, CancellationToken cancellationToken);

    /// <summary>A token other than the one Sage just refused. When the kept one differs already, that one: whoever came first renewed it.</summary>
    ValueTask<string> RenewAsync(Guid connectionId, string refusedAccessToken, CancellationToken cancellationToken);
}

/// <summary>Why a connection needs a person to sign in at Sage again.</summary>
public enum SignInProblem
{
    /// <summary>Sage refused the refresh token: used, expired after 31 days, or revoked (<c>invalid_grant</c>).</summary>
    Refused,

    /// <summary>Sage refused a token that was fresh.</summary>
    TokenNotAccepted,

    /// <summary>The user lost the rights that the connection needs.</summary>
    AccessRemoved,

    /// <summary>There is no connection, or it was disconnected here.</summary>
    NotConnected,
}

/// <summary>The connection has no usable token, and none can be had without a person.</summary>
public sealed class SageSignInNeededException(SignInProblem problem) : Exception($"A person has to sign in at Sage again: {problem}.")
{
    public SignInProblem Problem { get; } = problem;
}

/// <summary>No token for now: Sage's token endpoint failed in a way that may pass.</summary>
public sealed class SageTokenDelayedException(SageFailure failure) : Exception($"No access token for now: {failure.Kind}.")
{
    public SageFailure Failure { get; } = failure;
}
