using Microsoft.AspNetCore.Components;

namespace DextSage.App.Items.Inboxes;

/// <summary>A click somewhere in an inbox's rows, as js/row-click.js tells it. It came from a browser: nothing in it is to be believed.</summary>
public sealed class RowClickEventArgs : EventArgs
{
    /// <summary>The row's; null where the click was on nothing that does something.</summary>
    public string? Code { get; set; }

    /// <summary>The first class of the cell.</summary>
    public string? Cell { get; set; }

    /// <summary>Shift was held.</summary>
    public bool Shift { get; set; }
}

/// <summary>Tells Blazor of it.</summary>
[EventHandler("onrowclick", typeof(RowClickEventArgs))]
public static class EventHandlers;
