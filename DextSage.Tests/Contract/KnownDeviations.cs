using System.Globalization;
using System.Text.Json;

namespace DextSage.Tests.Contract;

/// <summary>Where Sage's wire is known to differ from Sage's own description. All of them, and nowhere else.</summary>
internal static class KnownDeviations
{
    /// <summary>Lists are declared as bare arrays and come in an envelope (Sage API 4.1); /businesses spells one member in another way.</summary>
    public static readonly IReadOnlySet<string> Envelope = new HashSet<string>(StringComparer.Ordinal)
        { "$total", "$page", "$next", "$back", "$itemsPerPage", "$items_per_page", "$items" };

    /// <summary>No error is declared at all (Sage API 6): an element of the array has exactly these.</summary>
    public static readonly IReadOnlySet<string> Error = new HashSet<string>(StringComparer.Ordinal) { "$severity", "$dataCode", "$message", "$source" };

    private static readonly IReadOnlyList<(string Why, Func<Deviation, bool> Covers)> All =
    [
        ("Nullable cannot be said; nearly every member can be null in an answer.",
            d => d is { IsRequest: false, Kind: DeviationKind.WrongType, Actual: "null" }),
        ("Amounts and rates are declared as numbers and travel as strings, both ways.",
            d => d is { Kind: DeviationKind.WrongType, Expected: "number" } && IsDecimal(d.Actual)),
        ("An empty date can come as an empty string.",
            d => d is { IsRequest: false, Kind: DeviationKind.WrongValue, Expected: "date" or "date-time", Actual: "\"\"" }),
        ("The idempotency id is in a guide and in no schema.",
            d => d is { IsRequest: true, Kind: DeviationKind.UnknownMember } && d.Pointer.Count(c => c == '/') == 2 && d.Pointer.EndsWith("/idempotency_id", StringComparison.Ordinal)),
        ("A change names a line by its id, as the guide does; the description knows none on what is sent.",
            d => d is { IsRequest: true, Kind: DeviationKind.UnknownMember, Operation: var operation, Pointer: var pointer } && operation.StartsWith("PUT ", StringComparison.Ordinal) && pointer.EndsWith("_lines/*/id", StringComparison.Ordinal)),
        ("The categories of a line are declared as strings; the guide sends objects with an id.",
            d => d.IsRequest && d is { Kind: DeviationKind.WrongType, Expected: "string" }
                && d.Pointer.EndsWith("_lines/*/analysis_type_categories/*", StringComparison.Ordinal) && IsObjectWithIdOnly(d.Actual)),
        ("The level of an analysis type is declared as an array and is an object.",
            d => d is { IsRequest: false, Kind: DeviationKind.WrongType, Expected: "array" }
                && d.Pointer.EndsWith("/analysis_type_level", StringComparison.Ordinal) && d.Actual.StartsWith('{')),
        ("The description of businesses is of 2022: their $path and a subscription's accountant_pays came later.",
            d => d is { IsRequest: false, Kind: DeviationKind.UnknownMember, Pointer: "/$path" or "/subscriptions/*/accountant_pays" or "/*/$path" }
                && d.Operation.Contains("/businesses", StringComparison.Ordinal)),
    ];

    public static bool Cover(Deviation deviation) => All.Any(known => known.Covers(deviation));

    private static bool IsDecimal(string json) =>
        json.StartsWith('"') && decimal.TryParse(json.Trim('"'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static bool IsObjectWithIdOnly(string json)
    {
        using var value = JsonDocument.Parse(json);
        return value.RootElement.ValueKind is JsonValueKind.Object
            && value.RootElement.EnumerateObject().Select(m => m.Name).SequenceEqual(["id"], StringComparer.Ordinal);
    }
}
