namespace DextSage.Integration.Items;

/// <summary>What Sage takes, as far as it decides whether an item is Ready (Sage API 8.4, 12), and what our fields hold.</summary>
public static class ItemLimits
{
    /// <summary>Characters, of a customer's name too.</summary>
    public const int SupplierName = 100;

    /// <summary>Characters of the supplier's own number that we keep. Sage takes 31 of them; the whole goes into its notes.</summary>
    public const int Reference = 100;

    /// <summary>Characters.</summary>
    public const int Description = 500;

    /// <summary>Characters.</summary>
    public const int Note = 1000;

    /// <summary>Characters of what flags or holds an item.</summary>
    public const int Because = 200;

    /// <summary>Bytes: 2.5 MiB.</summary>
    public const long AttachmentBytes = 2_621_440;

    /// <summary>Lines of one item.</summary>
    public const int Lines = 200;

    /// <summary>The largest exchange rate.</summary>
    public const decimal ExchangeRate = 1_000_000m;

    /// <summary>The largest amount that a field takes.</summary>
    public const decimal Amount = 99_999_999.99m;
}
