namespace DextSage.Integration.Sage;

/// <summary>The ways in which a call to Sage fails. <see cref="SageFailureText"/> has a sentence and an action for each.</summary>
public enum SageFailureKind
{
    /// <summary>No usable token: somebody has to sign in at Sage again.</summary>
    SignInNeeded,

    /// <summary>Sage does not know our client id or secret (<c>invalid_client</c>, <c>unauthorized_client</c>).</summary>
    AppNotAccepted,

    /// <summary>401 <c>AuthorizationFailure</c> (MSE): the subscription has lapsed, or its edition lacks this.</summary>
    NoSubscription,

    /// <summary>403: the Sage user may not do this.</summary>
    AccessDenied,

    /// <summary>404.</summary>
    NotFound,

    /// <summary>Any other 4xx: Sage read the request and refused it.</summary>
    Rejected,

    /// <summary>429, or a wait after one that is not over.</summary>
    Throttled,

    /// <summary>5xx, or 401 (MRF): Sage has trouble of its own.</summary>
    Busy,

    /// <summary>No connection, no answer in time, or one that broke off.</summary>
    NoAnswer,

    /// <summary>An answer that is not Sage's: unreadable, or a redirect.</summary>
    Garbled,

    /// <summary>Sage answered for another business than the one asked for.</summary>
    WrongBusiness,

    /// <summary>An answer larger than <see cref="SageOptions.MaxAnswerBytes"/>.</summary>
    TooLarge,
}

/// <summary>What to tell people of a failure: one sentence, one action.</summary>
public static class SageFailureText
{
    extension(SageFailureKind kind)
    {
        public string Sentence => kind switch
        {
            SageFailureKind.SignInNeeded => "Sage no longer accepts this connection.",
            SageFailureKind.AppNotAccepted => "Sage does not recognise this system's client id or secret.",
            SageFailureKind.NoSubscription => "The Sage subscription is not active, or its plan does not include this.",
            SageFailureKind.AccessDenied => "The Sage user of this connection may not do this.",
            SageFailureKind.NotFound => "Sage does not have this record any more.",
            SageFailureKind.Rejected => "Sage did not accept this.",
            SageFailureKind.Throttled => "Sage asks us to slow down.",
            SageFailureKind.Busy => "Sage is having trouble answering.",
            SageFailureKind.NoAnswer => "Sage could not be reached, or did not answer in time.",
            SageFailureKind.Garbled => "The answer could not be read as one of Sage's.",
            SageFailureKind.WrongBusiness => "Sage answered for another business.",
            SageFailureKind.TooLarge => "Sage's answer was too large to take.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };

        public string Action => kind switch
        {
            SageFailureKind.SignInNeeded => "An Admin can reconnect under Business settings, Connections.",
            SageFailureKind.AppNotAccepted => "Whoever runs this system should check Sage's client id and secret in its settings.",
            SageFailureKind.NoSubscription => "Check the subscription in Sage, then try again.",
            SageFailureKind.AccessDenied => "Ask the owner of the Sage business for the rights, or reconnect as another user.",
            SageFailureKind.NotFound => "Refresh integration data, then choose again.",
            SageFailureKind.Rejected => "Correct the field that Sage names, then try again.",
            SageFailureKind.Throttled or SageFailureKind.Busy or SageFailureKind.NoAnswer => "This is tried again by itself.",
            SageFailureKind.Garbled => "Check what stands between this system and Sage, such as a proxy.",
            SageFailureKind.WrongBusiness => "Reconnect, and choose the organisation again.",
            SageFailureKind.TooLarge => "Whoever runs this system can raise the limit in its settings.",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
    }

    /// <summary>Whether a later try may succeed with nobody doing anything.</summary>
    public static bool MayPass(this SageFailureKind kind) =>
        kind is SageFailureKind.Throttled or SageFailureKind.Busy or SageFailureKind.NoAnswer or SageFailureKind.Garbled;
}
