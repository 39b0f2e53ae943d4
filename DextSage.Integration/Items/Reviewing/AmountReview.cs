using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>The total and its currency.</summary>
internal static class AmountReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, _, context) = review;
        if (item.Total is null) issues.Add(ItemField.Total, "Enter the total amount.");
        else if (item.Total <= 0) issues.Add(ItemField.Total, "The total must be more than zero.");
        if (item.Currency is null) issues.Add(ItemField.Currency, "Choose the currency of the document.", new IssueFix($"Set to {context.BaseCurrency}", new ItemEdit.SetCurrency(context.BaseCurrency)));
        else if (context.HasOrganisation && item.Currency != context.BaseCurrency)
            issues.Add(ItemField.Currency, $"This document is in {item.Currency}; only documents in {context.OrganisationName}'s base currency, {context.BaseCurrency}, can be published.");
    }
}
