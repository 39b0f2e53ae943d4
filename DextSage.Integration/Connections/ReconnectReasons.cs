namespace DextSage.Integration.Connections;

/// <summary>One sentence per reason, in the words of somebody who keeps books, and what helps.</summary>
public static class ReconnectReasons
{
    /// <param name="authorisedBy">Whose sign-in it is, by name; null where they have left.</param>
    public static string Sentence(this ReconnectReason reason, string? authorisedBy = null) => reason switch
    {
        ReconnectReason.AccessRemoved => "Sage no longer accepts our sign-in: access was removed in Sage, or somebody connected again elsewhere.",
        ReconnectReason.SignInExpired => "The sign-in to Sage ran out after 31 days without use.",
        ReconnectReason.SubscriptionLapsed => "Sage says that this organisation has no active subscription. Once it is renewed in Sage, this goes on by itself.",
        ReconnectReason.RightsRemoved when authorisedBy is not null => $"The Sage user that {authorisedBy} connected with no longer has the rights that this needs. The owner of the organisation can give them back in Sage, or somebody who has them can reconnect.",
        ReconnectReason.RightsRemoved => "The Sage user of this connection no longer has the rights that this needs. The owner of the organisation can give them back in Sage, or somebody who has them can reconnect.",
        ReconnectReason.KeysLost => "The stored sign-in can no longer be read, because this server's keys have changed.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };

    /// <summary>Whether a new sign-in helps. A subscription is renewed in Sage, and then only looked at again here.</summary>
    public static bool IsMendedByReconnecting(this ReconnectReason reason) => reason is not ReconnectReason.SubscriptionLapsed;
}
