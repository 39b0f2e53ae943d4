namespace DextSage.Integration.Connections;

/// <summary>One sentence per reason, in the words of somebody who keeps books.</summary>
public static class ReconnectReasons
{
    public static string Sentence(this ReconnectReason reason) => reason switch
    {
        ReconnectReason.AccessRemoved => "Sage no longer accepts our sign-in: access was removed in Sage, or somebody connected again elsewhere.",
        ReconnectReason.SignInExpired => "The sign-in to Sage ran out after 31 days without use.",
        ReconnectReason.SubscriptionLapsed => "Sage says that this organisation has no active subscription.",
        ReconnectReason.RightsRemoved => "The person who connected no longer has the rights in Sage that this needs.",
        ReconnectReason.KeysLost => "The stored sign-in can no longer be read, because this server's keys have changed.",
        _ => throw new ArgumentOutOfRangeException(nameof(reason), reason, message: null),
    };
}
