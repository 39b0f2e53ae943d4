using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace DextSage.Integration.Sage;

/// <summary>
/// Plans the reading of one list whose pages are fetched side by side, while the list may be changing. Goes by the total and the ids seen, never by
/// <c>$next</c>; asks for smaller pages where Sage cannot build large ones in time (Sage API 4.1, 4.2). Not for several threads at once.
/// </summary>
/// <remarks>Of an id 64 bits are kept. Two ids that share them would leave a row in force that Sage no longer has; nothing worse.</remarks>
public sealed class SageReading
{
    // Each divides the one before, so that a smaller page starts where the larger one would have.
    private static readonly int[] Sizes = [SagePageRequest.LargestSize, 50, 10];

    private const int MostForeseen = 500_000;

    private readonly LinkedList<(int From, int To)> rest = new();
    private readonly SeenKeys seen = new();
    private int level;
    private int goodSinceSmaller;
    private int covered;
    private int underWay;
    private int barren;
    private int? firstTotal;
    private bool totalHeld = true;
    private bool isBrokenOff;

    /// <param name="before">The pages that an earlier attempt has kept, in their order; none for a reading from the beginning.</param>
    public SageReading(IEnumerable<SageReadPage>? before = null)
    {
        var done = new List<SageReadPage>();
        foreach (var page in before ?? [])
        {
            done.Add(page);
            Note(page.Total, page.NewIds.Length == 0);
            foreach (var key in page.NewIds) seen.Add(key);
        }

        if (done.Count == 0) PlanUpTo(Sizes[0]);
        else PlanAround(done);
    }

    /// <summary>Pages that have come in, those of earlier attempts included.</summary>
    public int Pages { get; private set; }

    /// <summary>Different rows seen.</summary>
    public int Seen => seen.Count;

    /// <summary>Sage's latest count of the list; null when it does not say.</summary>
    public int? Total { get; private set; }

    public bool IsEnded => isBrokenOff || (rest.Count == 0 && underWay == 0);

    /// <summary>Every page named one total and just as many rows were seen. A row that was not seen is likely gone then; one removed and another added
    /// between two pages can still hide one.</summary>
    public bool IsSettled => IsEnded && !isBrokenOff && totalHeld && seen.Count == Total;

    /// <summary>The whole list came in one page: nothing can have shifted under it.</summary>
    public bool IsSnapshot => Pages == 1 && IsSettled;

    public bool HasSeen(string id) => seen.Contains(Key(id));

    /// <summary>The next page to ask for, or null when there is none now: others under way may tell of more.</summary>
    public SagePageRequest? Next()
    {
        if (isBrokenOff || rest.First is not { Value: var (from, to) } span) return null;
        var size = Sizes.Skip(level).First(s => s == Sizes[^1] || (from % s == 0 && from + s <= to));
        if (from + size >= to) rest.Remove(span);
        else span.Value = (from + size, to);
        underWay++;
        return new SagePageRequest(from / size + 1, size);
    }

    /// <summary>Takes in a page; the keys of the rows not seen before, in the page's order, and 0 for those that were.</summary>
    public ulong[] Accept(int? total, IReadOnlyList<string> ids)
    {
        underWay--;
        var keys = new ulong[ids.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = Key(ids[i]);
            keys[i] = seen.Add(key) ? key : 0;
        }

        var bringsNothing = Array.TrueForAll(keys, key => key == 0);
        Note(total, bringsNothing);
        if (level > 0 && ++goodSinceSmaller >= 8) (level, goodSinceSmaller) = (level - 1, 0);
        PlanOn(bringsNothing);
        return keys;
    }

    /// <summary>The page could not be had: it will be asked for again.</summary>
    public void PutBack(SagePageRequest page)
    {
        underWay--;
        var from = (page.Number - 1) * page.Size;
        rest.AddFirst((from, from + page.Size));
    }

    /// <summary>The page is too heavy for Sage: its rows, and those that follow, will be asked for in smaller ones. False when there are none smaller.</summary>
    public bool PutBackInSmaller(SagePageRequest page)
    {
        PutBack(page);
        var next = Array.IndexOf(Sizes, page.Size) + 1;
        if (next >= Sizes.Length) return false;
        (level, goodSinceSmaller) = (Math.Max(level, next), 0);
        return true;
    }

    /// <summary>Nothing more is asked: Sage does not let this list be read.</summary>
    public void BreakOff()
    {
        isBrokenOff = true;
        rest.Clear();
    }

    private void Note(int? total, bool bringsNothing)
    {
        if (Pages++ == 0)
        {
            firstTotal = total;
            // Grown once and not by doubling; a total may lie.
            seen.Expect(Math.Clamp(total ?? 0, 0, MostForeseen));
        }

        totalHeld &= total is not null && total == firstTotal;
        Total = total;
        barren = bringsNothing ? barren + 1 : 0;
    }

    private void PlanOn(bool bringsNothing)
    {
        // A total may be missing, or lie: pages that bring nothing new end the reading whatever it says.
        if (barren >= 2 && rest.Count > 0)
        {
            BreakOff();
            return;
        }

        if (Total is { } total) PlanUpTo(total);
        else if (!bringsNothing && rest.Count == 0 && underWay == 0) PlanUpTo(covered + 1);
    }

    // Whole pages, the last one too: what lies beyond the end costs nothing.
    private void PlanUpTo(int rows)
    {
        if (rows <= covered) return;
        var to = (int)Math.Min((rows + (long)Sizes[0] - 1) / Sizes[0] * Sizes[0], int.MaxValue / Sizes[0] * Sizes[0]);
        rest.AddLast((covered, to));
        covered = to;
    }

    private void PlanAround(List<SageReadPage> done)
    {
        foreach (var page in done.OrderBy(p => p.From))
        {
            if (page.From > covered) rest.AddLast((covered, page.From));
            covered = Math.Max(covered, page.From + page.Size);
        }

        PlanOn(bringsNothing: done[^1].NewIds.Length == 0);
    }

    private static ulong Key(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        // Zero says "seen before".
        return BinaryPrimitives.ReadUInt64LittleEndian(hash) | 1;
    }
}

/// <summary>A page that has come in: its first row from 0, its size, the total it named, and the keys of the rows that were new with it.</summary>
public sealed record SageReadPage(int From, int Size, int? Total, ulong[] NewIds);
