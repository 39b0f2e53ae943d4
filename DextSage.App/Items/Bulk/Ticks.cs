namespace DextSage.App.Items.Bulk;

/// <summary>Which rows of a list are ticked: some, across its pages, or all that match, on whatever page.</summary>
public sealed class Ticks
{
    // In the order in which they were ticked: that is the order of the pages when they are merged.
    private readonly OrderedDictionary<string, bool> codes = new(StringComparer.Ordinal);
    private string? anchor;

    public bool AllMatch { get; private set; }

    public bool Any => AllMatch || codes.Count > 0;

    public IReadOnlyList<string> Codes => [.. codes.Keys];

    public bool Has(string code) => AllMatch || codes.ContainsKey(code);

    /// <param name="total">How many match.</param>
    public int Count(int total) => AllMatch ? total : codes.Count;

    /// <summary>Ticks a row, or all from the last one ticked to it.</summary>
    /// <param name="page">The codes on the screen, in their order.</param>
    public void Set(string code, bool on, IReadOnlyList<string> page, bool asRange = false)
    {
        // From all that match, one is taken away: what stays is what can be seen.
        if (AllMatch) SetPage(page, on: true);
        var (from, to) = (anchor is null ? -1 : Index(page, anchor), Index(page, code));
        IEnumerable<string> those = asRange && from >= 0 && to >= 0 ? page.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1) : [code];
        Put(those, on);
        anchor = code;
    }

    public void SetPage(IReadOnlyList<string> page, bool on)
    {
        if (AllMatch) codes.Clear();
        AllMatch = false;
        anchor = null;
        Put(page, on);
    }

    /// <summary>Of the rows on the screen: all, none, or null for some.</summary>
    public bool? OfPage(IReadOnlyList<string> page)
    {
        var ticked = page.Count(Has);
        return ticked == 0 ? false : ticked == page.Count ? true : null;
    }

    public void TakeAll()
    {
        Clear();
        AllMatch = true;
    }

    public void Clear()
    {
        codes.Clear();
        (AllMatch, anchor) = (false, null);
    }

    private void Put(IEnumerable<string> those, bool on)
    {
        foreach (var code in those)
            if (on) codes.TryAdd(code, true);
            else codes.Remove(code);
    }

    private static int Index(IReadOnlyList<string> page, string code)
    {
        for (var i = 0; i < page.Count; i++)
            if (page[i] == code) return i;
        return -1;
    }
}
