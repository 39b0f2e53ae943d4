using DextSage.App.Items.Inboxes;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace DextSage.App.Items;

/// <summary>Item details: the document beside its fields, saved as they are edited.</summary>
public sealed partial class ItemPage
{
    private ItemView? item;
    private PublicationView publication = PublicationView.None;
    private CorrectionView? correction;
    private LastEdit? last;
    private FieldPlaces places = new();
    private (string? Previous, string? Next) neighbours;
    private (Workspace, Place)? lay;
    private string? shownCode;
    private string? refusal;
    private DeletedItemView? deleted;
    private bool isRead;

    [Inject] private ItemDetails Details { get; set; } = null!;
    [Inject] private ItemDesk Desk { get; set; } = null!;
    [Inject] private PublishDesk Publishing { get; set; } = null!;
    [Inject] private DeletionDesk Deletion { get; set; } = null!;
    [Inject] private PublishDecisions Decisions { get; set; } = null!;
    [Inject] private CorrectionDesk Corrections { get; set; } = null!;
    [Inject] private WithdrawalDesk Withdrawal { get; set; } = null!;
    [Inject] private IDialogService Dialogs { get; set; } = null!;
    [Inject] private NavigationManager Navigation { get; set; } = null!;

    [Parameter] public string Slug { get; set; } = "";
    [Parameter] public string Code { get; set; } = "";
    [SupplyParameterFromQuery] public string? Tab { get; set; }

    protected override bool IsWatching => item is { Status: ItemStatus.Processing or ItemStatus.Publishing };

    private ItemEditing Editing => new(item!, last, places, SaveAsync, UndoAsync);

    private ItemTab Current => ItemTabs.From(Tab);

    /// <summary>What takes the words that are clicked on the document.</summary>
    private FieldTarget? Target => Current is ItemTab.Details && places.Target is { } target && target.IsOn(item!) ? target : null;

    /// <summary>Where the value of the field that a person is in was read.</summary>
    private ReadPlace? Mark => Target is { } target ? item!.ReadFrom.GetValueOrDefault(target.Field) is { Page: > 0 } place ? place : null : null;

    private string Title => (item!.Workspace is Workspace.Sales ? item.CustomerName : item.SupplierName) ?? item.Document?.FileName ?? $"Item {item.Code}";

    protected override async Task OnParametersSetAsync()
    {
        if (shownCode != Code)
        {
            (shownCode, item, deleted, last, refusal, isRead, lay) = (Code, null, null, null, null, false, null);
            places = new() { OnTarget = StateHasChanged };
        }
        await base.OnParametersSetAsync();
    }

    protected override async Task ReadAsync()
    {
        var asked = Code;
        var found = await Details.FindAsync(Business.Caller, asked, Gone);
        var moving = found is { Status: ItemStatus.Publishing } ? await Publishing.LastAsync(Business.Caller, asked, Gone) : PublicationView.None;
        var corrected = found is { IsBeingCorrected: true } ? await Corrections.ReadAsync(Business.Caller, asked, Gone) : null;
        var gone = found is null ? await Deletion.FindAsync(Business.Caller, asked, Gone) : null;
        if (asked != Code) return;
        (item, deleted, publication, correction, isRead) = (found, gone, moving, corrected, true);
        if (found is null) return;
        // An item that was archived here still has the neighbours of the list that it was opened from.
        lay ??= (found.Workspace, found.Place);
        if (lay == (found.Workspace, found.Place)) neighbours = (found.Previous, found.Next);
        StayAtItsAddress(found);
    }

    // An item that was moved to the other workspace takes its page along.
    private void StayAtItsAddress(ItemView found)
    {
        var address = Urls.Item(Business.Slug, found.Workspace, found.Code);
        if (new Uri(Navigation.Uri) is var here && here.AbsolutePath != address && here.AbsolutePath.EndsWith($"/{found.Code}", StringComparison.Ordinal)) Navigation.NavigateTo(address + here.Query, replace: true);
    }

    private async Task<EditOutcome> SaveAsync(ItemField field, ItemEdit edit, int version)
    {
        refusal = null;
        var outcome = await Desk.EditAsync(Business.Caller, item!.Code, edit, version, Gone);
        if (outcome.IsSaved) last = outcome.Undo is null ? null : new(field, outcome.Undo);
        await ShowAgainAsync();
        return outcome;
    }

    private async Task UndoAsync()
    {
        if (last is not { Undo: { } undo } edit) return;
        var outcome = await Desk.EditAsync(Business.Caller, item!.Code, undo, item.Version, Gone);
        (last, refusal) = outcome.IsSaved ? (edit with { Undo = null }, null) : (last, outcome.Refusal);
        await ShowAgainAsync();
    }

    private async Task PutAsync(ItemEdit edit) =>
        refusal = (await SaveAsync(edit is ItemEdit.MoveTo ? ItemField.Workspace : ItemField.Place, edit, item!.Version)).Refusal;

    private async Task DeleteForEverAsync()
    {
        var workspace = item!.Workspace;
        refusal = await Deletion.DeleteAsync(Business.Caller, item.Code, Gone);
        if (refusal is null) Navigation.NavigateTo(Urls.Bin(Business.Slug, workspace));
    }

    private async Task SendDocumentTooAsync() =>
        refusal = (await SaveAsync(ItemField.Document, new ItemEdit.SetPublishWithoutDocument(Without: false), item!.Version)).Refusal;

    private Task PublishAsync() => AskAsync(() => Publishing.PublishAsync(Business.Caller, item!.Code, item.Version, Gone));

    private Task PublishAnywayAsync() => AskAsync(() => Publishing.PublishAnywayAsync(Business.Caller, item!.Code, item.Version, Gone));

    private Task AttachAsync(SageTwin twin) => AskAsync(() => Decisions.AttachAsync(Business.Caller, item!.Code, item.Version, twin.Id, Gone));

    private async Task CorrectAsync()
    {
        var seen = item!;
        switch (await CorrectDialog.ShowAsync(Dialogs, Business.Caller, seen.Code))
        {
            case CorrectChoice.Correct:
                await AskAsync(() => Corrections.BeginAsync(Business.Caller, seen.Code, seen.Version, Gone));
                break;
            case CorrectChoice.Withdraw:
                await WithdrawAsync();
                break;
        }
    }

    private Task SendCorrectionAsync() => AskAsync(() => Corrections.SendAsync(Business.Caller, item!.Code, item.Version, Gone));

    private Task DiscardCorrectionAsync() => AskAsync(() => Corrections.DiscardAsync(Business.Caller, item!.Code, Gone));

    private async Task WithdrawAsync()
    {
        var seen = item!;
        if (await WithdrawDialog.ShowAsync(Dialogs, Business.Caller, seen.Code)) await AskAsync(() => Withdrawal.WithdrawAsync(Business.Caller, seen.Code, seen.Version, Gone));
    }

    private Task LeaveAsync() => AskAsync(() => Withdrawal.LeaveAsync(Business.Caller, item!.Code, Gone));

    private Task CancelPublishAsync() => AskAsync(() => Decisions.CancelAsync(Business.Caller, item!.Code, Gone));

    private async Task AskAsync(Func<Task<string?>> ask)
    {
        refusal = await ask();
        last = null;
        await ShowAgainAsync();
    }

    private async Task PublishAndNextAsync()
    {
        var next = neighbours.Next;
        await PublishAsync();
        if (refusal is null) Navigation.NavigateTo(next is null ? Urls.Inbox(Business.Slug, item!.Workspace) : Urls.Item(Business.Slug, item!.Workspace, next));
    }

    private async Task ShowAgainAsync()
    {
        await ReadAsync();
        StateHasChanged();
    }
}
