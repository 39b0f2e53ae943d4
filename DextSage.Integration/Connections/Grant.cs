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

    /// <summary>Concurrency token: a renewed pair is saved before it is used, or not used.</summary>
    public int Version { get; set; }
}
