using DextSage.App.Items.Bulk;
using DextSage.App.Shared;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace DextSage.App.Items.Inboxes;

/// <summary>The inbox of a workspace. What it shows is in the URL; what it knows is read again whenever the business changes.</summary>
public abstract partial class InboxScreen
{
    private readonly Ticks ticks = new();
    private AddDocuments? documents;
    private InboxView view = InboxView.Of(default);
    private Shown? page;
    private EditedCell? edited;
    private SavedViewList views = new([], OpensWith: null);
    private bool isConnected;
    private Guid openedFor;
    private InboxLayoutView layout = InboxLayoutView.Usual;
    private RowSaid.RowNews? said;

    [Inject] private Inbox Inbox { get; set; } = null!;
    [Inject] private InboxLayouts Layouts { get; set; } = null!;
    [Inject] private SavedViews Saved { get; set; } = null!;
    [Inject] private ItemDesk Desk { get; set; } = null!;
    [Inject] private PublishDesk Publishing { get; set; } = null!;
    [Inject] private ConnectionDesk Connections { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;
    [Inject] private TimeProvider Clock { get; set; } = null!;

    /// <summary>The browser's; null says UTC, and then says so.</summary>
    [CascadingParameter] private TimeZoneInfo? Zone { get; set; }

    [Parameter] public string Slug { get; set; } = "";

    protected abstract Workspace Workspace { get; }

    protected override bool IsWatching =>
        page?.Counts.Processing > 0 || page?.Rows.Any(r => r.IsPublishing) is true;

    private bool MayPublish => isConnected && Business.Allows(Permission.PublishItems);

    private bool HasAny => page is { Counts: var c } && c.Inbox + c.Archive + c.Bin > 0;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnParametersSetAsync()
    {
        view = InboxView.Read(Workspace, Navigation.Uri);
        if (openedFor != Business.Caller.BusinessId) await OpenAsync();
        await base.OnParametersSetAsync();
    }

    // Whoever comes to the bare address sees the view that they have chosen for it; the tabs lead from there to the whole inbox.
    private async Task OpenAsync()
    {
        openedFor = Business.Caller.BusinessId;
        // One's own, which nobody else changes.
        layout = await Layouts.ReadAsync(Business.Caller, Workspace, Gone);
        await ReadViewsAsync();
        if (view.SavedQuery.Length > 0 || views.Views.FirstOrDefault(v => v.Id == views.OpensWith) is not { } chosen) return;
        view = InboxView.Read(Workspace, $"?{chosen.Query}");
        Go(view);
    }

    private async Task ReadViewsAsync() => views = await Saved.ListAsync(Business.Caller, Workspace, Gone);

    // The page's own parameters stay the same while its query moves on.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != Urls.Inbox(Business.Slug, Workspace) || Gone.IsCancellationRequested) return;
        var wanted = InboxView.Read(Workspace, e.Location);
        if (wanted == view) return;
        // Another page of the same keeps what is ticked; another list has nothing ticked.
        if (wanted.OnPage(0) != view.OnPage(0)) ticks.Clear();
        view = wanted;
        try
        {
            await ReadAsync();
            StateHasChanged();
        }
        catch (OperationCanceledException) when (Gone.IsCancellationRequested)
        {
            // Whoever left the page does not wait for it.
        }
        catch (Exception failure)
        {
            await DispatchExceptionAsync(failure);
        }
    });

    protected override async Task ReadAsync()
    {
        var asked = view;
        var notice = await Connections.NoticeAsync(Business.Caller, Gone);
        var found = await Inbox.PageAsync(Business.Caller, asked.Query, Gone);
        if (asked != view) return;

        isConnected = notice.Status is ConnectionStatus.Connected;
        var frame = Frame();
        page = new(DrawnRow.Page(found.Rows, frame), frame.Columns, found.Total, found.Counts, found.Names, found.Causes);
        // The last row of the last page has gone elsewhere.
        if (found.Rows.Count == 0 && asked.Query.Page > 0) Go(asked.OnPage(Math.Max(0, (found.Total - 1) / InboxView.PageSize)));
    }

    private void SearchFor(string? text)
    {
        var wanted = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (wanted != view.Filter.Search) Go(view.Where(f => f with { Search = wanted }));
    }

    // A step of typing is no step of the Back button.
    private void Go(InboxView to) => Navigation.NavigateTo(to.Url(Business.Slug), replace: true);

    private async Task LayOutAsync(InboxLayoutView wanted)
    {
        (layout, edited) = (wanted, null);
        await ReadAsync();
        await Layouts.SaveAsync(Business.Caller, Workspace, wanted, Gone);
    }

    private IReadOnlyList<string> Codes => [.. page!.Rows.Select(r => r.Code)];

    private void OnKeyDown(KeyboardEventArgs key)
    {
        if (key.Key is "Escape") ticks.Clear();
    }

    private RowFrame Frame() => new([.. layout.Columns.Where(InboxLayoutView.Offered(Workspace).Contains)], Business.Slug, Clock.GetUtcNow())
    {
        Search = view.Filter.Search, Zone = Zone, MayPublish = MayPublish,
    };

    private async Task PublishAsync(DrawnRow row)
    {
        var refusal = await Publishing.PublishAsync(Business.Caller, row.Code, row.Version, Gone);
        said = refusal is null ? null : new(refusal, IsRefusal: true);
        await ReadAsync();
    }

    // What is on the screen is drawn; what is edited is read.
    private async Task BeginAsync(InboxRows.RowCell cell) =>
        edited = await Inbox.RowAsync(Business.Caller, cell.Code, Gone) is { } row ? EditedCell.Of(row, cell.Column, Frame()) : null;

    private async Task EditAsync(RowEdit edit)
    {
        edited = null;
        var name = edit.Row.Party ?? edit.Row.FileName ?? $"item {edit.Row.Code}";
        var outcome = await Desk.EditAsync(Business.Caller, edit.Row.Code, edit.Edit, edit.Row.Version, Gone);
        said = outcome.IsSaved
            ? new($"{edit.Column.Title(Workspace)} of {name} saved.", IsRefusal: false, edit.Row.Code, outcome.Undo)
            : new($"{name}: {outcome.Refusal}", IsRefusal: true);
        await ReadAsync();
    }

    private async Task UndoAsync()
    {
        if (said is not { Code: { } code, Undo: { } undo }) return;
        // On top of whatever the item is now: it may have left this page since.
        var version = await Inbox.VersionAsync(Business.Caller, code, Gone);
        var outcome = await Desk.EditAsync(Business.Caller, code, undo, version, Gone);
        said = outcome.IsSaved ? new("Undone.", IsRefusal: false) : new(outcome.Refusal!, IsRefusal: true);
        await ReadAsync();
    }

    protected override void OnLeave() => Navigation.LocationChanged -= OnLocationChanged;

    /// <summary>What there is on the screen.</summary>
    private sealed record Shown(IReadOnlyList<DrawnRow> Rows, IReadOnlyList<InboxColumn> Columns, int Total, InboxCounts Counts, IReadOnlyDictionary<Guid, string> Names, IReadOnlyList<FailureCause> Causes);
}
