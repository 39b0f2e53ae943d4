using System.Security.Cryptography;

namespace DextSage.App.Security;

/// <summary>The number a person reads out when something went wrong, and the log is searched for.</summary>
public static class References
{
    // No letters or digits that look alike.
    private const string Alphabet = "ABCDEFGHJKMNPQRSTVWXYZ23456789";

    public static string Next() => $"{RandomNumberGenerator.GetString(Alphabet, 4)}-{RandomNumberGenerator.GetString(Alphabet, 4)}";
}
