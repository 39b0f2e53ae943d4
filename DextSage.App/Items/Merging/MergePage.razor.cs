using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Merging;

/// <summary>What is to be merged stands in the address, in its order.</summary>
public sealed partial class MergePage
{
    private readonly Dictionary<ItemField, string> chosen = [];
    private MergePreview? preview;
    private string? refusal;
    private bool isMerging;

    [Inject] private MergeDesk Desk { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [SupplyParameterFromQuery(Name = "items")] public string? Items { get; set; }

    private string[] Asked => (Items ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    private IReadOnlyList<string> Codes => [.. preview!.Items.Select(i => i.Code)];
    private Workspace Workspace => new Uri(Navigation.Uri).AbsolutePath.EndsWith("/sales/merge", StringComparison.Ordinal) ? Workspace.Sales : Workspace.Costs;

    protected override async Task ReadAsync()
    {
        if (!isMerging) preview = await Desk.PreviewAsync(Business.Caller, Asked, Gone);
    }

    private static string Paper(ItemView item) => item.Document is { } document ? Numbers.Count(document.Pages ?? 1, "page") : "no document";

    private string ChosenOf(MergeField choice) => chosen.GetValueOrDefault(choice.Field) is { } code && Codes.Contains(code, StringComparer.Ordinal) ? code : choice.Default;

    private void Move(int from, int to)
    {
        var codes = Codes.ToList();
        var moved = codes[from];
        codes.RemoveAt(from);
        codes.Insert(to, moved);
        Navigation.NavigateTo(Urls.Merge(Business.Slug, Workspace, codes), replace: true);
    }

    private async Task MergeAsync()
    {
        isMerging = true;
        var outcome = await Desk.MergeAsync(Business.Caller, Codes, preview!.Choices.ToDictionary(c => c.Field, ChosenOf), Gone);
        isMerging = false;
        refusal = outcome.Refusal;
        if (outcome.Code is { } code) Navigation.NavigateTo(Urls.Item(Business.Slug, Workspace, code));
        else await ReadAsync();
    }
}
