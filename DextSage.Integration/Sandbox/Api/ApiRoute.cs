namespace DextSage.Integration.Sandbox;

/// <summary>One operation of the API.</summary>
/// <param name="Method">GET, POST, PUT or DELETE.</param>
/// <param name="Path">Segments below /v3.1; <c>{key}</c> takes one segment.</param>
/// <param name="Roles">As the endpoint matrix writes them: <c>Purchases:FR; Contacts:F</c>, any of which is enough, or <c>ALL OF Sales:F; Contacts:F</c>; empty for everybody.</param>
/// <param name="Handle">Answers a call that was let in.</param>
internal sealed record ApiRoute(string Method, string Path, string Roles, Func<ApiCall, Answer> Handle)
{
    private readonly string[] segments = Path.Split('/');

    /// <summary>The lowest edition that may call it (Sage API 1); below it Sage answers 401 "(MSE)".</summary>
    public Edition From { get; init; } = Edition.Start;

    /// <summary>The name under which a body must be wrapped; null for operations without a body.</summary>
    public string? Wrapper { get; init; }

    /// <summary>Whether Sage remembers an <c>idempotency_id</c> for it (Sage API 5.2: not for attachments).</summary>
    public bool Remembers { get; init; }

    /// <summary>The user and business endpoints neither take nor echo X-Business (Sage API 3).</summary>
    public bool OutsideBusiness { get; init; }

    public bool Matches(string[] asked, out string key)
    {
        key = "";
        if (asked.Length != segments.Length) return false;
        for (var i = 0; i < asked.Length; i++)
        {
            if (segments[i] == "{key}") key = asked[i];
            else if (segments[i] != asked[i]) return false;
        }
        return true;
    }

    public static readonly IReadOnlyList<ApiRoute> All =
    [
        .. Businesses.Routes,
        .. Settings.Routes,
        .. LedgerAccounts.Routes,
        .. TaxRates.Routes,
        .. BankAccounts.Routes,
        .. AnalysisTypes.Routes,
        .. StaticLists.Routes,
        .. Contacts.Routes,
        .. Catalog.Routes,
        .. Documents.Routes,
        .. MoneyEntries.All.SelectMany(entries => entries.Routes),
        .. Transactions.Routes,
        .. Attachments.Routes,
    ];
}
