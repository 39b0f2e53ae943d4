using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Connections;

/// <summary>The lists that are matched, in addresses and as their pages are called.</summary>
internal static class MatchSegments
{
    public static string Segment(this ListKind list) => list.Words().Replace(' ', '-');

    public static ListKind? Parse(string segment) =>
        ListMatching.Lists.Where(l => l.Segment() == segment).Select(l => (ListKind?)l).FirstOrDefault();

    /// <summary>As it stands within a sentence: "tax rates".</summary>
    public static string Words(this ListKind list) => list is ListKind.Products ? "products and services" : list.Name().ToLowerInvariant();

    /// <summary>"tax rates, suppliers and customers".</summary>
    public static string Words(this IReadOnlyList<ListKind> lists) => lists.Count < 2
        ? string.Concat(lists.Select(l => l.Words()))
        : $"{string.Join(", ", lists.SkipLast(1).Select(l => l.Words()))} and {lists[^1].Words()}";
}
