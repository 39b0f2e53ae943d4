using System.Runtime.InteropServices;

namespace DextSage.Integration.Rules;

/// <summary>Finds which of many words a text contains, in one pass over it however many they are.</summary>
internal sealed class TextIndex
{
    /// <summary>The fewest characters of a word that is looked for.</summary>
    public const int Shortest = 3;

    /// <summary>Characters of a head: as many as are looked at in one go. Shorter words have heads of <see cref="Shortest"/>.</summary>
    private const int Long = 8;

    private readonly Heads longer, shorter;

    /// <param name="words">As <see cref="RuleText.Plain"/> writes them, of <see cref="Shortest"/> characters or more.</param>
    public TextIndex(IEnumerable<string> words)
    {
        var all = words.ToLookup(w => w.Length >= Long);
        (longer, shorter) = (new Heads(all[true], Long), new Heads(all[false], Shortest));
    }

    /// <returns>As they were given, whatever their case is in the text.</returns>
    public IReadOnlySet<string> In(string text)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (longer.IsEmpty && shorter.IsEmpty) return found;
        var upper = text.ToUpperInvariant();
        longer.Find(upper, found);
        shorter.Find(upper, found);
        return found;
    }

    /// <summary>Words by their first characters. Nearly every place of a text is ruled out by one bit; thousands of words may begin alike, but few differ in length.</summary>
    private sealed class Heads
    {
        private const int Bits = 16;
        private readonly int length;
        private readonly ulong[] filter = new ulong[(1 << Bits) / 64];
        private readonly Dictionary<string, int[]> lengths;
        private readonly Dictionary<string, string> words = new(StringComparer.Ordinal);

        public Heads(IEnumerable<string> all, int length)
        {
            this.length = length;
            foreach (var word in all) words.TryAdd(word.ToUpperInvariant(), word);
            lengths = words.Keys.GroupBy(w => w[..length], StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(w => w.Length).Distinct().ToArray(), StringComparer.Ordinal);
            foreach (var head in lengths.Keys) filter[Place(head) / 64] |= 1UL << (Place(head) % 64);
        }

        public bool IsEmpty => words.Count == 0;

        public void Find(ReadOnlySpan<char> text, HashSet<string> found)
        {
            if (IsEmpty) return;
            var (byHead, byWord) = (lengths.GetAlternateLookup<ReadOnlySpan<char>>(), words.GetAlternateLookup<ReadOnlySpan<char>>());
            for (var rest = text; rest.Length >= length; rest = rest[1..])
            {
                var place = Place(rest[..length]);
                if ((filter[place / 64] >> (place % 64) & 1) == 0 || !byHead.TryGetValue(rest[..length], out var its)) continue;
                foreach (var whole in its)
                    if (whole <= rest.Length && byWord.TryGetValue(rest[..whole], out var word)) found.Add(word);
            }
        }

        // Two bytes a character: a head of eight is two numbers, one of three is all of its own.
        private static int Place(ReadOnlySpan<char> head)
        {
            if (head.Length == Shortest) return Mixed(head[0] | (ulong)head[1] << 16 | (ulong)head[2] << 32);
            var numbers = MemoryMarshal.Cast<char, ulong>(head);
            return Mixed(numbers[0] ^ ulong.RotateLeft(numbers[1], 29));
        }

        private static int Mixed(ulong number) => (int)(number * 0x9E3779B97F4A7C15 >> (64 - Bits));
    }
}
