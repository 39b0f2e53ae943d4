namespace DextSage.App.Shared;

/// <summary>A step of a <see cref="PageHeader"/>'s way back up.</summary>
public sealed record Crumb(string Text, string Href);
