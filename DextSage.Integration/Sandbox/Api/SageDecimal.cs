using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>Decimals on the wire: strings with at least one place going out, numbers or strings coming in (Sage API 3).</summary>
internal static class SageDecimal
{
    public static string Text(decimal value) => value.ToString("0.0#########", CultureInfo.InvariantCulture);

    public static decimal? Read(JsonNode? node) => node is not JsonValue value ? null : value.GetValueKind() switch
    {
        JsonValueKind.Number => decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null,
        JsonValueKind.String => decimal.TryParse(value.GetValue<string>(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null,
        _ => null,
    };

    public static decimal Amount(this JsonObject body, string name) => Read(body[name]) ?? 0;

    public static decimal Money(decimal value) => Math.Round(value, 2, MidpointRounding.AwayFromZero);
}
