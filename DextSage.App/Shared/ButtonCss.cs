namespace DextSage.App.Shared;

/// <summary>Buttons as MudButton draws them, for the few that stand on every screen: each of its components would be kept for each of them. A label goes into <c>mud-button-label</c>.</summary>
internal static class ButtonCss
{
    public const string Primary = "mud-button-root mud-button mud-button-filled mud-button-filled-primary mud-button-filled-size-medium mud-ripple";
    public const string SmallOutlined = "mud-button-root mud-button mud-button-outlined mud-button-outlined-default mud-button-outlined-size-small mud-ripple";
    public const string InheritText = "mud-button-root mud-button mud-button-text mud-button-text-inherit mud-button-text-size-medium mud-ripple";
    public const string InheritOutlined = "mud-button-root mud-button mud-button-outlined mud-button-outlined-inherit mud-button-outlined-size-medium mud-ripple";
    public const string Icon = "mud-button-root mud-icon-button mud-ripple mud-ripple-icon";
}
