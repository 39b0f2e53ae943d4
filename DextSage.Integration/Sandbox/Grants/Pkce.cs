using System.Security.Cryptography;
using System.Text;

namespace DextSage.Integration.Sandbox;

/// <summary>Proof key for code exchange (Sage API 2.1: 43 to 128 characters, S256 or plain).</summary>
internal static class Pkce
{
    public static bool IsGoodChallenge(string challenge, string? method) => challenge.Length is >= 43 and <= 128 && method is (null or "S256" or "plain");

    public static bool Fits(string? challenge, string? method, string? verifier)
    {
        if (challenge is null) return true;
        if (verifier is not { Length: >= 43 and <= 128 }) return false;
        var proof = method == "S256" ? System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))) : verifier;
        return CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(proof), Encoding.ASCII.GetBytes(challenge));
    }
}
