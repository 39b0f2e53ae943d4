using DextSage.App.Shared;
using DextSage.Integration.Connections;
using Microsoft.AspNetCore.Components;

namespace DextSage.App.Connections;

/// <summary>A page of Business settings ▸ Connections: knows how the connection stands, and is refused by the service to who may not.</summary>
public abstract class ConnectionPage : LiveComponent
{
    [Inject] protected ConnectionDesk Desk { get; private set; } = null!;

    /// <summary>The business in the address. The membership that cascades is the one to ask by.</summary>
    [Parameter] public string Slug { get; set; } = "";

    /// <summary>Null until it was read.</summary>
    protected ConnectionView? View { get; private set; }

    protected override async Task ReadAsync() => View = await Desk.ViewAsync(Business.Caller, Gone);
}
