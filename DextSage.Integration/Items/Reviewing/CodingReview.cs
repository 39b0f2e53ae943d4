using DextSage.Integration.Lists;
using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Category, tax, class and location of an item without lines; with lines, <see cref="LineReview"/> looks at each.</summary>
internal static class CodingReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (!review.Context.HasOrganisation || review.HasLines) return;
        if (CategoryProblem(review.Category, review) is { } category) issues.Add(ItemField.Category, category);
        if (AnalysisProblem(review.Item.Class, review.Context.Class, review) is { } ofClass) issues.Add(ItemField.Class, ofClass);
        if (AnalysisProblem(review.Item.Location, review.Context.Location, review) is { } location) issues.Add(ItemField.Location, location);
        Tax(review, issues);
    }

    public static string? CategoryProblem(Category? category, ItemUnderReview review) => category switch
    {
        null => "Choose a category.",
        { RetiredAt: not null } => $"{category.DisplayName} is no longer in Sage's chart of accounts. Choose another.",
        { IsOwn: true } => $"{category.DisplayName} is on your own list and not in Sage's chart of accounts. Choose one that is.",
        { ForOtherPayments: false } when review.Destination is Destination.OtherPayment => $"In Sage {category.DisplayName} is not visible for other payments. Tick it there, or choose another.",
        { ForSales: false } when review.IsSale => $"In Sage {category.DisplayName} is not visible for sales. Tick it there, or choose another.",
        { ForExpenses: false } when !review.IsSale && review.Destination is not Destination.OtherPayment => $"In Sage {category.DisplayName} is not visible for expenses. Tick it there, or choose another.",
        _ => null,
    };

    /// <param name="type">The analysis type of Sage's that stands for it here.</param>
    public static string? AnalysisProblem(AnalysisCategory? entry, AnalysisType? type, ItemUnderReview review) => entry switch
    {
        null => null,
        { RetiredAt: not null } => $"{entry.DisplayName} is no longer in Sage. Choose another.",
        { IsOwn: true } => $"{entry.DisplayName} is on your own list and not in Sage. Choose one that is.",
        _ when type?.SageId != entry.AnalysisTypeSageId => $"{entry.DisplayName} belongs to another analysis type of Sage's than the one that is set up here. Choose another.",
        _ when !type.IsActiveIn(Area(review)) => $"In Sage {type.DisplayName} is not active for {Area(review).ToLowerInvariant()}. Switch it on there, or leave this empty.",
        _ => null,
    };

    public static string? TaxRateProblem(TaxRate? rate, ReviewContext context) => rate switch
    {
        null when context.UsesTaxList => "Choose a tax rate.",
        null => "This business uses no tax list, and its default tax rate for costs is gone. An Admin can choose another under Settings.",
        { RetiredAt: not null } => $"{rate.DisplayName} is no longer among the tax rates in Sage. Choose another.",
        { IsOwn: true } => $"{rate.DisplayName} is on your own list and not among the tax rates in Sage. Choose one that is.",
        _ => null,
    };

    private static void Tax(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, rate, context) = review;
        if (!context.UsesTax)
        {
            NoTax(review, issues);
            return;
        }

        if (TaxRateProblem(rate, context) is { } problem) issues.Add(ItemField.TaxRate, problem);
        if (rate is null || item.Total is not > 0) return;

        var expected = item.ReverseCharge ? 0 : TaxMath.TaxWithin(item.Total.Value, rate.Percentage);
        var fix = new IssueFix($"Set tax to {expected:0.00}", new ItemEdit.SetTax(expected));
        if (item.ReverseCharge)
        {
            if (item.Tax is > 0) issues.Add(ItemField.Tax, "Under the reverse charge the document has no tax: you account for it yourself.", fix);
        }
        else if (item.Tax is not { } tax) issues.Add(ItemField.Tax, $"Enter the tax amount: {rate.DisplayName} of this total is {expected:0.00}.", fix);
        else if (!TaxMath.Fits(item.Total.Value, tax, rate.Percentage, context.TaxTolerance))
            issues.Add(ItemField.Tax, $"Tax of {tax:0.00} does not fit {rate.DisplayName}, which would be {expected:0.00}.", fix);
    }

    public static void NoTax(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (review.Item.Tax is > 0 or < 0)
            issues.Add(ItemField.Tax, $"{review.Context.OrganisationName} is not registered for VAT: the total goes to Sage whole, without tax.", new IssueFix("Clear the tax", new ItemEdit.SetTax(null)));
    }

    // Sage's own names of them (Sage API 8.6).
    private static string Area(ItemUnderReview review) => review.Destination is Destination.OtherPayment ? "BANKING" : review.IsSale ? "SALES" : "EXPENSES";

    private static bool IsActiveIn(this AnalysisType type, string area) => type.ActiveAreas.Split(',', StringSplitOptions.TrimEntries).Contains(area, StringComparer.Ordinal);
}
