namespace DextSage.Integration.Sage;

/// <summary>A business of a Sage user (Sage API 7). In the list only id and name are filled.</summary>
public sealed record SageBusiness : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? Name { get; init; }
    public SageReference? Country { get; init; }
    public bool? IsDemo { get; init; }
    public IReadOnlyList<SageSubscription>? Subscriptions { get; init; }

    /// <summary>The best active plan; null when no subscription is active.</summary>
    public SagePlan? Plan
    {
        get
        {
            var active = (Subscriptions ?? []).Where(s => s.Active == true).Select(s => s.Plan).ToList();
            return active.Count == 0 ? null : active.Max();
        }
    }
}

/// <summary>One subscription of a business (Sage API 1).</summary>
public sealed record SageSubscription
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public bool? Active { get; init; }
    public string? Status { get; init; }

    public SagePlan Plan => Id switch
    {
        "START" or "MICRO" => SagePlan.Start,
        // Sage's pages swap ACCOUNTS and ACCOUNTING_10 between them; neither is Start, neither is Plus.
        "ACCOUNTS" or "ACCOUNTING_10" => SagePlan.Standard,
        "ACCOUNTING" => SagePlan.Plus,
        _ => SagePlan.Unknown,
    };
}

/// <summary>The editions of Sage Accounting, least first.</summary>
public enum SagePlan
{
    /// <summary>A subscription that this version does not know.</summary>
    Unknown,

    /// <summary>Takes no purchase invoices through the API.</summary>
    Start,

    Standard,

    /// <summary>Adds credit notes, foreign currencies and stock.</summary>
    Plus,
}

/// <summary>The Sage user whose grant a connection holds.</summary>
public sealed record SageUser : ISageRecord
{
    public string? Id { get; init; }
    public string? DisplayedAs { get; init; }
    public string? FirstName { get; init; }
    public string? LastName { get; init; }
    public string? Initials { get; init; }
    public string? Email { get; init; }
    public string? Locale { get; init; }
}

/// <summary>The settings of a business that publishing depends on (Sage API 8.1).</summary>
public sealed record SageFinancialSettings
{
    public SageReference? BaseCurrency { get; init; }
    public bool? MultiCurrencyEnabled { get; init; }

    /// <summary>No document may be dated before it.</summary>
    public DateOnly? AccountsStartDate { get; init; }

    public DateOnly? YearEndDate { get; init; }
    public DateOnly? YearEndLockdownDate { get; init; }
    public SageReference? TaxScheme { get; init; }
    public string? TaxNumber { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether lines may carry VAT; null when Sage did not name a scheme.</summary>
    public bool? IsVatRegistered => TaxScheme?.Id is { } scheme ? scheme != "NOT_REGISTERED" : null;
}
