using System.Text.Json;

namespace DextSage.Integration.Sage;

/// <summary>Reads Sage's errors in every shape they come in: an array, an object with <c>error</c>, nothing, a gateway's HTML (Sage API 6).</summary>
internal static class SageErrors
{
    // Enough for any message of Sage's; what is longer is not one.
    private const int LongestText = 1000;

    public static IReadOnlyList<SageError> Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty) return [];
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind switch
            {
                JsonValueKind.Array => [.. json.RootElement.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Select(Read)],
                JsonValueKind.Object => [Read(json.RootElement)],
                _ => [],
            };
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private static SageError Read(JsonElement error) => Text(error, "error") is { Length: > 0 } name
        // The token endpoint: {"error":"invalid_grant","error_description":"…"}; a missing token: {"error":"Authorization missing. …"}.
        ? name.Contains(' ', StringComparison.Ordinal)
            ? new("error", "", name, "")
            : new("error", name, Text(error, "error_description"), "")
        : new(Text(error, "$severity"), Text(error, "$dataCode"), Text(error, "$message"), Text(error, "$source"));

    private static string Text(JsonElement error, string name)
    {
        if (!error.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String) return "";
        var text = value.GetString() ?? "";
        return text.Length <= LongestText ? text : text[..LongestText];
    }
}
