namespace DextSage.Integration.Storage;

/// <summary>A row of one business. Every query for it is filtered to the business that the context was opened for.</summary>
public interface IBusinessOwned
{
    Guid BusinessId { get; }
}
