namespace DextSage.Integration.Connections;

/// <summary>What another room does when a business leaves its organisation. May be told twice of the same leaving.</summary>
public interface IWhenLeft
{
    Task LeftAsync(Leaving leaving);
}

/// <param name="Organisation">Name of the one that is left.</param>
/// <param name="KeepsLists">Whether what is in the lists stays on offer.</param>
/// <param name="IsForAnother">Told before another organisation is connected: nothing meant for this one may reach that one.</param>
/// <param name="PersonId">Who leaves it.</param>
public sealed record Leaving(Guid BusinessId, string Organisation, bool KeepsLists, bool IsForAnother, Guid PersonId)
{
    /// <summary>What items are coded with is taken from them, for the other organisation to be coded anew.</summary>
    public bool ClearsCodings { get; init; }
}
