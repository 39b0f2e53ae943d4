using System.Buffers;

namespace DextSage.Integration.Rules;

/// <summary>Finds which of many words a text contains, in one pass over it however many they are.</summary>
internal sealed class TextIndex
{
    /// <summary>The fewest characters of a word that is looked for.</summary>
    public const int Shortest = 3;

    private readonly SearchValues<string> any;
    private readonly HashSet<string> all;

    /// <summary>By their first characters, how long the words are that begin so: thousands may begin alike, but few differ in length.</summary>
    private readonly Dictionary<string, int[]> lengths;

    /// <param name="words">As <see cref="RuleText.Plain"/> writes them, of <see cref="Shortest"/> characters or more.</param>
    public TextIndex(IEnumerable<string> words)
    {
        all = words.ToHashSet(StringComparer.OrdinalIgnoreCase);
        any = SearchValues.Create([.. all], StringComparison.OrdinalIgnoreCase);
        lengths = all.GroupBy(w => w[..Shortest], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.Select(w => w.Length).Distinct().ToArray(), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlySet<string> In(string text)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (all.Count == 0) return found;
        var (heads, words) = (lengths.GetAlternateLookup<ReadOnlySpan<char>>(), all.GetAlternateLookup<ReadOnlySpan<char>>());
        var rest = text.AsSpan();
        while (rest.IndexOfAny(any) is >= 0 and var at)
        {
            rest = rest[at..];
            foreach (var length in heads[rest[..Shortest]])
                if (length <= rest.Length && words.TryGetValue(rest[..length], out var word)) found.Add(word);
            rest = rest[1..];
        }

        return found;
    }
}
