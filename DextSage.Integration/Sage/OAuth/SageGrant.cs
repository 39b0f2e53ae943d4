namespace DextSage.Integration.Sage;

/// <summary>What Sage's token endpoint grants (Sage API 2.2). Both tokens are secrets; the refresh token works once.</summary>
public sealed record SageGrant
{
    /// <summary>Opaque, up to 2 kB.</summary>
    public required string AccessToken { get; init; }

    /// <summary>Opaque, up to 2 kB. Save it before the access token is used.</summary>
    public required string RefreshToken { get; init; }

    /// <summary>UTC, counted from when the request left: it errs to the early side.</summary>
    public required DateTimeOffset AccessTokenExpires { get; init; }

    /// <summary>UTC; 31 days, by Sage's guide.</summary>
    public required DateTimeOffset RefreshTokenExpires { get; init; }

    /// <summary><c>full_access</c> or <c>readonly</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>The Sage user who granted it.</summary>
    public string? RequestedById { get; init; }

    /// <summary>Says when, never what.</summary>
    public override string ToString() => $"SageGrant ({Scope}, until {AccessTokenExpires:u})";
}
