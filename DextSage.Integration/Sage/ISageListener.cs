namespace DextSage.Integration.Sage;

/// <summary>Hears how every call of a connection ended, repeats included.</summary>
public interface ISageListener
{
    /// <param name="failure">Null for a good answer.</param>
    ValueTask HeardAsync(Guid connectionId, SageFailure? failure);
}
