using System.Text.Json;
using System.Web;
using Xunit;

namespace DextSage.Tests.Contract;

/// <summary>Sage's own description of its API, as a judge of what we send and of what our sandbox answers.</summary>
internal sealed class SageSpec
{
    private const string Missing = "Sage's own description of its API is not beside this checkout.";

    private readonly IReadOnlyList<SpecOperation> _operations;

    private SageSpec(IReadOnlyList<SpecOperation> operations) => _operations = operations;

    public static SageSpec LoadOrSkip()
    {
        Assert.SkipWhen(Shared.Folder is null, Missing);
        var folder = Path.Combine(Shared.Folder!, "sage");
        return new([.. SpecOperation.Load(Path.Combine(folder, "sage-accounting-v3.1.swagger.json")),
            .. SpecOperation.Load(Path.Combine(folder, "user-business.swagger.json"))]);
    }

    /// <param name="path">Below /v3.1.</param>
    /// <returns>What is not as described, without what is known to differ.</returns>
    public IReadOnlyList<Deviation> CheckRequest(string method, string path, string query, string? jsonBody)
    {
        if (Find(method, path) is not { } operation)
            return [new($"{method} {path}", true, DeviationKind.UnknownPath, path, "a declared operation", path)];
        return Unknown([.. CheckQuery(operation, query), .. CheckBody(operation, jsonBody)]);
    }

    /// <inheritdoc cref="CheckRequest"/>
    public IReadOnlyList<Deviation> CheckAnswer(string method, string path, int status, string jsonBody)
    {
        if (status >= 400) return CheckError($"{method} {path} {status}", jsonBody);
        if (Find(method, path) is not { } operation)
            return [new($"{method} {path}", false, DeviationKind.UnknownPath, path, "a declared operation", path)];
        if (jsonBody.Length == 0 && operation.AnswersEmpty(status)) return [];
        if (!operation.TryGetAnswer(status, out var schema))
            return [new(operation.Name, false, DeviationKind.UndeclaredStatus, "", "a declared status", $"{status}")];
        using var body = JsonDocument.Parse(jsonBody);
        return Unknown(IsList(schema)
            ? [.. CheckEnvelope(operation, schema, body.RootElement)]
            : [.. new SpecSchema(operation, false).Check(schema, body.RootElement, "")]);
    }

    private SpecOperation? Find(string method, string path) => _operations.FirstOrDefault(o => o.Matches(method, path));

    private static List<Deviation> Unknown(IEnumerable<Deviation> deviations) => [.. deviations.Where(d => !KnownDeviations.Cover(d))];

    private static IEnumerable<Deviation> CheckQuery(SpecOperation operation, string query)
    {
        var sent = HttpUtility.ParseQueryString(query);
        foreach (var name in sent.AllKeys.Where(k => k is not null).Select(k => k!))
        {
            if (operation.Parameter(name) is not { } parameter)
                yield return new(operation.Name, true, DeviationKind.UnknownParameter, name, "a declared parameter", name);
            else if (!SpecSchema.IsOfType(parameter, sent[name]!))
                yield return new(operation.Name, true, DeviationKind.WrongValue, name, parameter.GetRawText(), sent[name]!);
        }

        foreach (var name in operation.RequiredQuery.Where(n => sent[n] is null))
            yield return new(operation.Name, true, DeviationKind.MissingParameter, name, "it", "nothing");

        // What a list is asked to fill must be a member of its records.
        if (sent["attributes"] is { } attributes && attributes != "all" && operation.TryGetAnswer(200, out var answer))
        {
            var members = new SpecSchema(operation, false).MembersOf(IsList(answer) ? answer.GetProperty("items") : answer);
            foreach (var attribute in attributes.Split(',').Where(a => !members.Contains(a)))
                yield return new(operation.Name, true, DeviationKind.WrongValue, "attributes", "a member of the record", attribute);
        }
    }

    private static List<Deviation> CheckBody(SpecOperation operation, string? jsonBody)
    {
        if (operation.BodySchema is not { } schema)
            return jsonBody is null ? [] : [new(operation.Name, true, DeviationKind.UnknownMember, "", "no body", jsonBody)];
        if (jsonBody is null) return [new(operation.Name, true, DeviationKind.MissingMember, "", "a body", "nothing")];
        using var body = JsonDocument.Parse(jsonBody);
        return [.. new SpecSchema(operation, true).Check(schema, body.RootElement, "")];
    }

    private static IEnumerable<Deviation> CheckEnvelope(SpecOperation operation, JsonElement schema, JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
        {
            yield return new(operation.Name, false, DeviationKind.WrongType, "", "an envelope", body.GetRawText());
            yield break;
        }

        foreach (var member in body.EnumerateObject().Where(m => !KnownDeviations.Envelope.Contains(m.Name)))
            yield return new(operation.Name, false, DeviationKind.UnknownMember, "/" + member.Name, "a member of the envelope", member.Value.GetRawText());
        foreach (var name in new[] { "$total", "$page", "$next", "$back", "$items" }.Where(n => !body.TryGetProperty(n, out _)))
            yield return new(operation.Name, false, DeviationKind.MissingMember, "/" + name, "it", "nothing");
        if (!body.TryGetProperty("$items", out var items)) yield break;
        foreach (var deviation in new SpecSchema(operation, false).Check(schema, items, "")) yield return deviation;
    }

    // An array of errors, or the object of a missing token (Sage API 6).
    private static List<Deviation> CheckError(string operation, string jsonBody)
    {
        using var body = JsonDocument.Parse(jsonBody);
        var root = body.RootElement;
        if (root.ValueKind is JsonValueKind.Object && root.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String) return [];
        var isArray = root.ValueKind is JsonValueKind.Array && root.GetArrayLength() > 0 && root.EnumerateArray().All(e =>
            e.ValueKind is JsonValueKind.Object
            && KnownDeviations.Error.SetEquals(e.EnumerateObject().Select(m => m.Name))
            && e.EnumerateObject().All(m => m.Value.ValueKind is JsonValueKind.String));
        return isArray ? [] : [new(operation, false, DeviationKind.WrongType, "", "Sage's error array", jsonBody)];
    }

    private static bool IsList(JsonElement schema) => schema.TryGetProperty("type", out var type) && type.ValueEquals("array");
}
