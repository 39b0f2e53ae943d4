using System.Text.Json.Serialization;

namespace DextSage.Integration.Sage;

/// <summary>What Sage wraps a list in (Sage API 4.1). Its links to other pages are not read: they are not to be trusted as addresses.</summary>
internal sealed record SageEnvelope<T> where T : ISageRecord
{
    [JsonPropertyName("$total")] public int? Total { get; init; }
    [JsonPropertyName("$page")] public int? Page { get; init; }
    [JsonPropertyName("$items")] public IReadOnlyList<T>? Items { get; init; }
}
