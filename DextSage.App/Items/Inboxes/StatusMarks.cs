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

    public static MarkupString OpensElsewhere { get; } = Glyph.Of(Icons.Material.Filled.OpenInNew);

    // Words and drawings of our own: nothing that came from outside is in it.
    public static MarkupString Of(InboxRow row) =>
        Known.GetOrAdd(row.Status.Look(failed: row.Failure is not null, waiting: row.WaitingBecause is not null), look =>
            new MarkupString($"<span class=\"ds-chip ds-chip-{look.Tone.Css()}\">{Glyph.Of(look.Icon)}{look.Text}</span>"));
}
