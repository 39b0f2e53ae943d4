using DextSage.Integration.Storage;

namespace DextSage.Integration.Connections;

public enum GrantStatus { Live, Lost }

/// <summary>
/// What Sage gave when somebody consented: a pair of tokens, of which the refresh token works once (Sage API 2.2).
/// </summary>
public sealed class Grant : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    /// <summary>The tokens, encrypted. Only <see cref="TokenVault"/> reads them.</summary>
    public required string Sealed { get; set; }

    /// <summary>When the pair in force was given.</summary>
    public required DateTimeOffset IssuedAt { get; set; }
    public required DateTimeOffset AccessExpiresAt { get; set; }
    public required DateTimeOffset RefreshExpiresAt { get; set; }

    public GrantStatus Status { get; set; }
    public ReconnectReason? LostBecause { get; set; }

    /// <summary>The person of ours who consented.</summary>
    public required Guid PersonId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? Scope { get; set; }

    /// <summary>Until when one process alone may renew the pair; null while nobody does (<see cref="GrantLease"/>).</summary>
    public DateTimeOffset? LeaseUntil { get; set; }

    /// <summary>Since when renewing fails; null once it worked again.</summary>
    public DateTimeOffset? RenewalFailsSince { get; set; }

    /// <summary>Concurrency token, and the fence of a lease: a renewed pair is saved before it is used, or not used.</summary>
    public int Version { get; set; }
}
