using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using MudBlazor;

namespace DextSage.App.Shared;

/// <summary>The colours that mean something; each has its text and its surface in app.css.</summary>
public enum Tone { Neutral, Info, Success, Warning, Danger }

/// <summary>How a status is shown, everywhere: a word, a colour and an icon, so that none of the three is needed alone.</summary>
public sealed record StatusLook(string Text, Tone Tone, string Icon);

public static class StatusLooks
{
    /// <param name="failed">The last publish failed: said instead of Ready, until the field at fault is edited.</param>
    /// <param name="waiting">A publish that was asked for cannot be sent yet; of what is published: a correction is not sent yet.</param>
    public static StatusLook Look(this ItemStatus status, bool failed = false, bool waiting = false) => status switch
    {
        ItemStatus.Ready or ItemStatus.ToReview when failed => new("Publish failed", Tone.Warning, Icons.Material.Outlined.WarningAmber),
        ItemStatus.Publishing when waiting => new("Waiting", Tone.Warning, Icons.Material.Outlined.HourglassEmpty),
        ItemStatus.Published when waiting => new("Being corrected", Tone.Warning, Icons.Material.Outlined.Edit),
        ItemStatus.Processing => new("Processing", Tone.Neutral, Icons.Material.Outlined.HourglassEmpty),
        ItemStatus.ToReview => new("To review", Tone.Neutral, Icons.Material.Outlined.Edit),
        ItemStatus.Ready => new("Ready", Tone.Info, Icons.Material.Outlined.TaskAlt),
        ItemStatus.Publishing => new("Publishing", Tone.Info, Icons.Material.Outlined.CloudUpload),
        ItemStatus.Published => new("Published", Tone.Success, Icons.Material.Filled.CheckCircle),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    public static StatusLook Look(this ConnectionStatus status) => status switch
    {
        ConnectionStatus.NotConnected => new("Not connected", Tone.Neutral, Icons.Material.Outlined.LinkOff),
        ConnectionStatus.Connected => new("Connected", Tone.Success, Icons.Material.Filled.CheckCircle),
        ConnectionStatus.ReconnectNeeded => new("Reconnect needed", Tone.Warning, Icons.Material.Outlined.WarningAmber),
        ConnectionStatus.Disconnected => new("Disconnected", Tone.Neutral, Icons.Material.Outlined.LinkOff),
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    public static StatusLook Look(this RefreshView run) => run switch
    {
        { Status: RefreshStatus.Failed } => new("Did not finish", Tone.Danger, Icons.Material.Outlined.ErrorOutline),
        { Status: RefreshStatus.Cancelled } => new("Cancelled", Tone.Warning, Icons.Material.Outlined.Block),
        { Status: RefreshStatus.Completed, HasQuestion: true } => new("Asks a question", Tone.Warning, Icons.Material.Outlined.HelpOutline),
        { Status: RefreshStatus.Completed } => new("Up to date", Tone.Success, Icons.Material.Filled.CheckCircle),
        { IsHeldUp: true } => new("Waiting", Tone.Warning, Icons.Material.Outlined.HourglassEmpty),
        _ => new("In progress", Tone.Info, Icons.Material.Outlined.Sync),
    };

    /// <summary>The tone's part of a CSS class: "success" of <c>ds-chip-success</c>.</summary>
    public static string Css(this Tone tone) => tone.ToString().ToLowerInvariant();
}
