using System.ComponentModel.DataAnnotations;

namespace DextSage.Integration.Sage;

/// <summary>Where Sage is, who we are to it, and how hard we may lean on it. Section <c>Sage</c> of the settings.</summary>
/// <remarks>Every address must be https, unless it is on this machine (the sandbox). See Sage API 2 and 5.1.</remarks>
public sealed class SageOptions : IValidatableObject
{
    public const string Section = "Sage";

    /// <summary>The app's id at Sage: two GUIDs joined by a slash, unescaped.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>The app's secret. Never logged; sent in the body of token requests only.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>Without a registered app nobody can connect; everything else works.</summary>
    public bool HasApp => ClientId.Length > 0 && ClientSecret.Length > 0;

    /// <summary>Where a person's browser is sent to grant access.</summary>
    public Uri AuthoriseUrl { get; set; } = new("https://www.sageone.com/oauth2/auth/central");

    public Uri TokenUrl { get; set; } = new("https://oauth.accounting.sage.com/token");

    public Uri RevokeUrl { get; set; } = new("https://oauth.accounting.sage.com/revoke");

    /// <summary>The root of the API, with its version and without a closing slash.</summary>
    public Uri ApiUrl { get; set; } = new("https://api.accounting.sage.com/v3.1");

    /// <summary>How long one attempt to read may take, its whole body included.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(40);

    /// <summary>How long one write may take. An attachment is up to 3.5 MB of JSON.</summary>
    public TimeSpan WriteTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long a call may take with its waits and repeats. A lease on a job must outlast it.</summary>
    public TimeSpan TotalTimeout { get; set; } = TimeSpan.FromMinutes(4);

    /// <summary>The longest <c>Retry-After</c> that is waited out inside a call; a longer one comes back as <see cref="SageFailureKind.Throttled"/>.</summary>
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How often a read is repeated after a failure that may pass. A write never is.</summary>
    [Range(0, 10)] public int ReadRetries { get; set; } = 3;

    /// <summary>The largest answer taken, in bytes after decompression.</summary>
    [Range(1024, 256 * 1024 * 1024)] public int MaxAnswerBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Writes under way at once in one business. Sage asks for one (Sage API 5.1).</summary>
    [Range(1, 8)] public int WritesPerBusiness { get; set; } = 1;

    /// <summary>Files and payments under way at once in one business, beside the creation of the next document.</summary>
    [Range(1, 16)] public int BesidesPerBusiness { get; set; } = 3;

    /// <summary>Reads under way at once in one business, whatever others do.</summary>
    [Range(1, 32)] public int ReadsPerBusiness { get; set; } = 4;

    /// <summary>Up to so many while Sage answers well and most of its places lie idle: a tenth of them. Sage names no limit of a business (Sage API 5.1). The same as <see cref="ReadsPerBusiness"/>: never more than those.</summary>
    [Range(1, 32)] public int MostReadsPerBusiness { get; set; } = 15;

    /// <summary>Requests under way at once in this process. Sage's own limit is 150 per app.</summary>
    [Range(1, 150)] public int InFlight { get; set; } = 150;

    /// <summary>Requests a second on average. Sage allows 1,296,000 a day per app: so many a second, and the whole reserve, are no more than that in any day.</summary>
    [Range(0.1, 1000)] public double RequestsPerSecond { get; set; } = 14;

    /// <summary>Requests that may go out faster than the average after a quiet time: enough for the lists of many large businesses, and for what they publish at once.</summary>
    [Range(1, 100_000)] public int RequestReserve { get; set; } = 86_400;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClientId.Length > 0 != ClientSecret.Length > 0)
            yield return new($"{Section}:{nameof(ClientId)} and {Section}:{nameof(ClientSecret)} belong together: set both, or neither.", [nameof(ClientSecret)]);
        (string Name, Uri Address)[] addresses =
            [(nameof(AuthoriseUrl), AuthoriseUrl), (nameof(TokenUrl), TokenUrl), (nameof(RevokeUrl), RevokeUrl), (nameof(ApiUrl), ApiUrl)];
        foreach (var (name, address) in addresses.Where(a => !IsSafe(a.Address)))
            yield return new($"{Section}:{name} must be an https address (http is taken on this machine only), and is '{address}'.", [name]);

        (string Name, TimeSpan Value)[] times =
            [(nameof(ReadTimeout), ReadTimeout), (nameof(WriteTimeout), WriteTimeout), (nameof(TotalTimeout), TotalTimeout), (nameof(LongestWait), LongestWait)];
        foreach (var (name, value) in times.Where(t => t.Value <= TimeSpan.Zero || t.Value > TimeSpan.FromHours(1)))
            yield return new($"{Section}:{name} must be more than nothing and at most an hour, and is {value}.", [name]);
    }

    private static bool IsSafe(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));
}
