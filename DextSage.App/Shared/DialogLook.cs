using MudBlazor;

namespace DextSage.App.Shared;

/// <summary>How dialogs open.</summary>
internal static class DialogLook
{
    /// <summary>One column of text or fields.</summary>
    public static DialogOptions Small { get; } = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true, CloseOnNavigation = true };
}
