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
        var isForeign = context.HasOrganisation && item.Currency is not null && item.Currency != context.BaseCurrency;
        if (item.Currency is null) issues.Add(ItemField.Currency, "Choose the currency of the document.", new IssueFix($"Set to {context.BaseCurrency}", new ItemEdit.SetCurrency(context.BaseCurrency)));
        else if (isForeign && (context.MultiCurrency == false || context.Plan is "Start" or "Standard"))
            issues.Add(ItemField.Currency, $"This document is in {item.Currency}; {context.OrganisationName} books in {context.BaseCurrency} alone. Other currencies are a setting of Sage Accounting Plus.");
        else if (isForeign && !review.Destination.TakesForeignCurrency())
            issues.Add(ItemField.PublishTo, $"This document is in {item.Currency}, and Sage takes {review.Destination.Plural()} in {context.BaseCurrency} alone.",
                DestinationReview.PublishAs(DestinationReview.Whole(review)));
        else if (isForeign && item.ExchangeRate is null)
            issues.Add(ItemField.ExchangeRate, $"Enter the exchange rate: how much {context.BaseCurrency} is 1 {item.Currency}?");
    }
}
