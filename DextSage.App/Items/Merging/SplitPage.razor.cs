using DextSage.App.Items.Inboxes;
using DextSage.App.Shared;
using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Merging;

/// <summary>Where the pages of a document are cut into items.</summary>
public sealed partial class SplitPage
{
    private readonly SortedSet<int> cuts = [];
    private ItemView? item;
    private string? refusal;
    private bool isRead;
    private bool isSplitting;
    private int each = 2;

    [Inject] private ItemDetails Details { get; set; } = null!;
    [Inject] private SplitDesk Desk { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public string Code { get; set; } = "";

    private int Pages => item?.Document is { ContentType: "application/pdf", Pages: { } pages } ? pages : 1;
    private IReadOnlyList<(int From, int To)> Parts => PageCuts.Parts(Pages, cuts);
    private string Told => cuts.Count == 0 ? "No cuts yet." : "Pages " + string.Join(" · ", Parts.Select(p => p.From == p.To ? $"{p.From}" : $"{p.From}–{p.To}"));

    private IReadOnlyList<Crumb> Crumbs =>
    [
        new(item!.Workspace.Title(), Urls.Inbox(Business.Slug, item.Workspace)),
        new(item.SupplierName ?? item.CustomerName ?? $"Item {item.Code}", Urls.Item(Business.Slug, item.Workspace, item.Code)),
    ];

    protected override async Task ReadAsync() => (item, isRead) = (await Details.FindAsync(Business.Caller, Code, Gone), true);

    private void Toggle(int page)
    {
        if (!cuts.Remove(page)) cuts.Add(page);
    }

    private void Every(int pages)
    {
        cuts.Clear();
        cuts.UnionWith(PageCuts.Every(Pages, pages));
    }

    private async Task SplitAsync()
    {
        isSplitting = true;
        refusal = (await Desk.SplitAsync(Business.Caller, Code, [.. cuts], Gone)).Refusal;
        isSplitting = false;
        if (refusal is null) Navigation.NavigateTo(Urls.Item(Business.Slug, item!.Workspace, Code));
    }
}
