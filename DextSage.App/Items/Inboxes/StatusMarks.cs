using System.Collections.Concurrent;
using DextSage.App.Shared;
using DextSage.Integration.Items;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace DextSage.App.Items.Inboxes;

/// <summary>The chips of statuses as ready-made markup, as <see cref="StatusChip"/> draws them: a few for all rows of all screens.</summary>
internal static class StatusMarks
{
    private static readonly ConcurrentDictionary<StatusLook, MarkupString> Known = new();

    public static MarkupString OpensElsewhere { get; } = new(Icon(Icons.Material.Filled.OpenInNew));

    public static MarkupString Of(InboxRow row) =>
        Known.GetOrAdd(row.Status.Look(failed: row.Failure is not null, waiting: row.WaitingBecause is not null), look =>
            new MarkupString($"<span class=\"ds-chip ds-chip-{look.Tone.Css()}\">{Icon(look.Icon)}{look.Text}</span>"));

    // Words and drawings of our own: nothing that came from outside is in it.
    private static string Icon(string drawing) =>
        $"<svg class=\"mud-icon-root mud-svg-icon mud-icon-size-medium\" focusable=\"false\" viewBox=\"0 0 24 24\" aria-hidden=\"true\">{drawing}</svg>";
}
