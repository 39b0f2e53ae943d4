using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What can be wrong with amounts, date, reference, currency and payment (Sage API 6, 8.1, 9, 11, 13).</summary>
internal static class HelpOnAmounts
{
    public static FailureHelp[] All =>
    [
        new(PublishFailureKind.AmountRefused, "Amounts refused", "Sage did not accept the amounts of this document.", FailureHelp.NothingThere,
            [
                "The lines and the total do not come to the same in Sage's own rounding.",
                "An amount is larger than Sage takes, or is nothing at all.",
            ],
            [
                "Compare total and tax with the document, and correct what was read wrongly.",
                "On an item with line items, look at quantity and price of each line: the lines must add up to the total.",
            ],
            []),

        new(PublishFailureKind.TaxAmountRefused, "Tax amount refused", "Sage did not accept this tax amount.", FailureHelp.NothingThere,
            [
                "The amount is too far from what the tax rate makes of the net amount.",
                "There is tax on a rate of nothing: zero rated, exempt, or no VAT.",
            ],
            [
                "Compare the tax with the document, and correct it.",
                "If the document is right, choose the tax rate that it was charged at. A document with several rates is split into lines.",
            ],
            []),

        new(PublishFailureKind.DateRefused, "Date refused", "Sage did not accept this date.", FailureHelp.NothingThere,
            [
                "The date lies before the accounts start date of the organisation.",
                "The period is closed: the year end was locked, or the VAT return of that period has been filed.",
                "The date was read wrongly: day and month are easily mixed up.",
            ],
            [
                "Compare the date with the document, and correct it if it is wrong.",
                "If it is right and the period is closed, ask your accountant: such a document is usually posted with the first day that is open.",
            ],
            [
                "The accounts start date and the year-end lock are in Sage's settings for accounting dates. Whoever moves them changes what was reported, so ask the accountant first.",
                "Once the period is open, retry here.",
            ]),

        new(PublishFailureKind.ReferenceRefused, "Reference refused", "Sage did not accept the document reference.", FailureHelp.NothingThere,
            [
                "It holds characters that Sage does not take.",
                "A number that Sage wants to be unique is used already.",
            ],
            ["Shorten or change the document reference. What DextSage itself cuts to Sage's length stands whole in the notes of the document in Sage."],
            []),

        new(PublishFailureKind.CurrencyRefused, "Currency refused", "Sage did not accept this currency, or its exchange rate.", FailureHelp.NothingThere,
            [
                "Other currencies are not switched on in Sage, or are not part of its plan.",
                "In Sage the supplier or customer trades in another currency.",
                "The exchange rate is missing, or is far from what it can be.",
            ],
            [
                "Compare currency and exchange rate with the document.",
                "Choose a supplier or customer that trades in this currency.",
            ],
            ["Switch on other currencies in Sage's settings, and add this one. Then refresh integration data here, and retry."]),

        new(PublishFailureKind.BankAccountRefused, "Bank account refused", "Sage did not accept the bank account of this payment method.", FailureHelp.NothingThere,
            [
                "The bank account was closed, made inactive or deleted in Sage.",
                "The account is in another currency than the document.",
            ],
            [
                "Choose another payment method on the item.",
                "Or have an Admin link the payment method to another bank account (Business settings, Lists, Payment methods), then retry all of them at once.",
            ],
            ["Make the bank account active again in Sage, refresh integration data, and retry."]),
    ];
}
