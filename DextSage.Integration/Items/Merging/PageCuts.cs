namespace DextSage.Integration.Items;

/// <summary>Where a document is cut: after which of its pages.</summary>
public static class PageCuts
{
    /// <summary>The parts, as first and last page of each, from 1. Together they are all pages, each once.</summary>
    public static IReadOnlyList<(int From, int To)> Parts(int pages, IEnumerable<int> cuts)
    {
        int[] ends = [.. cuts.Where(c => c > 0 && c < pages).Distinct().Order(), pages];
        return [.. ends.Select((end, n) => (n == 0 ? 1 : ends[n - 1] + 1, end))];
    }

    /// <summary>After every so many pages.</summary>
    public static IReadOnlyList<int> Every(int pages, int each) => each < 1 ? [] : [.. Enumerable.Range(1, pages).Where(page => page % each == 0 && page < pages)];
}
