using System.Globalization;
using System.Text.Json;

namespace DextSage.Tests.Contract;

/// <summary>Holds a value against a Swagger 2.0 schema, and tells every difference.</summary>
internal sealed class SpecSchema(SpecOperation operation, bool isRequest)
{
    public IEnumerable<Deviation> Check(JsonElement schema, JsonElement value, string at)
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("properties", out var properties)) return CheckObject(schema, properties, value, at);
        return Text(schema, "type") switch
        {
            "array" => CheckArray(schema, value, at),
            "string" => CheckString(schema, value, at),
            "number" => When(value.ValueKind is not JsonValueKind.Number, DeviationKind.WrongType, at, "number", value),
            "integer" => When(!(value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out _)), DeviationKind.WrongType, at, "integer", value),
            "boolean" => When(value.ValueKind is not (JsonValueKind.True or JsonValueKind.False), DeviationKind.WrongType, at, "boolean", value),
            // No type: the description does not say.
            _ => [],
        };
    }

    public IReadOnlySet<string> MembersOf(JsonElement schema) =>
        Resolve(schema).TryGetProperty("properties", out var members) ? members.EnumerateObject().Select(m => m.Name).ToHashSet(StringComparer.Ordinal) : new HashSet<string>();

    /// <summary>Whether a text in a query is of a parameter's type.</summary>
    public static bool IsOfType(JsonElement parameter, string text) => Text(parameter, "type") switch
    {
        "integer" => int.TryParse(text, CultureInfo.InvariantCulture, out var number)
            && (!parameter.TryGetProperty("minimum", out var least) || number >= least.GetInt32())
            && (!parameter.TryGetProperty("maximum", out var most) || number <= most.GetInt32()),
        "boolean" => text is "true" or "false",
        "string" => (!parameter.TryGetProperty("enum", out var values) || values.EnumerateArray().Any(v => v.ValueEquals(text)))
            && Text(parameter, "format") switch
            {
                "date" => IsDate(text) || IsTime(text),
                "date-time" => IsTime(text) || IsDate(text),
                _ => true,
            },
        _ => false,
    };

    private IEnumerable<Deviation> CheckObject(JsonElement schema, JsonElement properties, JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.Object)
        {
            yield return Tell(DeviationKind.WrongType, at, "object", value.GetRawText());
            yield break;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (!properties.TryGetProperty(member.Name, out var of))
                yield return Tell(DeviationKind.UnknownMember, $"{at}/{member.Name}", "a declared member", member.Value.GetRawText());
            else
                foreach (var deviation in Check(of, member.Value, $"{at}/{member.Name}")) yield return deviation;
        }

        if (!schema.TryGetProperty("required", out var required)) yield break;
        foreach (var name in required.EnumerateArray().Select(r => r.GetString()!).Where(n => !value.TryGetProperty(n, out _)))
            yield return Tell(DeviationKind.MissingMember, $"{at}/{name}", "it", "nothing");
    }

    private IEnumerable<Deviation> CheckArray(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.Array) return [Tell(DeviationKind.WrongType, at, "array", value.GetRawText())];
        return schema.TryGetProperty("items", out var items) ? value.EnumerateArray().SelectMany(item => Check(items, item, at + "/*")) : [];
    }

    private IEnumerable<Deviation> CheckString(JsonElement schema, JsonElement value, string at)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            yield return Tell(DeviationKind.WrongType, at, "string", value.GetRawText());
            yield break;
        }

        var text = value.GetString()!;
        if (schema.TryGetProperty("maxLength", out var longest) && text.Length > longest.GetInt32())
            yield return Tell(DeviationKind.TooLong, at, longest.GetRawText(), value.GetRawText());
        if (schema.TryGetProperty("enum", out var values) && !values.EnumerateArray().Any(v => v.ValueEquals(text)))
            yield return Tell(DeviationKind.WrongValue, at, values.GetRawText(), value.GetRawText());
        if ((Text(schema, "format") == "date" && !IsDate(text)) || (Text(schema, "format") == "date-time" && !IsTime(text)))
            yield return Tell(DeviationKind.WrongValue, at, Text(schema, "format")!, value.GetRawText());
    }

    private JsonElement Resolve(JsonElement schema)
    {
        while (schema.TryGetProperty("$ref", out var reference))
            schema = operation.Document.GetProperty("definitions").GetProperty(reference.GetString()!["#/definitions/".Length..]);
        return schema;
    }

    private IEnumerable<Deviation> When(bool differs, DeviationKind kind, string at, string expected, JsonElement value) =>
        differs ? [Tell(kind, at, expected, value.GetRawText())] : [];

    private Deviation Tell(DeviationKind kind, string at, string expected, string actual) => new(operation.Name, isRequest, kind, at, expected, actual);

    private static string? Text(JsonElement schema, string name) => schema.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool IsDate(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static bool IsTime(string text) =>
        text.Length > 10 && text[10] == 'T' && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
