using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What can be wrong with the supplier or the customer (Sage API 6, 8.4, 13).</summary>
internal static class HelpOnContacts
{
    public static FailureHelp[] All =>
    [
        new(PublishFailureKind.ContactNotFound, "Supplier or customer not found", "Sage does not know this supplier or customer, or knows them only as the other of the two.", FailureHelp.NothingThere,
            [
                "The contact was deleted or merged in Sage after the lists were last refreshed.",
                "Sage keeps suppliers and customers apart: a contact that is only a customer cannot have a purchase invoice, and a supplier no sales invoice.",
                "The item was coded with a contact of another organisation.",
            ],
            [
                "Open the item and choose another supplier (of a sale: another customer).",
                "If the contact was only just made in Sage, refresh the suppliers or customers first: it then stands on the list.",
                "If it is not in Sage at all, type its name and let DextSage create it when the item is published.",
            ],
            ["If the same firm both sells to you and buys from you, it needs two contacts in Sage: one supplier and one customer. Create the one that is missing."]),

        new(PublishFailureKind.ContactRefused, "New supplier or customer refused", "Sage did not accept the supplier or customer that was to be created with this item.", FailureHelp.NothingThere,
            [
                "The name is longer than Sage's 100 characters, or holds characters that Sage does not take.",
                "Sage gives each contact a reference of up to ten characters. A contact that was deleted keeps its reference, and Sage may refuse a new one of the same.",
                "The currency of the document is not switched on in Sage.",
            ],
            [
                "Look at Sage's own words on the item: they name what it did not like.",
                "Correct the name, or choose a supplier or customer that is there already.",
            ],
            ["Create the contact in Sage by hand, refresh the list in DextSage, and choose it on the item."]),

        new(PublishFailureKind.OtherCurrency, "Contact in another currency", "In Sage this supplier or customer trades in another currency than the document.", FailureHelp.NothingThere,
            [
                "Sage gives each contact one currency, and it cannot be changed once the contact has been used.",
                "The currency was read wrongly: a dollar sign may stand for several.",
            ],
            [
                "Compare the currency of the item with the document, and correct it if it is wrong.",
                "Otherwise choose the contact of the same firm that trades in the document's currency.",
            ],
            ["If there is none, create a second contact in Sage for this currency, for example “Castle Hardware (EUR)”, refresh the list here, and choose it."]),

        new(PublishFailureKind.RecordNotFound, "Something Sage no longer has", "Sage no longer has the supplier or customer, category or tax rate that the item points to, and does not say which of them.", FailureHelp.NothingThere,
            [
                "One of them was deleted in Sage after the lists were last refreshed.",
                "A category (a ledger account) was taken out of the chart of accounts.",
            ],
            [
                "Refresh integration data. What Sage no longer has is then named on each item, under “Please resolve these issues”.",
                "Choose another entry there, then publish again.",
                "If nothing is named after the refresh, retry: it was restored in Sage meanwhile.",
            ],
            ["If it was deleted by mistake, create it again in Sage and refresh the lists. It is a new entry, so it has to be chosen on the item."]),
    ];
}
