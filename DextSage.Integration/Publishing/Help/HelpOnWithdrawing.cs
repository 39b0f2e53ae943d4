using DextSage.Integration.Items;

namespace DextSage.Integration.Publishing;

/// <summary>What keeps Sage from letting go of a document that is to be withdrawn or corrected (Sage API 7, 9.3, 11, 17).</summary>
internal static class HelpOnWithdrawing
{
    public static FailureHelp[] All =>
    [
        Of(PublishFailureKind.SettledElsewhere, "Paid or allocated in Sage", "A payment, a refund or an allocation that was not made from here hangs on the document in Sage.",
            "Everything stands in Sage as it did. Sage neither changes nor deletes what is paid or allocated.",
            ["Somebody recorded the payment in Sage, or it was matched from the bank feed.", "A credit note, or money on account, was allocated to the document."],
            ["Withdraw or correct the item again once Sage has let go of the payment."],
            ["Open the document in Sage: its payments and allocations are listed below it.", "Delete the payment or undo the allocation there, after asking whoever made it. A payment of several documents is changed, not deleted."]),

        Of(PublishFailureKind.VatReturnFiled, "Part of a filed VAT return", "The document is part of a VAT return that was filed, and Sage keeps it as it is.",
            "The document stands in Sage unchanged, as the return says.",
            ["The return of the document's period was submitted, or marked as submitted, in Sage."],
            ["Leave the item as it is: it is the record of what was returned.", "Publish a credit note for what is wrong, and the right document anew."],
            ["Small errors are put right by an adjustment on the next return; larger ones are reported to the tax office."]),

        Of(PublishFailureKind.PeriodClosed, "Period is closed", "The document or its payment lies in a period that is closed in Sage.",
            "The document stands in Sage unchanged, and so do the accounts of that period.",
            ["The year end was locked in Sage, often by the accountant once the accounts were done."],
            ["Publish a credit note with a date in the open period, or ask the accountant.", "Withdraw or correct the item again if the period is opened."],
            ["The lock date is under the financial settings, and moving it is the accountant's decision."]),

        Of(PublishFailureKind.PaymentKept, "Payment is reconciled", "Sage does not delete the payment of this document, most often because it is reconciled with the bank.",
            "The document and its payment stand in Sage unchanged, unless the item itself says otherwise.",
            ["The payment was ticked off against the bank's statement.", "Something else rests on the payment, for example a refund of what it brought on account."],
            ["Withdraw the item again once the reconciliation is undone."],
            ["Undo the reconciliation of this one payment under the bank account, and reconcile again afterwards."]),

        Of(PublishFailureKind.RightsToDelete, "Rights to delete are missing", "The person who connected DextSage may not delete this in Sage.",
            "The document stands in Sage unchanged, unless the item itself says otherwise.",
            ["Sage lets only those delete who have Full rights in the area; Restricted ones create and change."],
            ["Have somebody reconnect who has Full rights, or withdraw the item again once they were given."],
            ["The owner sets the area to Full under user management: Purchases or Sales, and Bank for payments."]),

        Of(PublishFailureKind.KeptBySage, "Kept by Sage as it is", "Sage does not let go of this document, for a reason that DextSage does not know.",
            "The document stands in Sage. If its payment went before, the item says so.",
            ["A rule of this organisation in Sage, or a state of the document that its own screens show, forbids it."],
            ["Read “What Sage said” on the item, and withdraw it again once that is settled."],
            ["Try to delete the document there: Sage's own screen usually says why it will not."]),
    ];

    private static FailureHelp Of(PublishFailureKind kind, string name, string sentence, string books, string[] why, string[] here, string[] inSage) => new(kind, name, sentence, books, why, here, inSage) { IsOfWhatStands = true };
}
