using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>How the documents of a supplier are split: offered on its next item.</summary>
public sealed class SplitTemplate : IBusinessOwned
{
    public required Guid BusinessId { get; init; }
    public required Guid SupplierId { get; init; }
    public SplitBasis Basis { get; set; }
    public IReadOnlyList<SplitPart> Parts { get; set; } = [];

    /// <summary>Who kept it last.</summary>
    public Guid PersonId { get; set; }
    public DateTimeOffset KeptAt { get; set; }
}
