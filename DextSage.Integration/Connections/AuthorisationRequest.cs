using DextSage.Integration.Storage;

namespace DextSage.Integration.Connections;

public enum AuthorisationIntent { Connect, Reconnect, Change }

/// <summary>
/// One walk to Sage and back. Its <c>state</c> is 256 random bits, bound to the browser session, the person, the business and
/// the intent, and good for one return within ten minutes.
/// </summary>
public sealed class AuthorisationRequest : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }
    public required Guid PersonId { get; init; }
    public required AuthorisationIntent Intent { get; init; }

    /// <summary>SHA-256 of the state, hex: the value itself is only in the browser's address.</summary>
    public required string StateHash { get; init; }

    /// <summary>SHA-256 of the secret in the browser's own cookie, hex.</summary>
    public required string SessionHash { get; init; }

    /// <summary>The PKCE verifier, encrypted.</summary>
    public required string SealedVerifier { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? ReturnedAt { get; set; }

    /// <summary>What came of it, once the sign-in was exchanged: the organisations of this grant may be chosen from.</summary>
    public Guid? GrantId { get; set; }
    public DateTimeOffset? FinishedAt { get; set; }
}
