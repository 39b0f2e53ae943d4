using DextSage.Integration.Lists;
using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>An item with the entries it points to and the organisation it is for. Its lines have theirs with them.</summary>
internal sealed record ItemUnderReview(Item Item, Supplier? Supplier, Category? Category, TaxRate? TaxRate, ReviewContext Context)
{
    public static ItemUnderReview Of(Item item, ReviewContext context) => new(item, item.Supplier, item.Category, item.TaxRate, context);

    /// <summary>The supplier of a cost, the customer of a sale, where one is chosen.</summary>
    public ContactEntry? Contact => IsSale ? Item.Customer : Supplier;

    /// <summary>Whom the item names, where that one is in Sage but hidden on the list here. What is said of it depends on it, the status does not.</summary>
    public ContactEntry? Hidden { get; init; }

    public bool IsSale => Item.Workspace is Workspace.Sales;
    public Destination Destination => Destinations.Of(Item, Context);

    /// <summary>It goes the other way: money comes back.</summary>
    public bool IsCredit => Item.Type is ItemType.CreditNote;

    /// <summary>A payment is recorded with it, or it is one.</summary>
    public bool TakesPayment => Item.IsPaid || !Destination.IsPaidSeparately();

    /// <summary>Null where none is chosen.</summary>
    public PaidWith? PaidWith => Item.PaymentMethodId is { } id ? Context.PaymentMethods.GetValueOrDefault(id) : null;
    public bool HasLines => Item.Lines.Count > 0;
}

/// <summary>
/// What stands between an item and Ready: the one validator, behind the panel <em>Please resolve these issues</em>, the stored
/// status and the Publish button alike. It depends on the item and its context alone: its organisation, and the items that look like it.
/// </summary>
internal sealed class ItemReview : AbstractValidator<ItemUnderReview>
{
    private static readonly ItemReview Rules = new();

    public static IReadOnlyList<ReviewIssue> Issues(ItemUnderReview review) => [.. Rules.Validate(review).Errors.Select(ReviewIssues.Read)];

    /// <summary>To review or Ready. Other statuses are other rooms' to give.</summary>
    public static ItemStatus StatusOf(ItemUnderReview review) => Rules.Validate(review).IsValid ? ItemStatus.Ready : ItemStatus.ToReview;

    public ItemReview()
    {
        RuleFor(r => r).Custom(DestinationReview.Check);
        RuleFor(r => r).Custom(ContactReview.Check);
        RuleFor(r => r).Custom(Dates);
        RuleFor(r => r).Custom(AmountReview.Check);
        RuleFor(r => r).Custom(CodingReview.Check);
        RuleFor(r => r).Custom(LineReview.Check);
        RuleFor(r => r).Custom(PaymentReview.Check);
        RuleFor(r => r).Custom(Document);
        RuleFor(r => r).Custom(TwinReview.Check);
        RuleFor(r => r).Custom(Held);
    }

    private static void Dates(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, _, context) = review;
        if (item.Date is not { } date) issues.Add(ItemField.Date, "Enter the date of the document.");
        else if (date < context.AccountsStartDate)
            issues.Add(ItemField.Date, $"Sage takes nothing dated before the accounts start date, {context.AccountsStartDate:d MMMM yyyy}.");
        else if (item.DueDate < date) issues.Add(ItemField.DueDate, "The due date is before the date of the document.");
    }

    private static void Held(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (review.Item.HeldBy is { } by) issues.Add(ItemField.Held, $"{by} holds this for review. Look at it, and release it.", new IssueFix("Release", new ItemEdit.SetHeld(By: null)));
    }

    private static void Document(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (!review.Destination.TakesFiles() || review.Item is not { PublishWithoutDocument: false, Document: { IsTooLarge: true, Copy: null } document }) return;
        if (document.Shrinking is null) issues.Add(new ReviewIssue(ItemField.Document, ShrinkWords.Awaited(document)) { IsUnderWay = true });
        else issues.Add(ItemField.Document, ShrinkWords.Refused(document), new IssueFix("Publish without the document", new ItemEdit.SetPublishWithoutDocument(true)));
    }
}
