using System.Globalization;

namespace DextSage.Integration.Sandbox;

/// <summary>A list request as a WHERE clause: column names and JSON paths are ours, values are always parameters.</summary>
internal sealed class RecordQuery(string business, string kind)
{
    private readonly List<string> conditions = ["business = $p0", "kind = $p1"];
    private readonly List<object?> values = [business, kind];

    public string Business => business;
    public string Kind => kind;
    public string Order { get; set; } = "position";
    public string From => "FROM record WHERE " + string.Join(" AND ", conditions);
    public object?[] Values => [.. values];

    public RecordQuery Where(string condition) { conditions.Add(condition); return this; }

    public RecordQuery Where(string condition, string value)
    {
        values.Add(value);
        conditions.Add(condition.Replace("?", string.Create(CultureInfo.InvariantCulture, $"$p{values.Count - 1}"), StringComparison.Ordinal));
        return this;
    }

    public RecordQuery Equal(string path, string? value) =>
        value is null ? this : Where($"json_extract(body, '$.{path}') = ?", value);

    public RecordQuery IsTrue(string path) => Where($"json_extract(body, '$.{path}') = 1");

    public RecordQuery IsNotTrue(string path) => Where($"COALESCE(json_extract(body, '$.{path}'), 0) = 0");

    /// <summary>Invented: search is a case-insensitive part of the text (Sage API 4.3 leaves its semantics open).</summary>
    public RecordQuery Contains(string? text, params string[] paths)
    {
        if (string.IsNullOrEmpty(text)) return this;
        var like = "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return Where("(" + string.Join(" OR ", paths.Select(path => $"json_extract(body, '$.{path}') LIKE ? ESCAPE '\\'")) + ")", like);
    }

    public RecordQuery HasOneOf(string array, string? id) =>
        id is null ? this : Where($"EXISTS (SELECT 1 FROM json_each(body, '$.{array}') WHERE json_extract(value, '$.id') = ?)", id);
}
