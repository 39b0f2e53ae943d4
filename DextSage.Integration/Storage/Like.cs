namespace DextSage.Integration.Storage;

/// <summary>What people type, made harmless in a LIKE pattern.</summary>
internal static class Like
{
    public const string EscapeCharacter = "\\";

    public static string Escape(string typed) =>
        typed.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
