using DextSage.Integration.Sage;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Connections;

public enum ConnectionStatus { NotConnected, Connected, ReconnectNeeded, Disconnected }

/// <summary>Why a connection stopped working. Each has its sentence in <see cref="ReconnectReasons"/>.</summary>
public enum ReconnectReason
{
    /// <summary>Sage refused the refresh token: access was removed in Sage, or the sign-in was replaced.</summary>
    AccessRemoved,
    /// <summary>31 days without use (Sage API 2.2).</summary>
    SignInExpired,
    /// <summary>401 "No active subscription. (MSE)" (Sage API 6).</summary>
    SubscriptionLapsed,
    /// <summary>403 on what every connection needs: the person who signed in lost their rights.</summary>
    RightsRemoved,
    /// <summary>Our own keys can no longer read the stored sign-in.</summary>
    KeysLost,
}

/// <summary>A business's tie to one Sage organisation. There is at most one.</summary>
public sealed class Connection : IBusinessOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid BusinessId { get; init; }

    public ConnectionStatus Status { get; set; }
    public ReconnectReason? Reason { get; set; }

    /// <summary>The sign-in in force.</summary>
    public Guid? GrantId { get; set; }

    /// <summary>Sage's id of the organisation, as sent in X-Business: 32 hex digits.</summary>
    public string? OrganisationId { get; set; }
    public string? OrganisationName { get; set; }

    /// <summary>ISO 3166 alpha-2: GB or IE.</summary>
    public string? Country { get; set; }

    /// <summary>Start, Standard or Plus.</summary>
    public string? Plan { get; set; }

    public string? BaseCurrency { get; set; }

    /// <summary>Null until Sage's financial settings could be read; they need the Settings right.</summary>
    public bool? VatRegistered { get; set; }

    /// <summary>Sage takes documents in other currencies too; null until its financial settings could be read.</summary>
    public bool? MultiCurrency { get; set; }

    /// <summary>Sage takes no document dated before this.</summary>
    public DateOnly? AccountsStartDate { get; set; }

    public Guid? AuthorisedById { get; set; }
    public DateTimeOffset? AuthorisedAt { get; set; }
    public DateTimeOffset? LastRefreshedAt { get; set; }

    /// <summary>Sage's last good answer, to within a few minutes.</summary>
    public DateTimeOffset? LastCallAt { get; set; }

    /// <summary>The last daily look at the connection that Sage answered.</summary>
    public DateTimeOffset? CheckedAt { get; set; }

    /// <summary>What keeps Sage from answering just now; says nothing against the connection and clears by itself.</summary>
    public SageFailureKind? Trouble { get; set; }
    public DateTimeOffset? TroubleSince { get; set; }

    /// <summary>The hour of the day, 0 to 23 on this system's clock, at which the lists are refreshed by themselves; null for never.</summary>
    public int? AutoRefreshHour { get; set; } = 3;

    /// <summary>Concurrency token.</summary>
    public int Version { get; set; }
}
