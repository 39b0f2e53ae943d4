using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Makes tokens that look like Sage's (Sage API 2.2: a JWT of about 1,100 bytes) and mean nothing: only their hash is looked up.</summary>
internal static class SandboxToken
{
    public static string New(DateTimeOffset issued, TimeSpan life, string country)
    {
        var header = new JsonObject { ["alg"] = "RS512", ["typ"] = "JWT", ["kid"] = "sandbox" };
        var claims = new JsonObject
        {
            ["jti"] = Guid.NewGuid().ToString(),
            ["iat"] = issued.ToUnixTimeSeconds(),
            ["exp"] = (issued + life).ToUnixTimeSeconds(),
            ["iss"] = "sandbox",
            ["country"] = country,
        };
        return $"{Part(Encoding.UTF8.GetBytes(header.ToJsonString()))}.{Part(Encoding.UTF8.GetBytes(claims.ToJsonString()))}.{Part(RandomNumberGenerator.GetBytes(600))}";
    }

    public static string NewCode(string country) => $"{country.ToUpperInvariant()}/{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32))}";

    public static string NewSession() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    public static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private static string Part(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
