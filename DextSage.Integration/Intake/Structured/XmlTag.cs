using System.Text;

namespace DextSage.Integration.Intake.Structured;

/// <summary>
/// An element of a stranger's XML. Not an XElement: names of those stay in memory for good, and a sender can invent as many as he likes.
/// Elements are found by their local names: the prefixes are the sender's, and the vocabulary is known from the root.
/// </summary>
internal sealed class XmlTag(string name, string space)
{
    // Most elements have the one or the other, and there may be many of them.
    private List<XmlTag>? children;
    private List<(string Name, string Value)>? attributes;
    private string? first;
    private StringBuilder? written;
    private string? said;

    public string Name => name;
    public string Space => space;
    public IReadOnlyList<XmlTag> Children => children ?? [];

    /// <summary>What it says itself, spaces and line breaks as one space each; null where that is nothing.</summary>
    public string? Said => (said ??= Spaced(written?.ToString() ?? first ?? "")).Length > 0 ? said : null;

    public string? Attribute(string name) => attributes?.LastOrDefault(a => a.Name == name).Value;

    /// <param name="names">May be several, from which the vocabularies choose: <c>ID|IssuerAssignedID</c>.</param>
    public IEnumerable<XmlTag> All(string names)
    {
        var areSeveral = AreSeveral(names);
        foreach (var child in children ?? [])
            if (child.Is(names, areSeveral)) yield return child;
    }

    /// <summary>The first at the end of the path; null where it breaks off.</summary>
    public XmlTag? At(params ReadOnlySpan<string> path)
    {
        var at = this;
        foreach (var names in path)
            if (at.First(names) is { } next) at = next;
            else return null;
        return at;
    }

    /// <summary>What is said at the end of the path; null where nothing is, or where it is said twice and differently.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        string? only = null;
        var (names, areSeveral) = (path[^1], AreSeveral(path[^1]));
        foreach (var child in At(path[..^1])?.children ?? [])
        {
            if (!child.Is(names, areSeveral) || child.Said is not { } text) continue;
            if (only is not null && only != text) return null;
            only = text;
        }

        return only;
    }

    public void Add(XmlTag child) => (children ??= []).Add(child);
    public void Add(string attribute, string value) => (attributes ??= []).Add((attribute, value));

    public void Write(string text)
    {
        if (first is null) first = text;
        else (written ??= new StringBuilder(first)).Append(text);
    }

    private XmlTag? First(string names)
    {
        var areSeveral = AreSeveral(names);
        foreach (var child in children ?? [])
            if (child.Is(names, areSeveral)) return child;
        return null;
    }

    private bool Is(string names, bool areSeveral)
    {
        if (!areSeveral) return names == name;
        foreach (var one in names.AsSpan().Split('|'))
            if (names.AsSpan(one).SequenceEqual(name)) return true;
        return false;
    }

    private static bool AreSeveral(string names) => names.Contains('|', StringComparison.Ordinal);

    private static string Spaced(string text) => IsSpaced(text) ? text : string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static bool IsSpaced(string text)
    {
        for (var i = 0; i < text.Length; i++)
            if (char.IsWhiteSpace(text[i]) && (text[i] != ' ' || i == 0 || i == text.Length - 1 || text[i + 1] == ' ')) return false;
        return true;
    }
}
