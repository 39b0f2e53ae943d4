using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DextSage.Integration.Sandbox;

/// <summary>
/// Reads the members of an entity and collects what is wrong with them. Invented: members that Sage does not know are ignored
/// (Sage API 18, question 16).
/// </summary>
internal sealed class Checks(JsonObject entity, string wrapper, string where = "", string shape = "")
{
    public List<SageError> Errors { get; private init; } = [];

    public JsonObject Entity => entity;

    /// <summary>The checks of a part of the entity, into the same errors.</summary>
    /// <param name="inside">The part.</param>
    /// <param name="source">How Sage names it in <c>$source</c> of a rule: <c>line_items</c>.</param>
    /// <param name="path">How it names it when the shape is wrong: <c>[invoice_lines][0]</c>.</param>
    public Checks Inside(JsonObject inside, string source, string path) => new(inside, wrapper, source + ".", path) { Errors = Errors };

    public string? Text(string name, int most = int.MaxValue, bool required = false)
    {
        if (Missing(name, required)) return null;
        if (entity[name] is not JsonValue value || !value.TryGetValue<string>(out var text)) return Shape(name);
        if (required && text.Trim().Length == 0) Add(SageError.Required(where + name));
        else if (text.Length > most) Add(SageError.TooLong(where + name, most));
        else return text;
        return null;
    }

    public DateOnly? Date(string name, bool required = false)
    {
        if (Text(name, required: required) is not { Length: > 0 } text) return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        Shape(name);
        return null;
    }

    public decimal? Number(string name, bool required = false)
    {
        if (Missing(name, required)) return null;
        // Invented: no figure beyond a thousand million.
        if (SageDecimal.Read(entity[name]) is { } number and >= -1_000_000_000m and <= 1_000_000_000m) return number;
        Shape(name);
        return null;
    }

    public bool Flag(string name)
    {
        if (Missing(name, required: false)) return false;
        if (entity[name]!.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return entity.Flag(name);
        Shape(name);
        return false;
    }

    public IReadOnlyList<JsonObject> List(string name, bool required = false)
    {
        if (Missing(name, required)) return [];
        if (entity[name] is not JsonArray array || array.Any(one => one is not JsonObject))
        {
            Shape(name);
            return [];
        }
        if (required && array.Count == 0) Add(SageError.Required(where + name));
        return [.. array.OfType<JsonObject>()];
    }

    public void Add(SageError error) => Errors.Add(error);

    public void AddRule(string message, string name) => Add(SageError.Rule(message, where + name));

    private bool Missing(string name, bool required)
    {
        if (entity[name] is not null) return false;
        if (required) Add(SageError.Required(where + name));
        return true;
    }

    private string? Shape(string name)
    {
        Add(SageError.Invalid($"{wrapper}{shape}[{name}]"));
        return null;
    }
}
