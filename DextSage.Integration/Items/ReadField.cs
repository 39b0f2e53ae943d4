using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>Where on the document the value of a field was read. It counts for as long as the item holds that value.</summary>
public sealed class ReadField : IBusinessOwned
{
    /// <summary>The evidence of a value that an electronic invoice states.</summary>
    public const string Stated = "stated in the e-invoice";

    public required Guid BusinessId { get; init; }
    public required Guid ItemId { get; init; }
    public required ItemField Field { get; init; }

    /// <summary>The value in words, as the history tells it; null where the item held another already.</summary>
    public string? Value { get; init; }

    /// <summary>The words on the page that it was read from.</summary>
    public required string Evidence { get; init; }

    /// <summary>0 to 1.</summary>
    public required decimal Confidence { get; init; }

    /// <summary>From 1; 0 where it stands on none.</summary>
    public required int Page { get; init; }

    /// <summary>In fractions of the page's width, from its left edge.</summary>
    public required decimal Left { get; init; }

    /// <summary>In fractions of the page's height, from its upper edge.</summary>
    public required decimal Top { get; init; }
    public required decimal Width { get; init; }
    public required decimal Height { get; init; }
}
