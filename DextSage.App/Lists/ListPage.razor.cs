using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Rules;
using DextSage.Integration.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using MudBlazor;

namespace DextSage.App.Lists;

/// <summary>An entry with the items that use it and the rule that it has.</summary>
/// <param name="At">Its place on the list, from 0.</param>
public sealed record ShownRow(ListRow Row, EntryCount? Use, RuleBrief? Rule, int At);

/// <param name="AsRange">All from the row that was ticked last to this one.</param>
public readonly record struct RowTick(bool On, bool AsRange);

/// <summary>
/// The page of a list, the same for all of them. What it shows is in the URL; of its rows it holds those on the screen alone, however
/// many there are.
/// </summary>
public sealed partial class ListPage
{
    private readonly HashSet<Guid> selected = [];
    private Virtualize<ShownRow>? rows;
    private ListPlace place = null!;
    private ListView view = null!;
    private ListColumns columns = null!;
    private ListStanding? standing;
    private ListTally? tally;
    private AnalysisListView? analysis;
    private Func<Task<string?>>? undo;
    private string? said;
    private bool allMatch;
    private bool isStale;
    private int? anchor;

    [Inject] private ListPages Pages { get; set; } = null!;
    [Inject] private ListVisibility Visibility { get; set; } = null!;
    [Inject] private ListRefresh Refreshes { get; set; } = null!;
    [Inject] private OwnEntries Own { get; set; } = null!;
    [Inject] private IDialogService Dialogs { get; set; } = null!;
    [Inject] private EntryUsage Usage { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public Guid? AnalysisType { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Show { get; set; }
    [SupplyParameterFromQuery] public string? Use { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }
    [SupplyParameterFromQuery] public bool? Desc { get; set; }

    protected override News Concern => News.Rows | News.Refresh;

    protected override bool IsWatching => standing is { IsRefreshing: true };

    private bool MayManage => Business.Allows(Permission.ManageLists);
    private bool MayKeepByHand => MayManage && standing is { IsFromSage: false } && OwnEntry.IsKeptByHand(place.List);
    private bool HasUses => EntryUsage.IsUsedByItems(place.List);
    private bool HasAny => tally!.Of(ListFilter.All) > 0;
    private int Total => tally!.Of(view.Query.Filter);
    private int ColumnCount => 2 + columns.More.Count + (columns.Code is null ? 0 : 1) + (MayManage ? 1 : 0) + (HasUses ? 1 : 0) + (HasRules ? 1 : 0);

    protected override async Task OnParametersSetAsync()
    {
        var found = AnalysisType is { } type
            ? ListPlace.OfAnalysis(Business.Slug, analysis, type)
            : ListPlace.At(Business.Slug, new Uri(Navigation.Uri).AbsolutePath);
        if (found is null) return;
        var before = view;
        place = found;
        columns = ListColumns.Of(place.List);
        view = ListView.From(place.Path, place.List, AnalysisType, Q, Show, Use, Sort, Desc);
        if (before is not null && before.Path != view.Path) (standing, tally, undo, said) = (null, null, null, null);
        if (before != view) ClearSelection();
        await base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync()
    {
        var asked = view;
        var stands = await Pages.StandingAsync(Business.Caller, place.List, Gone);
        var counted = await Pages.TallyAsync(Business.Caller, asked.Query, Gone);
        if (AnalysisType is { } type && analysis?.Id != type)
            analysis = (await Pages.AnalysisAsync(Business.Caller, Gone)).FirstOrDefault(a => a.Id == type);
        if (asked != view) return;
        if (AnalysisType is { } id) place = ListPlace.OfAnalysis(Business.Slug, analysis, id);
        (standing, tally, isStale) = (stands, counted, true);
    }

    // The rows are read again once the table stands, by the table, which alone knows which are on the screen.
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        await base.OnAfterRenderAsync(firstRender);
        if (!isStale || rows is null) return;
        isStale = false;
        await rows.RefreshDataAsync();
        StateHasChanged();
    }

    private async ValueTask<ItemsProviderResult<ShownRow>> ProvideAsync(ItemsProviderRequest request)
    {
        var found = await Pages.RowsAsync(Business.Caller, view.Query, request.StartIndex, request.Count, request.CancellationToken);
        var uses = HasUses
            ? await Usage.OfAsync(Business.Caller, place.List, [.. found.Select(r => r.Id)], request.CancellationToken)
            : new Dictionary<Guid, EntryCount>();
        var ruled = await RulesOfAsync(found, request.CancellationToken);
        return new ItemsProviderResult<ShownRow>(found.Select((r, n) => new ShownRow(r, uses.GetValueOrDefault(r.Id), ruled.GetValueOrDefault(r.Id), request.StartIndex + n)), Total);
    }

    private void SearchFor(string? text)
    {
        var wanted = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (wanted != view.Query.Search) Go(view.With(q => q with { Search = wanted }));
    }

    private void UseFor(CategoryUse? use) => Go(view.With(q => q with { Use = use }));

    // A step of typing is no step of the Back button.
    private void Go(ListView to) => Navigation.NavigateTo(to.Url, replace: true);

    private async Task SelectAsync(ShownRow row, RowTick tick)
    {
        IEnumerable<ListRow> those = tick.AsRange && anchor is { } from ? await BetweenAsync(from, row.At) : [row.Row];
        foreach (var one in those.Where(r => r.RetiredAt is null))
            if (tick.On) selected.Add(one.Id);
            else selected.Remove(one.Id);
        anchor = row.At;
    }

    /// <summary>Also those that are not on the screen.</summary>
    private async Task<IReadOnlyList<ListRow>> BetweenAsync(int one, int other)
    {
        var (first, end) = (Math.Min(one, other), Math.Max(one, other) + 1);
        var between = new List<ListRow>();
        while (first + between.Count < end)
        {
            var some = await Pages.RowsAsync(Business.Caller, view.Query, first + between.Count, end - first - between.Count, Gone);
            if (some.Count == 0) break;
            between.AddRange(some);
        }

        return between;
    }

    private void SelectAll(bool on)
    {
        selected.Clear();
        (allMatch, anchor) = (on, null);
    }

    private void ClearSelection() => SelectAll(on: false);

    private Task SetVisibleAsync(ListRow row, bool visible) =>
        ChangeAsync([row.Id], visible, _ => visible ? $"{row.Name} is visible: pickers offer it." : $"{row.Name} is hidden: pickers no longer offer it.");

    private async Task SetSelectedAsync(bool visible)
    {
        await ChangeAsync(allMatch ? null : [.. selected], visible, count => (count, visible) switch
        {
            (0, _) => visible ? "All of them were visible already." : "All of them were hidden already.",
            (1, true) => "1 entry is visible now.",
            (1, false) => "1 entry is hidden now.",
            (_, true) => $"{Numbers.Text(count)} entries are visible now.",
            (_, false) => $"{Numbers.Text(count)} entries are hidden now.",
        });
        ClearSelection();
    }

    private async Task ChangeAsync(IReadOnlyList<Guid>? only, bool visible, Func<int, string> words)
    {
        var change = await Visibility.SetAsync(Business.Caller, view.Query, only, visible, Gone);
        Say(words(change.Count), () => Visibility.UndoAsync(Business.Caller, change, Gone));
        await ReadAsync();
    }

    /// <param name="takeBack">Does what Undo does.</param>
    private void Say(string words, Func<Task> takeBack) => (said, undo) = (words, async () =>
    {
        await takeBack();
        return null;
    });

    private async Task UndoAsync()
    {
        said = await undo!();
        undo = null;
        await ReadAsync();
    }

    private async Task EditAsync(ListRow? row)
    {
        var list = place.List;
        if (await OwnEntryDialog.ShowAsync(Dialogs, Business.Caller, place, row))
            Say($"{row!.Name} is removed. Items that have it keep it.", () => Own.RestoreAsync(Business.Caller, list, row.Id, Gone));
        await ReadAsync();
    }

    private async Task ReloadAsync()
    {
        await Refreshes.ReloadAsync(Business.Caller, place.List, Gone);
        await ReadAsync();
    }
}
