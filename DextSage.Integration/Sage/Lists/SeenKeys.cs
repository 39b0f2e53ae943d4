namespace DextSage.Integration.Sage;

/// <summary>A set of keys that are spread evenly already and never zero, in little more than the eight bytes of each: a list may have hundreds of thousands.</summary>
internal sealed class SeenKeys
{
    private ulong[] places = new ulong[256];

    public int Count { get; private set; }

    /// <summary>Makes room at once for so many, rather than by and by.</summary>
    public void Expect(int count)
    {
        // A quarter stays empty, so that what is looked for lies near its place.
        var needed = count + (count / 3) + 1;
        if (needed > places.Length) Move(needed);
    }

    /// <summary>False when it was there.</summary>
    public bool Add(ulong key)
    {
        if (Count >= places.Length / 4 * 3) Move(places.Length * 2);
        ref var place = ref PlaceOf(key);
        if (place == key) return false;
        place = key;
        Count++;
        return true;
    }

    public bool Contains(ulong key) => PlaceOf(key) == key;

    /// <summary>Where it is, or the free place where it would be.</summary>
    private ref ulong PlaceOf(ulong key)
    {
        var at = (int)Math.BigMul(key, (ulong)places.Length, out _);
        while (places[at] != 0 && places[at] != key)
            if (++at == places.Length) at = 0;
        return ref places[at];
    }

    private void Move(int size)
    {
        var before = places;
        places = new ulong[size];
        foreach (var key in before)
            if (key != 0) PlaceOf(key) = key;
    }
}
