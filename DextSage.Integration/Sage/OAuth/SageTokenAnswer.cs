namespace DextSage.Integration.Sage;

/// <summary>The token endpoint's answer as it comes. A class, so that nothing prints its members.</summary>
internal sealed class SageTokenAnswer
{
    public string? AccessToken { get; init; }
    public string? RefreshToken { get; init; }
    public int? ExpiresIn { get; init; }
    public int? RefreshTokenExpiresIn { get; init; }
    public string? Scope { get; init; }
    public string? RequestedById { get; init; }
}
