using DextSage.Integration.Sage;

namespace DextSage.Integration.Connections;

/// <summary>What the Connections pages show.</summary>
/// <param name="HalfWay">A walk of the caller's own that came back from Sage, but whose organisation was not chosen yet.</param>
public sealed record ConnectionView(
    ConnectionStatus Status,
    ReconnectReason? Reason,
    string? OrganisationName,
    string? Country,
    string? Plan,
    string? BaseCurrency,
    bool? VatRegistered,
    DateOnly? AccountsStartDate,
    string? AuthorisedBy,
    DateTimeOffset? AuthorisedAt,
    DateTimeOffset? SignInRunsOutAt,
    DateTimeOffset? LastRefreshedAt,
    Guid? HalfWay)
{
    /// <summary><c>full_access</c> or <c>readonly</c>; null where Sage did not say.</summary>
    public string? Scope { get; init; }

    /// <summary>Sage's last good answer, to within a few minutes.</summary>
    public DateTimeOffset? LastCallAt { get; init; }
    public SageFailureKind? Trouble { get; init; }
    public DateTimeOffset? TroubleSince { get; init; }

    public bool IsConnected => Status is ConnectionStatus.Connected;
}

/// <summary>What every member of the business must know of its connection.</summary>
/// <param name="OrganisationName">Null before the first connection.</param>
/// <param name="AuthorisedBy">The person of ours whose sign-in it is.</param>
/// <param name="Trouble">What keeps Sage from answering just now, since <paramref name="TroubleSince"/>. The connection itself is not broken by it.</param>
/// <param name="CheckedAt">The last look at the connection that Sage answered.</param>
/// <param name="Plan">Start, Standard or Plus.</param>
/// <param name="SignInEndsAt">Set in its last days, and only while renewing it fails: otherwise it renews itself.</param>
public sealed record ConnectionNotice(
    ConnectionStatus Status, ReconnectReason? Reason, string? OrganisationName,
    string? AuthorisedBy = null, SageFailureKind? Trouble = null, DateTimeOffset? TroubleSince = null, DateTimeOffset? SignInEndsAt = null,
    DateTimeOffset? CheckedAt = null, string? Plan = null);

/// <summary>An organisation that the sign-in can reach.</summary>
/// <param name="Problem">Why it cannot be chosen, as a sentence; null where it can.</param>
public sealed record Organisation(string Id, string Name, string? Country, string? Plan, string? Problem);

/// <summary>The wizard's step after Sage: what can be chosen, and with what intent.</summary>
/// <param name="Current">The organisation that is, or was, connected here.</param>
/// <param name="MayMove">Whether another one may be chosen.</param>
public sealed record OrganisationChoice(AuthorisationIntent Intent, IReadOnlyList<Organisation> Organisations, string? Current, bool MayMove = false);

/// <summary>Everything that can end the walk to Sage otherwise than well. Each has its page (<see cref="WizardProblems"/>).</summary>
public enum WizardProblem
{
    /// <summary>Sage's consent page was answered with No.</summary>
    Denied,
    /// <summary>The state is unknown, another person's, or another browser's.</summary>
    UnknownState,
    /// <summary>The state was good once: Back button, reload, or a second tab.</summary>
    AlreadyUsed,
    /// <summary>More than ten minutes between leaving and coming back.</summary>
    TooLate,
    /// <summary>Sage refused the code: it lives for 60 seconds.</summary>
    CodeRefused,
    /// <summary>Sage's "Email already in use": another country was picked than the organisation's.</summary>
    WrongCountry,
    /// <summary>Sage could not be reached, or answered with an error of its own.</summary>
    SageUnavailable,
    /// <summary>Sage named an error in our request: client id, redirect, scope.</summary>
    Misconfigured,
    /// <summary>No Sage app is set up on this server: there is no client id to go to Sage with.</summary>
    NotSetUp,
    /// <summary>The sign-in sees no organisation at all.</summary>
    NoOrganisations,
    /// <summary>A reconnect came back with another organisation than the one connected.</summary>
    OtherOrganisation,
    /// <summary>The organisation's subscription is not active.</summary>
    InactiveSubscription,
    /// <summary>The step no longer stands: it was finished, or begun anew elsewhere.</summary>
    StepGone,
}

/// <summary>The way back from Sage: either a request whose organisations may be chosen, or what went wrong.</summary>
/// <param name="BusinessSlug">The business to return to, where the state named one that this person belongs to.</param>
public sealed record AuthorisationReturn(string? BusinessSlug, Guid? RequestId, WizardProblem? Problem);

/// <summary>What choosing an organisation came to.</summary>
/// <param name="Chosen">Name of the organisation that was picked.</param>
/// <param name="Expected">With <see cref="WizardProblem.OtherOrganisation"/>: the one that is connected.</param>
public sealed record ChoiceOutcome(WizardProblem? Problem, string? Chosen, string? Expected);
