using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What is not about a field: the plan, rights, what Sage has already, and what nobody can tell (Sage API 1, 5.2, 7, 9.5).</summary>
internal static class HelpOnSage
{
    public static FailureHelp[] All =>
    [
        new(PublishFailureKind.InSageAlready, "In Sage already?", "Sage has a document already that may be the same.",
            "Nothing was created. Before each document Sage is asked what it has of the same supplier or customer within five days, with the same reference or the same total.",
            [
                "Somebody entered the bill in Sage by hand, or it came from a bank feed or another app.",
                "The same paper came twice: once as a scan and once by e-mail, for example.",
                "It is another document that happens to have the same total on nearby days, and one of the two has no reference.",
            ],
            [
                "Open the item: it shows what Sage has, with number, date and total.",
                "The same? “Attach to this one” takes Sage's document for the item's own and hangs the file on it. Nothing is created.",
                "Another one? “Publish anyway”.",
                "A paper that is not needed? “Stop and archive it”.",
                "Retry asks Sage once more, which helps only after something was changed or deleted there.",
            ],
            ["Look at the document there. If it was entered by mistake, delete it in Sage and retry here."]),

        new(PublishFailureKind.AnswerLost, "Answer lost", "This was sent to Sage, no answer came for days, and Sage no longer remembers the question.",
            "It is not known whether the document stands in Sage. It was looked for by its marker and not found; what looks like it is shown on the item.",
            [
                "Sage, or the network, broke off in the moment in which the document was created, and was not back for six days.",
                "The server that runs DextSage was off for long.",
            ],
            [
                "Look for the item's marker in Sage: “DextSage item” and its Item ID, in the document's notes or details.",
                "Found? Choose “Attach to this one” where it is shown. Not found? Publish again: Sage is asked once more before anything is created.",
                "No edit makes this go away, since it would answer nothing.",
            ],
            ["Search the contact's documents of that day. If there are two of the same, delete one there."]),

        new(PublishFailureKind.PlanLacksThis, "Not part of the plan", "Sage says that the subscription is not active, or that its plan does not have this kind of document.", FailureHelp.NothingThere,
            [
                "The subscription has ended, is not paid, or is a trial that ran out.",
                "Sage Accounting Start has no purchase invoices, credit notes and quick entries; Standard has no credit notes.",
            ],
            [
                "Refresh integration data: DextSage then knows the plan, and names on each item what the plan takes instead.",
                "Change “Publish to”, for example to Other payment for what was paid already.",
                "Retry once the plan is active again.",
            ],
            ["The subscription is under Sage's own account settings. Only the owner sees it."]),

        new(PublishFailureKind.RightsTooSmall, "Rights too small", "The person who connected DextSage may not create this in Sage.", FailureHelp.NothingThere,
            [
                "DextSage works in Sage with the rights of whoever connected it, and these were lowered.",
                "That person has rights to Purchases, but not to Sales, Bank or Contacts.",
            ],
            [
                "The connection's page says who connected it: Business settings, Connections.",
                "Have somebody reconnect who has the rights, or retry once they were given.",
            ],
            ["The owner gives the rights under user management: Purchases, Sales, Bank and Contacts, with full access."]),

        new(PublishFailureKind.OrganisationChanged, "Organisation changed", "The connection moved to another organisation before this was sent.", "Nothing was sent to the former organisation, and nothing to the new one.",
            ["An Admin changed the organisation that this business publishes to while items were still waiting."],
            [
                "Choose supplier or customer, category and tax rate of the new organisation. Old entries of many items can be matched at once: Business settings, Connections, Sage Accounting.",
                "Publish if the paper belongs to the new organisation; archive it otherwise.",
            ],
            []),

        new(PublishFailureKind.SentElsewhere, "Sent to the former organisation", "The connection moved to another organisation while this was on its way, and it may have arrived in the former one.",
            "It is not known whether the document stands in the former organisation. Nothing was sent to the new one.",
            ["An Admin changed the organisation after the document had been sent and before Sage's answer came."],
            [
                "Look in the former organisation first, then decide.",
                "It is there and belongs there? Archive the item.",
                "Otherwise choose supplier or customer, category and tax rate of the new organisation, and publish.",
                "No edit makes this go away, since it would answer nothing.",
            ],
            ["In the former organisation, search for the item's marker: “DextSage item” and its Item ID, in the document's notes or details."]),

        new(PublishFailureKind.Other, "Refused for another reason", "Sage refused the document with words that DextSage does not know.", FailureHelp.NothingThere,
            [
                "A setting or a rule of this organisation in Sage forbids it.",
                "Sage has brought in a new check.",
            ],
            [
                "Open the item and read “What Sage said”: Sage's own words often name the field.",
                "Correct it, and publish again.",
                "If nothing helps, give the request number that stands there to Sage's support.",
            ],
            ["Try to enter the same document by hand: Sage's own screen usually says more."]),
    ];
}
