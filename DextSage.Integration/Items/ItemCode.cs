using System.Security.Cryptography;

namespace DextSage.Integration.Items;

/// <summary>The Item ID: ten characters of Crockford's base 32, random, so that it tells nothing and is read aloud without mistakes.</summary>
internal static class ItemCode
{
    public const int Length = 10;

    public static string New() => RandomNumberGenerator.GetString("0123456789ABCDEFGHJKMNPQRSTVWXYZ", Length);
}
