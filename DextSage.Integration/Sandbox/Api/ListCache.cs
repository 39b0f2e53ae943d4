namespace DextSage.Integration.Sandbox;

/// <summary>Lists as they are sent, each record its JSON: until somebody writes, a page is only cut out of them.</summary>
internal sealed class ListCache
{
    private const int MostLists = 24;
    private readonly Lock gate = new();
    private readonly Dictionary<string, IReadOnlyList<byte[]>> lists = new(StringComparer.Ordinal);
    private long writes;

    public IReadOnlyList<byte[]> Get(string key, Func<IReadOnlyList<byte[]>> read)
    {
        long before;
        lock (gate)
        {
            if (lists.TryGetValue(key, out var known)) return known;
            before = writes;
        }

        var items = read();
        lock (gate)
        {
            // Somebody wrote meanwhile: right for this answer, and perhaps not for the next.
            if (writes != before) return items;
            if (lists.Count >= MostLists) lists.Clear();
            lists[key] = items;
        }

        return items;
    }

    public void Forget()
    {
        lock (gate)
        {
            writes++;
            lists.Clear();
        }
    }
}
