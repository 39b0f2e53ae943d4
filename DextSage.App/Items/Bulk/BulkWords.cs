using DextSage.App.Shared;
using DextSage.Integration.Items.Bulk;
using MudBlazor;

namespace DextSage.App.Items.Bulk;

/// <summary>A run in words: what it is, how far it has come, what it came to.</summary>
public static class BulkWords
{
    public static string Title(BulkAction action) => action switch
    {
        BulkAction.Edit => "Bulk edit",
        BulkAction.Move => "Move",
        BulkAction.Archive => "Move to archive",
        BulkAction.Unarchive => "Unarchive",
        BulkAction.Delete => "Delete",
        BulkAction.Restore => "Restore",
        BulkAction.Publish => "Publish",
        BulkAction.Undo => "Undo",
        BulkAction.DeleteForEver => "Delete for ever",
        BulkAction.ApplyRules => "Apply rules",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };

    /// <summary>"Editing 4,812 items", "Ben Okafor is editing 4,812 items".</summary>
    public static string Doing(BulkRunView run, string? person = null)
    {
        var items = Numbers.Count(run.Total, "item");
        var doing = run.Action switch
        {
            BulkAction.Edit => $"editing {items}",
            BulkAction.Move => $"moving {items}",
            BulkAction.Archive => $"archiving {items}",
            BulkAction.Unarchive => $"taking {items} out of the archive",
            BulkAction.Delete => $"deleting {items}",
            BulkAction.Restore => $"restoring {items}",
            BulkAction.Publish => $"publishing {items}",
            BulkAction.Undo => $"undoing it for {items}",
            BulkAction.DeleteForEver => $"deleting {items} for ever",
            BulkAction.ApplyRules => $"applying rules to {items}",
            _ => throw new ArgumentOutOfRangeException(nameof(run), run.Action, message: null),
        };
        return person is null ? char.ToUpperInvariant(doing[0]) + doing[1..] : $"{person} is {doing}";
    }

    /// <summary>"4,790 items changed, 22 skipped"</summary>
    public static string CameTo(BulkRunView run)
    {
        var parts = new List<string> { $"{Numbers.Count(run.Done, "item")} {Done(run.Action)}" };
        if (run.Skipped > 0) parts.Add($"{Numbers.Text(run.Skipped)} skipped");
        if (run.Failed > 0) parts.Add($"{Numbers.Text(run.Failed)} failed");
        if (!run.IsLive && run.Untouched > 0) parts.Add($"{Numbers.Text(run.Untouched)} not touched");
        return string.Join(", ", parts);
    }

    public static string Done(BulkAction action) => action switch
    {
        BulkAction.Edit or BulkAction.ApplyRules => "changed",
        BulkAction.Move => "moved",
        BulkAction.Archive => "archived",
        BulkAction.Unarchive => "moved to the inbox",
        BulkAction.Delete => "deleted",
        BulkAction.Restore => "restored",
        BulkAction.Publish => "on the way to Sage",
        BulkAction.Undo => "as before",
        BulkAction.DeleteForEver => "deleted for ever",
        _ => throw new ArgumentOutOfRangeException(nameof(action), action, message: null),
    };

    public static StatusLook Look(this BulkRunView run) => run.Status switch
    {
        BulkStatus.Queued => new("Waiting", Tone.Neutral, Icons.Material.Outlined.HourglassEmpty),
        BulkStatus.Running => new("In progress", Tone.Info, Icons.Material.Outlined.Sync),
        BulkStatus.Cancelled => new("Cancelled", Tone.Warning, Icons.Material.Outlined.Block),
        BulkStatus.Failed => new("Did not finish", Tone.Danger, Icons.Material.Outlined.ErrorOutline),
        _ when run.UndoneBy is not null => new("Undone", Tone.Neutral, Icons.Material.Outlined.Undo),
        _ => new("Done", Tone.Success, Icons.Material.Filled.CheckCircle),
    };
}
