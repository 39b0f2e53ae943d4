using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.App.Connections;

/// <summary>The lists that are matched, in addresses and in their order.</summary>
internal static class MatchSegments
{
    public static string Segment(this ListKind list) => list.Name().ToLowerInvariant().Replace(' ', '-');

    public static ListKind? Parse(string segment) =>
        ListMatching.Lists.Where(l => l.Segment() == segment).Select(l => (ListKind?)l).FirstOrDefault();

    public static string First => ListMatching.Lists[0].Segment();

    /// <summary>Null behind the last.</summary>
    public static ListKind? After(ListKind list) => ListMatching.Lists.SkipWhile(l => l != list).Skip(1).Select(l => (ListKind?)l).FirstOrDefault();
}
