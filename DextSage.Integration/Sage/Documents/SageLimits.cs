namespace DextSage.Integration.Sage;

/// <summary>What Sage takes at most (Sage API 8.4, 9.1, 12). Lengths in characters, sizes in bytes.</summary>
public static class SageLimits
{
    public const int ContactName = 100;
    public const int ContactReference = 10;
    public const int Reference = 25;
    public const int VendorReference = 31;
    public const int Notes = 2000;

    /// <summary>Of a quick entry.</summary>
    public const int Details = 255;

    /// <summary>Of the file itself, before it is written as base64.</summary>
    public const int AttachmentBytes = 2_621_440;

    /// <summary>For how long Sage remembers an idempotency id.</summary>
    public static readonly TimeSpan IdempotencyMemory = TimeSpan.FromDays(7);
}
