namespace DextSage.Integration.Sandbox;

/// <summary>How the pretend Sage behaves. The defaults are what a newcomer needs; tests shorten lives and waits.</summary>
public sealed class SageSandboxOptions
{
    /// <summary>The path under which everything of the sandbox is mapped, beginning with a slash and not ending in one.</summary>
    public string PathBase { get; set; } = "/sandbox/sage";

    /// <summary>The sandbox's own SQLite file; its folder is made when missing. A restart loses nothing that is in it.</summary>
    public string DatabasePath { get; set; } = "sage-sandbox.db";

    /// <summary>The registered application's id: two GUIDs joined by a slash, as Sage hands them out (Sage API 2.1).</summary>
    public string ClientId { get; set; } = "4b64c0f1-7a52-4c0e-9d83-2f6f0a1e5710/9c1f7e42-0b3d-4f58-8a6e-d2c7b4915e03";

    /// <summary>The registered application's secret. It protects nothing but pretend books.</summary>
    public string ClientSecret { get; set; } = "sandbox-secret-that-guards-pretend-books";

    /// <summary>The registered callbacks. Compared character for character, upper and lower case apart (Sage API 2.1).</summary>
    public IList<string> RedirectUris { get; } = [];

    /// <summary>How long an access token works. Sage: 300 seconds.</summary>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromSeconds(300);

    /// <summary>How long an unused refresh token works. Sage: 31 days.</summary>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromDays(31);

    /// <summary>How long an authorisation code may wait to be exchanged. Sage: 60 seconds.</summary>
    public TimeSpan CodeLifetime { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A small wait before every answer of the API, so that a person can watch progress. Zero for none.</summary>
    public TimeSpan Latency { get; set; } = TimeSpan.FromMilliseconds(40);

    /// <summary>The number of generated suppliers in the Plus business "Marsh &amp; Daughters Ltd".</summary>
    public int LargeSuppliers { get; set; } = 640;

    /// <summary>The number of generated customers in the same business.</summary>
    public int LargeCustomers { get; set; } = 120;

    /// <summary>The number of accounts that its chart has beyond Sage's own.</summary>
    public int LargeExtraAccounts { get; set; }
    /// <summary>The number of products, services not counted, in the Plus business "Marsh &amp; Daughters Ltd".</summary>
    public int LargeProducts { get; set; } = 24;

    /// <summary>
    /// Whether a person's new authorisation of the application ends the refresh token of an earlier one. Sage says that only the most
    /// recently issued refresh token works, but not whether that counts per person and application (Sage API 2.3, unknown): strict by default.
    /// </summary>
    public bool NewGrantEndsEarlierOnes { get; set; } = true;
}
