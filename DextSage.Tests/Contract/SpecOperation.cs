using System.Text.Json;

namespace DextSage.Tests.Contract;

/// <summary>One verb of one path of a Swagger 2.0 document.</summary>
internal sealed class SpecOperation(JsonElement document, string method, string path, JsonElement operation)
{
    public JsonElement Document => document;
    public string Name => $"{method} {path}";

    public IEnumerable<string> RequiredQuery => Parameters("query").Where(p => p.TryGetProperty("required", out var r) && r.GetBoolean()).Select(p => p.GetProperty("name").GetString()!);

    public JsonElement? BodySchema => Parameters("body").Select(p => (JsonElement?)p.GetProperty("schema")).FirstOrDefault();

    public static IReadOnlyList<SpecOperation> Load(string file)
    {
        var document = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
        return [.. document.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()
            .Where(verb => verb.Name is "get" or "post" or "put" or "delete")
            .Select(verb => new SpecOperation(document, verb.Name.ToUpperInvariant(), path.Name, verb.Value)))];
    }

    public bool Matches(string askedMethod, string askedPath)
    {
        var (template, asked) = (path.Split('/'), askedPath.Split('/'));
        return method == askedMethod && template.Length == asked.Length
            && template.Zip(asked).All(s => s.First == s.Second || (s.First.StartsWith('{') && s.Second.Length > 0));
    }

    public JsonElement? Parameter(string name) =>
        Parameters("query").Where(p => p.GetProperty("name").ValueEquals(name)).Select(p => (JsonElement?)p).FirstOrDefault();

    public bool TryGetAnswer(int status, out JsonElement schema)
    {
        schema = default;
        return operation.GetProperty("responses").TryGetProperty($"{status}", out var answer) && answer.TryGetProperty("schema", out schema);
    }

    /// <summary>Declared, and without a body: what most deletions answer.</summary>
    public bool AnswersEmpty(int status) => operation.GetProperty("responses").TryGetProperty($"{status}", out var answer) && !answer.TryGetProperty("schema", out _);

    private IEnumerable<JsonElement> Parameters(string place) =>
        operation.TryGetProperty("parameters", out var all) ? all.EnumerateArray().Where(p => p.GetProperty("in").ValueEquals(place)) : [];
}
