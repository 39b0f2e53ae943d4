using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What can be wrong with category, tax rate, class and location (Sage API 6, 8.2, 8.3, 8.6).</summary>
internal static class HelpOnCoding
{
    public static FailureHelp[] All =>
    [
        new(PublishFailureKind.CategoryNotVisible, "Category not allowed here", "Sage does not take this category for this kind of document.", FailureHelp.NothingThere,
            [
                "In Sage each ledger account says where it may be used: Sales, Expenses, Other Payments and others. The tick for this use is missing.",
                "The category was chosen while the item was to be published as something else, for example as a purchase invoice and not as an other payment.",
            ],
            [
                "Choose another category on the item, or on the line that has it.",
                "Where it is only the destination that does not fit, change “Publish to”.",
            ],
            [
                "Open the account in Sage's chart of accounts and tick where it may be used: Expenses for purchases, Sales for sales, Other Payments for other payments.",
                "Refresh the categories in DextSage afterwards, then retry.",
            ]),

        new(PublishFailureKind.TaxRateRefused, "Tax rate refused", "Sage did not accept this tax rate on this document.", FailureHelp.NothingThere,
            [
                "The rate was switched off in Sage, or has ended: it is not valid on the document's date.",
                "The category has a fixed tax rate in Sage that cannot be changed on a document.",
                "The rate does not fit the supplier or customer: a contact abroad, or one under reverse charge, takes other rates.",
            ],
            [
                "Choose another tax rate on the item, or on the line that has it. Without one of your own choosing, the category's own rate is proposed.",
                "Refresh the tax rates if they were changed in Sage.",
            ],
            ["Look at the ledger account's tax rate and whether it is fixed, and at the contact's VAT treatment."]),

        new(PublishFailureKind.NotRegisteredForVat, "Not registered for VAT", "The organisation is not registered for VAT in Sage, so Sage takes no tax from it.", FailureHelp.NothingThere,
            [
                "The VAT scheme was ended or changed in Sage after the lists were last refreshed.",
                "The items were coded for another organisation that is registered.",
            ],
            [
                "Refresh integration data: DextSage then knows that there is no VAT, asks for no tax rate, and sends the whole total as net.",
                "Retry afterwards. Nothing has to be changed on the items.",
            ],
            ["If the organisation is registered, correct its VAT scheme and number in Sage's settings, refresh integration data, and retry."]),

        new(PublishFailureKind.AnalysisRefused, "Class or location refused", "Sage did not accept the class or location here.", FailureHelp.NothingThere,
            [
                "Classes and locations are Sage's analysis types. Each is switched on for Sales, Expenses and Banking separately, and this one is off where the document goes.",
                "The entry was deleted in Sage after the lists were last refreshed.",
            ],
            [
                "Choose another class or location, or leave it empty.",
                "Refresh integration data if analysis types were changed in Sage.",
            ],
            ["In Sage's settings for analysis types, switch the type on for the area: Expenses for purchases, Banking for other payments, Sales for sales. Then retry."]),
    ];
}
