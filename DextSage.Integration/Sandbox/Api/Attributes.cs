using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Which members of a record are sent (Sage API 4.2): lists send three unless asked, a single record everything unless narrowed.</summary>
internal static class Attributes
{
    private static readonly string[] Always = ["legacy_id", "id", "displayed_as", "$path"];

    public static JsonObject OfListItem(ApiCall call, JsonObject body) => Project(call, Nested(call, body), call.Query("attributes") ?? "");

    public static JsonObject OfSingle(ApiCall call, JsonObject body) => Project(call, Nested(call, body), call.Query("attributes") ?? "all");

    private static JsonObject Project(ApiCall call, JsonObject body, string asked)
    {
        var names = asked.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shown = new JsonObject();
        // Invented: the number itself; Sage's is the id of its first two API versions.
        if (call.Asked("show_legacy_id") && body.Text("id") is { } id) shown["legacy_id"] = LegacyId(id);
        foreach (var (name, value) in body)
            if (names.Contains("all") || Always.Contains(name) || names.Contains(name)) shown[name] = value?.DeepClone();
        return shown;
    }

    /// <summary><c>nested_attributes=all</c> opens what the record points to, one level deep.</summary>
    private static JsonObject Nested(ApiCall call, JsonObject body)
    {
        if (call.Query("nested_attributes") != "all") return body;
        var opened = (JsonObject)body.DeepClone();
        foreach (var (name, value) in body)
        {
            if (value is not JsonObject target || target.Text("$path")?.Split('/') is not ["", var kind, var id]) continue;
            if (call.Find(kind, id) is { } record) opened[name] = record.Body;
        }
        return opened;
    }

    private static int LegacyId(string id) =>
        (int)(BitConverter.ToUInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id))) % 90_000_000) + 1_000_000;
}
