using DextSage.App.Items.Inboxes;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Duplicates;

/// <summary>Two items side by side, with what a person can say of them.</summary>
public sealed partial class ComparePage
{
    private Comparison? pair;
    private string? refusal;
    private bool isRead;

    [Inject] private DuplicateDesk Desk { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public string Code { get; set; } = "";
    [Parameter] public string Other { get; set; } = "";

    private ItemView[] Sides => [pair!.One, pair.Other];

    private bool MayMerge => Array.TrueForAll(Sides, s => s.Status is ItemStatus.ToReview or ItemStatus.Ready && s.Place is Place.Inbox or Place.Archive);

    private string Lead => pair!.By is Likeness.None
        ? "These two do not look alike any more."
        : $"They have the {new Twin(Guid.Empty, "", pair.One.Workspace, pair.By, default, default, "", IsFirst: true).InWords}.";

    private IReadOnlyList<Crumb> Crumbs =>
    [
        new(pair!.One.Workspace.Title(), Urls.Inbox(Business.Slug, pair.One.Workspace)),
        new(pair.One.SupplierName ?? pair.One.CustomerName ?? $"Item {pair.One.Code}", Urls.Item(Business.Slug, pair.One.Workspace, pair.One.Code)),
    ];

    private string Consequence => pair!.MustKeep is { } kept
        ? $"Item {kept} is in Sage, so it is the one to keep. The other would go to the bin."
        : "Of the same, the other goes to the bin; one without a document takes the other’s. Both can be undone.";

    protected override async Task ReadAsync() => (pair, isRead) = (await Desk.CompareAsync(Business.Caller, Code, Other, Gone), true);

    private async Task DoAsync(Task<string?> doing)
    {
        refusal = await doing;
        await ReadAsync();
    }
}
