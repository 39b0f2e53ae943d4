using System.Buffers;

namespace DextSage.Integration.Rules;

/// <summary>Finds which of many words a text contains, in one pass over it however many they are.</summary>
internal sealed class TextIndex
{
    /// <summary>The fewest characters of a word that is looked for.</summary>
    public const int Shortest = 3;

    private readonly SearchValues<string> any;
    private readonly Dictionary<string, List<string>> byHead;

    /// <param name="words">As <see cref="RuleText.Plain"/> writes them, of <see cref="Shortest"/> characters or more.</param>
    public TextIndex(IEnumerable<string> words)
    {
        var all = words.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        any = SearchValues.Create([.. all], StringComparison.OrdinalIgnoreCase);
        byHead = all.GroupBy(w => w[..Shortest], StringComparer.OrdinalIgnoreCase).ToDictionary(g => g.Key, g => g.ToList(), StringComparer.OrdinalIgnoreCase);
    }

    public IReadOnlySet<string> In(string text)
    {
        var found = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (byHead.Count == 0) return found;
        var heads = byHead.GetAlternateLookup<ReadOnlySpan<char>>();
        var rest = text.AsSpan();
        while (rest.IndexOfAny(any) is >= 0 and var at)
        {
            rest = rest[at..];
            foreach (var word in heads[rest[..Shortest]])
                if (rest.StartsWith(word, StringComparison.OrdinalIgnoreCase)) found.Add(word);
            rest = rest[1..];
        }

        return found;
    }
}
