namespace DextSage.Integration.Sage;

/// <summary>Whom a call is for: the connection whose token signs it, and the Sage business it is about.</summary>
/// <param name="ConnectionId">Our id of the connection; <see cref="ISageTokens"/> knows its tokens.</param>
/// <param name="SageBusinessId">Sage's id of the business, sent as <c>X-Business</c>. Null only before one is chosen:
/// Sage then falls back to the user's lead business, which can change (Sage API 3).</param>
public sealed record SageTarget(Guid ConnectionId, string? SageBusinessId);
