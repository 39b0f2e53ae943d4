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
    private Dictionary<string, string>? attributes;
    private StringBuilder? written;

    public string Name => name;
    public string Space => space;
    public IReadOnlyList<XmlTag> Children => children ?? [];

    /// <summary>What it says itself, spaces and line breaks as one space each; null where that is nothing.</summary>
    public string? Said => written is null ? null : string.Join(' ', written.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) is { Length: > 0 } said ? said : null;

    public string? Attribute(string name) => attributes?.GetValueOrDefault(name);

    /// <param name="name">May name several, from which the vocabularies choose: <c>ID|IssuerAssignedID</c>.</param>
    public IEnumerable<XmlTag> All(string name) =>
        name.Contains('|', StringComparison.Ordinal) && name.Split('|') is var names ? Children.Where(c => names.Contains(c.Name, StringComparer.Ordinal)) : Children.Where(c => c.Name == name);

    /// <summary>The first at the end of the path; null where it breaks off.</summary>
    public XmlTag? At(params ReadOnlySpan<string> path)
    {
        var at = this;
        foreach (var step in path)
            if (at?.All(step).FirstOrDefault() is { } next) at = next;
            else return null;
        return at;
    }

    /// <summary>What is said at the end of the path; null where nothing is, or where it is said twice and differently.</summary>
    public string? Text(params ReadOnlySpan<string> path)
    {
        var parent = At(path[..^1]);
        return parent?.All(path[^1]).Select(c => c.Said).OfType<string>().Distinct(StringComparer.Ordinal).Take(2).ToList() is [var only] ? only : null;
    }

    public void Add(XmlTag child) => (children ??= []).Add(child);
    public void Add(string attribute, string value) => (attributes ??= new(StringComparer.Ordinal))[attribute] = value;
    public void Write(string text) => (written ??= new StringBuilder()).Append(text);
}
