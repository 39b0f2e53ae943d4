using DextSage.App.Shared;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items;

/// <summary>The Costs inbox. What it shows is in the URL; what it knows is read again whenever the business changes.</summary>
public sealed partial class CostsPage
{
    private AddDocuments? documents;
    private CostsView view = CostsView.From(null, null, null, null, null);
    private InboxPage? page;
    private InboxCounts? counts;
    private bool isConnected;
    private string? refusal;

    [Inject] private Inbox Inbox { get; set; } = null!;
    [Inject] private PublishDesk Publishing { get; set; } = null!;
    [Inject] private ConnectionDesk Connections { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery] public string? Tab { get; set; }
    [SupplyParameterFromQuery] public string? Q { get; set; }
    [SupplyParameterFromQuery] public string? Sort { get; set; }
    [SupplyParameterFromQuery] public bool? Desc { get; set; }
    [SupplyParameterFromQuery(Name = "page")] public int? PageNumber { get; set; }
    [SupplyParameterFromQuery] public Guid? Supplier { get; set; }
    [SupplyParameterFromQuery] public Guid? Category { get; set; }
    [SupplyParameterFromQuery] public Guid? Rate { get; set; }

    protected override bool IsWatching =>
        counts?.Processing > 0 || page?.Rows.Any(r => r.Status is ItemStatus.Publishing) is true;

    private bool MayPublish => isConnected && Business.Allows(Permission.PublishItems);

    private bool HasAny => counts is { } c && c.Inbox + c.Archive + c.Processing > 0;

    protected override async Task OnParametersSetAsync()
    {
        view = CostsView.From(Tab, Q, Sort, Desc, PageNumber, CostsView.OfEntry(Supplier, Category, Rate));
        await base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync()
    {
        var asked = view;
        var notice = await Connections.NoticeAsync(Business.Caller, Gone);
        var found = await Inbox.PageAsync(Business.Caller, asked.Query, Gone);
        var now = await Inbox.CountsAsync(Business.Caller, asked.Of, Gone);
        if (asked != view) return;

        (isConnected, page, counts) = (notice.Status is ConnectionStatus.Connected, found, now);
        // The last row of the last page has gone elsewhere.
        if (found.Rows.Count == 0 && asked.Page > 0) Go(asked with { Page = Math.Max(0, (found.Total - 1) / CostsView.PageSize) });
    }

    private void SearchFor(string? text)
    {
        var wanted = string.IsNullOrWhiteSpace(text) ? null : text.Trim();
        if (wanted != view.Search) Go(view with { Search = wanted, Page = 0 });
    }

    // A step of typing is no step of the Back button.
    private void Go(CostsView to) => Navigation.NavigateTo(to.Url(Business.Slug), replace: true);

    private async Task PublishAsync(InboxRow row)
    {
        refusal = await Publishing.PublishAsync(Business.Caller, row.Code, row.Version, Gone);
        await ReadAsync();
    }
}
