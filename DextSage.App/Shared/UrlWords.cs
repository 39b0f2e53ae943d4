namespace DextSage.App.Shared;

/// <summary>Members of enums as words of an address: <c>retired</c>, <c>taxrates</c>.</summary>
internal static class UrlWords
{
    public static string InUrl<T>(this T word) where T : struct, Enum => word.ToString().ToLowerInvariant();

    /// <summary>Null for a word that is none of them; a number is no word.</summary>
    public static T? Known<T>(string? word) where T : struct, Enum =>
        Enum.TryParse<T>(word, ignoreCase: true, out var known) && Enum.IsDefined(known) && char.IsAsciiLetter(word![0]) ? known : null;
}
