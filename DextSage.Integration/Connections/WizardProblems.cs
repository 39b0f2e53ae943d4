namespace DextSage.Integration.Connections;

/// <summary>For each way the wizard can end: what happened, and what to do now.</summary>
public static class WizardProblems
{
    public static string Title(this WizardProblem problem) => problem switch
    {
        WizardProblem.Denied => "Nothing was connected",
        WizardProblem.UnknownState => "This return from Sage doesn't belong to you or this browser",
        WizardProblem.AlreadyUsed => "This step was already done",
        WizardProblem.TooLate => "That took too long",
        WizardProblem.CodeRefused => "Sage no longer accepts this sign-in code",
        WizardProblem.WrongCountry => "Another country was picked in Sage",
        WizardProblem.SageUnavailable => "Sage could not be reached",
        WizardProblem.Misconfigured => "Sage did not accept our request",
        WizardProblem.NotSetUp => "This server is not registered with Sage yet",
        WizardProblem.NoOrganisations => "This Sage login has no organisation",
        WizardProblem.OtherOrganisation => "That is another organisation",
        WizardProblem.InactiveSubscription => "The organisation's Sage subscription is not active",
        WizardProblem.StepGone => "This step no longer stands",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, message: null),
    };

    public static string Sentence(this WizardProblem problem) => problem switch
    {
        WizardProblem.Denied => "On Sage's page the access was declined. Nothing has changed here.",
        WizardProblem.UnknownState => "For your safety a return from Sage is accepted only in the browser, and for the person, that left for it. Nothing has changed.",
        WizardProblem.AlreadyUsed => "Each return from Sage works once. The Back button, a reload or a second tab brought you here again; what was done the first time stands.",
        WizardProblem.TooLate => "More than ten minutes passed between leaving for Sage and coming back. Nothing has changed.",
        WizardProblem.CodeRefused => "Sage's code is good for 60 seconds and this one was too old or already used. Nothing has changed.",
        WizardProblem.WrongCountry => "Sage asked for the country first, and the one picked is not the country of this login's organisation.",
        WizardProblem.SageUnavailable => "Sage did not answer, or answered with an error of its own. Nothing has changed.",
        WizardProblem.Misconfigured => "Sage named an error in the request: the client id, the callback address or the scope does not match its registration. The person who runs this server can mend it.",
        WizardProblem.NotSetUp => "Connecting needs the client id and secret of a Sage app. The person who runs this server sets Sage:ClientId and Sage:ClientSecret; the README says where they come from.",
        WizardProblem.NoOrganisations => "The login works, but no Sage Accounting organisation belongs to it.",
        WizardProblem.OtherOrganisation => "Reconnect re-establishes the connection to the same organisation, so that categories, suppliers and items keep their meaning. To move to another one, use Change organisation in the Manage menu.",
        WizardProblem.InactiveSubscription => "Sage says that this organisation has no active subscription, so nothing could be published into it.",
        WizardProblem.StepGone => "It was finished or begun anew in another tab.",
        _ => throw new ArgumentOutOfRangeException(nameof(problem), problem, message: null),
    };
}
