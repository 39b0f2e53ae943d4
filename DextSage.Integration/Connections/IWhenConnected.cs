namespace DextSage.Integration.Connections;

/// <summary>What another room does when a connection was made. May be told twice of the same one.</summary>
public interface IWhenConnected
{
    Task ConnectedAsync(ConnectionMade made);
}

/// <param name="IsFirst">False when an existing connection was re-established.</param>
public sealed record ConnectionMade(Guid BusinessId, Guid PersonId, bool IsFirst);
