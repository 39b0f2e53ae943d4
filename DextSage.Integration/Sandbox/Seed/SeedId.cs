using System.Security.Cryptography;
using System.Text;

namespace DextSage.Integration.Sandbox;

/// <summary>Ids that come out the same in every sandbox: 32 lower-case hex digits (Sage API 3).</summary>
internal static class SeedId
{
    public static string Of(params string[] parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('/', parts))))[..32];

    public static string Guid(params string[] parts) => System.Guid.Parse(Of(parts)).ToString("D");

    public static string New() => System.Guid.NewGuid().ToString("N");
}
