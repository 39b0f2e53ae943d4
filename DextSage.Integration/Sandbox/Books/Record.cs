using System.Text.Json;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>One of Sage's records: <paramref name="Kind"/> is the first part of its path, such as <c>purchase_invoices</c>.</summary>
internal sealed record Record(string Business, string Kind, string Id, JsonObject Body, bool Deleted)
{
    public string DisplayedAs => Body.Text("displayed_as") ?? "";

    /// <summary>The record as others point to it (Sage API 3: id, displayed_as, $path).</summary>
    public JsonObject AsReference() => Reference.To(Kind, Id, Body.Text("displayed_as"));
}

internal static class Reference
{
    public static JsonObject To(string kind, string id, string? displayedAs) =>
        new() { ["id"] = id, ["displayed_as"] = displayedAs, ["$path"] = $"/{kind}/{id}" };
}

/// <summary>Reading from JSON without trusting its shape.</summary>
internal static class JsonReading
{
    public static string? Text(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static bool Flag(this JsonObject body, string name) =>
        body[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static JsonObject? Object(this JsonObject body, string name) => body[name] as JsonObject;

    public static IEnumerable<JsonObject> Objects(this JsonObject body, string name) =>
        body[name] is JsonArray array ? array.OfType<JsonObject>() : [];
}
