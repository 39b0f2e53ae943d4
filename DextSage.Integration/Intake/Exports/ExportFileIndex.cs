namespace DextSage.Integration.Intake.Exports;

/// <summary>Which file belongs to which row: Dext puts the Receipt ID into their names.</summary>
internal static class ExportFileIndex
{
    private const int LongestId = 40;

    /// <summary>The place of each id's file among the names. Nothing for an id that no name carries, or more than one does.</summary>
    public static Dictionary<string, int> Match(IEnumerable<string> ids, IReadOnlyList<string> names)
    {
        var wanted = ids.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var lookup = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
        var found = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var several = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var place = 0; place < names.Count; place++)
            foreach (var id in Carried(names[place], lookup))
                if (!found.TryAdd(id, place) && found[id] != place) several.Add(id);
        foreach (var id in several) found.Remove(id);
        return found;
    }

    /// <summary>The id must stand alone: 1234 is not found in 12345.pdf.</summary>
    private static List<string> Carried(string name, HashSet<string>.AlternateLookup<ReadOnlySpan<char>> wanted)
    {
        List<string> carried = [];
        for (var from = 0; from < name.Length; from++)
        {
            if (from > 0 && char.IsLetterOrDigit(name[from - 1])) continue;
            for (var to = from + 1; to <= Math.Min(name.Length, from + LongestId); to++)
            {
                if (to < name.Length && char.IsLetterOrDigit(name[to])) continue;
                if (wanted.TryGetValue(name.AsSpan(from, to - from), out var id)) carried.Add(id);
            }
        }
        return carried;
    }
}
