using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Whether every line is coded, and the lines are together what the document says.</summary>
internal static class LineReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, context) = (review.Item, review.Context);
        if (!review.HasLines) return;
        foreach (var (line, number) in item.Lines.Select((line, i) => (line, i + 1)))
            if (context.HasOrganisation) Line(review, line, number, issues);

        var outBy = LineMath.OutBy(item.Total, item.Lines.Select(l => l.Gross));
        if (item.Total is not null && outBy != 0)
            issues.Add(ItemField.Lines, outBy > 0 ? $"The lines are out by {outBy:0.00}: they come to less than the total." : $"The lines are out by {-outBy:0.00}: they come to more than the total.",
                new IssueFix("Add remaining balance", new ItemEdit.AddLine(Remainder(review, outBy))));
        if (context is { HasOrganisation: true, UsesTax: false }) CodingReview.NoTax(review, issues);
        else if (context.HasOrganisation) Tax(item, issues);
    }

    /// <summary>The line that makes the others come to the total, coded like the last of them. The balance is of the whole line: what part of it is tax follows from the rate.</summary>
    public static LineDraft Remainder(ItemUnderReview review, decimal outBy)
    {
        var last = review.Item.Lines[^1];
        var tax = review.Context.UsesTax ? TaxMath.TaxWithin(outBy, last.TaxRate?.Percentage ?? 0) : 0;
        var isNet = review.Item.LineAmounts is LineAmounts.Net;
        return new("Remaining balance", isNet ? outBy - tax : outBy) { CategoryId = last.CategoryId, TaxRateId = last.TaxRateId, Tax = isNet && tax != 0 ? tax : null };
    }

    private static void Line(ItemUnderReview review, ItemLine line, int number, ValidationContext<ItemUnderReview> issues)
    {
        if (line.Description is null) Add("Describe it: Sage takes no line without a description.");
        if (CodingReview.CategoryProblem(line.Category, review) is { } category) Add(category);
        if (review.Context.UsesTax && CodingReview.TaxRateProblem(line.TaxRate, review.Context) is { } rate) Add(rate);
        if (line.Product is { RetiredAt: not null }) Add($"{line.Product.DisplayName} is no longer in Sage. Choose another, or none.");
        if (CodingReview.AnalysisProblem(line.Class, review.Context.Class, review) is { } ofClass) Add(ofClass);
        if (CodingReview.AnalysisProblem(line.Location, review.Context.Location, review) is { } location) Add(location);
        if (review.Context.UsesTax && line is { IsTaxTyped: true, TaxRate: { } its } && !FitsTyped(line, its.Percentage, review.Context.TaxTolerance))
            Add($"Tax of {line.Tax:0.00} does not fit {its.DisplayName}.", new IssueFix("Compute it", new ItemEdit.EditLine(line.Id, new LineEdit.SetTax(null))));

        void Add(string sentence, IssueFix? fix = null) => issues.Add(ItemField.Lines, $"Line {number}: {sentence}", fix, line.Id);
    }

    private static void Tax(Item item, ValidationContext<ItemUnderReview> issues)
    {
        var tax = item.Lines.Sum(l => l.Tax);
        if (item.Tax != tax)
            issues.Add(ItemField.Tax, item.Tax is { } onPaper ? $"The tax is {onPaper:0.00}, the lines' is {tax:0.00}." : $"Enter the tax amount: the lines' is {tax:0.00}.",
                new IssueFix($"Set tax to {tax:0.00}", new ItemEdit.SetTax(tax)));
    }

    private static bool FitsTyped(ItemLine line, decimal percentage, decimal tolerance) =>
        percentage == 0 ? line.Tax == 0 : Math.Abs(line.Tax - decimal.Round(line.Net * percentage / 100, 2, MidpointRounding.AwayFromZero)) <= tolerance;
}
