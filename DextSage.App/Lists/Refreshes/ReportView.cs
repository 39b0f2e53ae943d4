using DextSage.App.Shared;
using DextSage.Integration.Lists;

namespace DextSage.App.Lists.Refreshes;

/// <summary>Which lines of a report are shown: all of it in the URL.</summary>
/// <param name="List">Null for all lists.</param>
/// <param name="Kind">Null for every kind of change.</param>
public sealed record ReportView(string Path, ListKind? List, ListChangeKind? Kind)
{
    public static ReportView From(string path, string? list, string? kind) => new(path, UrlWords.Known<ListKind>(list), UrlWords.Known<ListChangeKind>(kind));

    public bool IsFiltered => List is not null || Kind is not null;

    public string Url
    {
        get
        {
            var said = new List<string>();
            if (List is { } list) said.Add($"list={list.InUrl()}");
            if (Kind is { } kind) said.Add($"kind={kind.InUrl()}");
            return said.Count == 0 ? Path : $"{Path}?{string.Join('&', said)}";
        }
    }

    /// <summary>Lines that this view leaves.</summary>
    public int Of(IEnumerable<ChangeCount> counts) => counts.Where(c => (List is null || c.List == List) && (Kind is null || c.Kind == Kind)).Sum(c => c.Lines);
}
