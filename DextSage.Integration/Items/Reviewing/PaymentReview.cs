using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Whether what is paid can be booked: from a bank account of Sage's, on a day and of an amount that fit the document.</summary>
internal static class PaymentReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var item = review.Item;
        if (!review.TakesPayment || !review.Context.HasOrganisation) return;
        Method(review, issues);
        if (!review.Destination.IsPaidSeparately()) return;
        if (item.PaidAmount is <= 0) issues.Add(ItemField.PaidAmount, "The amount paid must be more than zero. Leave it empty where all of it is paid.");
        else if (item.PaidAmount > item.Total) issues.Add(ItemField.PaidAmount, $"More was paid than the total of {item.Total:0.00}.", new IssueFix("All of it was paid", new ItemEdit.SetPaidAmount(null)));
        if (item.PaidOn < review.Context.AccountsStartDate)
            issues.Add(ItemField.PaidOn, $"Sage takes nothing dated before the accounts start date, {review.Context.AccountsStartDate:d MMMM yyyy}.");
    }

    private static void Method(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var why = review.Destination is Destination.OtherPayment ? "An other payment goes out of a bank account" : "What is paid goes out of a bank account";
        switch (review.PaidWith)
        {
            case null:
                issues.Add(ItemField.PaymentMethod, $"Choose a payment method. {why}.");
                break;
            case { IsRemoved: true } removed:
                issues.Add(ItemField.PaymentMethod, $"{removed.Name} is no longer among the payment methods. Choose another.");
                break;
            case { BankAccountSageId: null } unlinked:
                issues.Add(new ReviewIssue(ItemField.PaymentMethod, $"{unlinked.Name} is linked to no bank account in Sage. {why}: an Admin can link it under Lists, Payment methods.") { UnlinkedMethodId = unlinked.Id });
                break;
            case { Currency: { } its } account when review.Item.Currency is { } ours && its != ours:
                issues.Add(ItemField.PaymentMethod, $"{account.BankAccount} is in {its}, this document is in {ours}. Choose a payment method whose bank account is in {ours}.");
                break;
        }
    }
}
