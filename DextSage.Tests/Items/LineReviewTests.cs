using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using Xunit;

namespace DextSage.Tests.Items;

public sealed class LineReviewTests
{
    private static readonly AnalysisType Classes = new() { BusinessId = Reviews.BusinessId, SageId = "A1", Name = "Department", DisplayName = "Department", ActiveAreas = "SALES, EXPENSES" };

    [Fact]
    public void Coded_lines_that_come_to_the_total_are_Ready()
    {
        var review = Reviews.WithLines();
        Assert.Empty(ItemReview.Issues(review));
        // The item's own category and tax rate count no more.
        Assert.Empty(ItemReview.Issues(review with { Category = null, TaxRate = null }));
    }

    public static TheoryData<string, string> Wrongs => new()
    {
        { "no description", "Line 2: Describe it" }, { "no category", "Line 2: Choose a category." }, { "retired category", "Line 2: Office costs (7500) is no longer" },
        { "no rate", "Line 2: Choose a tax rate." }, { "retired product", "Line 2: Ream of paper is no longer in Sage." }, { "foreign class", "Line 2: North belongs to another analysis type" },
        { "typed tax", "Line 2: Tax of 4.00 does not fit Standard 20.00%." },
    };

    [Theory]
    [MemberData(nameof(Wrongs))]
    public void What_is_wrong_with_a_line_names_the_line(string name, string sentence)
    {
        var review = Reviews.WithLines();
        review.Item.Lines[1] = Wrong(name, review);
        LineMath.Settle(review.Item, review.Context);

        Assert.Contains(ItemReview.Issues(review), i => i.Field is ItemField.Lines && i.LineId == review.Item.Lines[1].Id && i.Sentence.StartsWith(sentence, StringComparison.Ordinal));
        Assert.Equal(ItemStatus.ToReview, ItemReview.StatusOf(review));
    }

    [Fact]
    public void Lines_that_are_out_say_by_how_much_and_offer_the_balance()
    {
        var review = Reviews.WithLines();
        review.Item.Total = 126;

        var issue = Assert.Single(ItemReview.Issues(review));
        Assert.Equal((ItemField.Lines, "The lines are out by 6.00: they come to less than the total."), (issue.Field, issue.Sentence));
        var draft = Assert.IsType<ItemEdit.AddLine>(issue.Fix!.Edit).Line;
        Assert.Equal((5m, 1m), (draft.UnitPrice, draft.Tax));
    }

    [Fact]
    public void A_tax_further_off_than_the_tolerance_is_an_issue_with_its_mending()
    {
        var review = Reviews.WithLines();
        review.Item.Tax = 19;

        var issue = Assert.Single(ItemReview.Issues(review), i => i.Field is ItemField.Tax);
        Assert.Equal(("The tax is 19.00, the lines' is 20.00.", new IssueFix("Set tax to 20.00", new ItemEdit.SetTax(20))), (issue.Sentence, issue.Fix!));
    }

    [Fact]
    public void A_class_is_taken_where_its_type_is_active()
    {
        var review = Reviews.WithLines(Reviews.Plus with { Class = Classes });
        var north = new AnalysisCategory { BusinessId = Reviews.BusinessId, SageId = "N", Name = "North", DisplayName = "North", AnalysisTypeSageId = Classes.SageId };
        review.Item.Lines[0] = new ItemLine
        {
            BusinessId = Reviews.BusinessId, Description = "Paper", UnitPrice = 50, Category = review.Category, TaxRate = review.TaxRate, Class = north, ClassId = north.Id,
        };
        LineMath.Settle(review.Item, review.Context);
        Assert.Empty(ItemReview.Issues(review));

        Classes.ActiveAreas = "SALES";
        Assert.Equal("Line 1: In Sage Department is not active for expenses. Switch it on there, or leave this empty.", Assert.Single(ItemReview.Issues(review)).Sentence);
    }

    [Fact]
    public void A_sale_wants_a_customer_and_a_category_for_sales()
    {
        var review = Reviews.Ready();
        (review.Item.Workspace, review.Item.Type) = (Workspace.Sales, ItemType.SalesInvoice);
        Assert.Equal(["Choose a customer.", "In Sage Office costs (7500) is not visible for sales. Tick it there, or choose another."], ItemReview.Issues(review).Select(i => i.Sentence));

        (review.Item.CustomerName, review.Item.CreateCustomer, review.Category!.ForSales) = ("Harbour Café", true, true);
        Assert.Empty(ItemReview.Issues(review));
    }

    private static ItemLine Wrong(string name, ItemUnderReview review) => new()
    {
        BusinessId = Reviews.BusinessId, UnitPrice = 50, Description = name == "no description" ? null : "Ink",
        Category = name == "no category" ? null : name == "retired category" ? Retired(Reviews.Category()) : review.Category,
        TaxRate = name == "no rate" ? null : review.TaxRate,
        Product = name == "retired product" ? Retired(new Product { BusinessId = Reviews.BusinessId, SageId = "P1", Name = "Ream", DisplayName = "Ream of paper" }) : null,
        Class = name == "foreign class" ? new AnalysisCategory { BusinessId = Reviews.BusinessId, SageId = "N", Name = "North", DisplayName = "North", AnalysisTypeSageId = "A2" } : null,
        IsTaxTyped = name == "typed tax", Tax = name == "typed tax" ? 4 : 0,
    };

    private static T Retired<T>(T entry) where T : ListEntry
    {
        entry.RetiredAt = DateTimeOffset.UnixEpoch;
        return entry;
    }
}
