using DextSage.App.Shared;
using DextSage.Integration.Items;
using DextSage.Integration.People;

namespace DextSage.App.Items;

/// <summary>What the keys do that this page knows.</summary>
public sealed partial class ItemPage
{
    private Task PressedAsync(ShortcutAction pressed) => pressed switch
    {
        ShortcutAction.NextItem => GoTo(neighbours.Next),
        ShortcutAction.PreviousItem => GoTo(neighbours.Previous),
        ShortcutAction.BackToInbox => GoToUrl(Urls.Inbox(Business.Slug, item?.Workspace ?? Workspace.Costs)),
        ShortcutAction.Publish when MayPublishNow => PublishAsync(),
        ShortcutAction.PublishAndNext when MayPublishNow => PublishAndNextAsync(),
        ShortcutAction.Publish or ShortcutAction.PublishAndNext => Say(item?.PublishRefusal),
        ShortcutAction.Archive when Business.Allows(Permission.EditItems) => ArchiveAsync(),
        ShortcutAction.Undo => UndoAsync(),
        ShortcutAction.Contact => GoToFieldAsync(item?.Workspace is Workspace.Sales ? ItemField.Customer : ItemField.Supplier),
        ShortcutAction.Date => GoToFieldAsync(ItemField.Date),
        ShortcutAction.Reference => GoToFieldAsync(ItemField.Reference),
        ShortcutAction.Category => GoToFieldAsync(item?.Lines.Count > 0 ? ItemField.Lines : ItemField.Category),
        ShortcutAction.Total => GoToFieldAsync(ItemField.Total),
        ShortcutAction.Tax => GoToFieldAsync(ItemField.Tax),
        ShortcutAction.Note => GoToFieldAsync(ItemField.Note),
        ShortcutAction.Lines => GoToFieldAsync(ItemField.Lines),
        ShortcutAction.Details => Show(ItemTab.Details),
        ShortcutAction.History => Show(ItemTab.History),
        ShortcutAction.Notes => Show(ItemTab.Notes),
        _ => Task.CompletedTask,
    };

    private bool MayPublishNow => Business.Allows(Permission.PublishItems) && item is { PublishRefusal: null };

    private Task ArchiveAsync()
    {
        if (item is not { } shown) return Task.CompletedTask;
        var place = shown.Place is Place.Archive ? Place.Inbox : Place.Archive;
        return PutAsync(shown.Place is Place.Bin ? new ItemEdit.Restore() : new ItemEdit.PutInto(place));
    }

    private async Task GoToFieldAsync(ItemField field)
    {
        if (Current is ItemTab.Details) await places.GoToAsync(field);
    }

    private Task Say(string? sentence)
    {
        refusal = sentence;
        StateHasChanged();
        return Task.CompletedTask;
    }

    private string PageUrl => Urls.Item(Business.Slug, item?.Workspace ?? Workspace.Costs, Code);

    private Task Show(ItemTab tab) => GoToUrl(tab.Url(PageUrl));

    private Task GoTo(string? code) => code is null ? Task.CompletedTask : GoToUrl(Urls.Item(Business.Slug, item?.Workspace ?? Workspace.Costs, code));

    private Task GoToUrl(string url)
    {
        Navigation.NavigateTo(url);
        return Task.CompletedTask;
    }
}
