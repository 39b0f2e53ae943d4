using DextSage.App.Shared;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;

namespace DextSage.App.Items.Inboxes;

/// <summary>The inbox of a workspace. What it shows is in the URL; what it knows is read again whenever the business changes.</summary>
public abstract partial class InboxScreen
{
    private AddDocuments? documents;
    private InboxView view = InboxView.Of(default);
    private InboxPage? page;
    private InboxCounts? counts;
    private bool isConnected;
    private string? refusal;

    [Inject] private Inbox Inbox { get; set; } = null!;
    [Inject] private PublishDesk Publishing { get; set; } = null!;
    [Inject] private ConnectionDesk Connections { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";

    protected abstract Workspace Workspace { get; }

    protected override bool IsWatching =>
        counts?.Processing > 0 || page?.Rows.Any(r => r.Status is ItemStatus.Publishing) is true;

    private bool MayPublish => isConnected && Business.Allows(Permission.PublishItems);

    private bool HasAny => counts is { } c && c.Inbox + c.Archive + c.Bin > 0;

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override async Task OnParametersSetAsync()
    {
        view = InboxView.Read(Workspace, Navigation.Uri);
        await base.OnParametersSetAsync();
    }

    // The page's own parameters stay the same while its query moves on.
    private void OnLocationChanged(object? sender, LocationChangedEventArgs e) => _ = InvokeAsync(async () =>
    {
        if (new Uri(e.Location).AbsolutePath != Urls.Inbox(Business.Slug, Workspace) || Gone.IsCancellationRequested) return;
        var wanted = InboxView.Read(Workspace, e.Location);
        if (wanted == view) return;
        (view, refusal) = (wanted, null);
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
        var now = await Inbox.CountsAsync(Business.Caller, asked.Filter, Gone);
        if (asked != view) return;

        (isConnected, page, counts) = (notice.Status is ConnectionStatus.Connected, found, now);
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

    private async Task PublishAsync(InboxRow row)
    {
        refusal = await Publishing.PublishAsync(Business.Caller, row.Code, row.Version, Gone);
        await ReadAsync();
    }

    protected override void OnLeave() => Navigation.LocationChanged -= OnLocationChanged;
}
