using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Publishing;

/// <summary>Whether a record of Sage's holds all that a body asked for.</summary>
internal static class SentAndThere
{
    // Of the request itself, not of the record; and Sage rounds a quantity's price before it multiplies (Sage API 9.1).
    private static readonly string[] NotKept = ["idempotency_id", "unit_price"];

    /// <param name="sent">The body, in its wrapper.</param>
    /// <param name="there">The record as Sage sent it; one that was cut agrees with nothing.</param>
    public static bool Agree(string sent, string there)
    {
        try
        {
            return JsonNode.Parse(there) is JsonObject record && Agree(JsonNode.Parse(sent)!.AsObject().Single().Value!.AsObject(), record);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool Agree(JsonObject sent, JsonObject there) => sent.Where(m => !NotKept.Contains(m.Key)).All(m => Agree(m.Key, m.Value, there));

    private static bool Agree(string name, JsonNode? sent, JsonObject there) => sent switch
    {
        null => Text(there[name]) is null or "",
        JsonArray lines when name == "analysis_type_categories" => Ids(lines).SetEquals(Ids(there[name] as JsonArray ?? [])),
        JsonArray lines => there[name] is JsonArray its && its.Count == lines.Count && lines.Zip(its).All(pair => Agree(pair.First!.AsObject(), pair.Second!.AsObject())),
        _ when name.EndsWith("_id", StringComparison.Ordinal) && there[name[..^3]] is JsonObject named => Text(named["id"]) == Text(sent),
        _ => Same(Text(sent), Text(there[name])),
    };

    private static HashSet<string?> Ids(JsonArray named) => [.. named.Select(n => Text(n?["id"] ?? n?["analysis_type_id"]))];

    private static bool Same(string? one, string? other) =>
        one == other || (decimal.TryParse(one, NumberStyles.Number, CultureInfo.InvariantCulture, out var a) && decimal.TryParse(other, NumberStyles.Number, CultureInfo.InvariantCulture, out var b) && a == b);

    private static string? Text(JsonNode? node) => node?.ToString();
}
