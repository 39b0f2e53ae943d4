using DextSage.Integration.Connections;
using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Whether Sage takes this kind of document, on this plan, in this currency and in this many lines.</summary>
internal static class DestinationReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, context, destination) = (review.Item, review.Context, review.Destination);
        if (!context.HasOrganisation) issues.Add(ItemField.Category, "Connect to Sage first: categories, suppliers and tax rates come from there.");
        if (TypeProblem(review) is var (problem, fix)) issues.Add(ItemField.Type, problem, fix);
        else if (!destination.IsOn(context.Plan, review.IsCredit))
            issues.Add(ItemField.PublishTo, $"{context.OrganisationName} is on Sage Accounting {context.Plan}, which takes no {Kind(review)}.", WayOut(review));

        if (!destination.IsQuick()) return;
        if (item.Lines.Count > 1) issues.Add(ItemField.PublishTo, "A quick entry is one line, and this item has several.", PublishAs(Whole(review)));
        if (item.Reference is null) issues.Add(ItemField.Reference, "Sage takes no quick entry without a reference: enter the document's.");
    }

    private static (string Problem, IssueFix? Fix)? TypeProblem(ItemUnderReview review) => (review.IsSale, review.Item.Type) switch
    {
        (true, ItemType.SalesInvoice or ItemType.CreditNote) or (false, ItemType.Invoice or ItemType.Receipt or ItemType.CreditNote) => null,
        (true, var type) => ($"Only sales invoices and credit notes can be published as sales; this is {Described(type)}.", null),
        (false, ItemType.SalesInvoice) => ("A sales invoice cannot be published as a cost.", new IssueFix("Move to Sales", new ItemEdit.MoveTo(Workspace.Sales))),
        (false, var type) => ($"Only invoices, receipts and credit notes can be published as costs; this is {Described(type)}.", null),
    };

    private static string Kind(ItemUnderReview review) => review switch
    {
        { Destination: Destination.OtherPayment, IsCredit: true } => "refunds of other payments",
        _ => review.Destination.Plural(),
    };

    /// <summary>What the plan does take for the same paper, where there is such.</summary>
    private static IssueFix? WayOut(ItemUnderReview review) => (review.Context.Plan, review.Destination) switch
    {
        ("Start", Destination.SalesQuickEntry) => PublishAs(PublishTo.SalesInvoice),
        ("Start", Destination.PurchaseInvoice or Destination.PurchaseQuickEntry) => PublishAs(PublishTo.OtherPayment),
        ("Standard", Destination.PurchaseCreditNote or Destination.SalesCreditNote) => PublishAs(PublishTo.QuickEntry),
        _ => null,
    };

    /// <summary>The destination that takes lines and every currency.</summary>
    public static PublishTo Whole(ItemUnderReview review) => review.IsSale ? PublishTo.SalesInvoice : PublishTo.PurchaseInvoice;

    public static IssueFix PublishAs(PublishTo to) => new($"Publish to {to.Name()}", new ItemEdit.SetPublishTo(to));

    private static string Described(ItemType type) => type switch
    {
        ItemType.Invoice => "an invoice",
        ItemType.Receipt => "a receipt",
        ItemType.CreditNote => "a credit note",
        ItemType.SalesInvoice => "a sales invoice",
        ItemType.ExpenseClaim => "an expense claim",
        ItemType.Statement => "a statement",
        _ => type.ToString(),
    };
}
