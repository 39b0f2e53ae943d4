using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using FluentValidation;
using FluentValidation.Results;

namespace DextSage.Integration.Items;

/// <summary>An item with the entries it points to and the organisation it is for.</summary>
internal sealed record ItemUnderReview(Item Item, Supplier? Supplier, Category? Category, TaxRate? TaxRate, ReviewContext Context)
{
    public static ItemUnderReview Of(Item item, ReviewContext context) => new(item, item.Supplier, item.Category, item.TaxRate, context);
}

/// <summary>
/// What stands between an item and Ready: the one validator, behind the panel <em>Please resolve these issues</em>, the stored
/// status and the Publish button alike. It depends on the item and its organisation alone.
/// </summary>
internal sealed class ItemReview : AbstractValidator<ItemUnderReview>
{
    private static readonly ItemReview Rules = new();

    public static IReadOnlyList<ReviewIssue> Issues(ItemUnderReview review) =>
        [.. Rules.Validate(review).Errors.Select(e => new ReviewIssue(Enum.Parse<ItemField>(e.PropertyName), e.ErrorMessage, e.CustomState as IssueFix))];

    /// <summary>To review or Ready. Other statuses are other rooms' to give.</summary>
    public static ItemStatus StatusOf(ItemUnderReview review) => Rules.Validate(review).IsValid ? ItemStatus.Ready : ItemStatus.ToReview;

    public ItemReview()
    {
        RuleFor(r => r).Custom(Destination);
        RuleFor(r => r).Custom(Supplier);
        RuleFor(r => r).Custom(Category);
        RuleFor(r => r).Custom(Dates);
        RuleFor(r => r).Custom(Amounts);
        RuleFor(r => r).Custom(Tax);
        RuleFor(r => r).Custom(Document);
    }

    private static void Destination(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, _, context) = review;
        if (!context.HasOrganisation) Add(issues, ItemField.Category, "Connect to Sage first: categories, suppliers and tax rates come from there.");
        if (!context.TakesPurchaseInvoices) Add(issues, ItemField.Type, $"{context.OrganisationName} is on Sage Accounting Start, which takes no purchase invoices.");
        if (item.Type is not (ItemType.Invoice or ItemType.Receipt))
            Add(issues, ItemField.Type, $"Only invoices and receipts can be published as a purchase invoice; this is {Described(item.Type)}.");
    }

    private static void Supplier(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, supplier, _, _, context) = review;
        if (supplier is { RetiredAt: not null }) Add(issues, ItemField.Supplier, $"{supplier.Name} is no longer among the suppliers in Sage. Choose another.");
        else if (supplier is { IsOwn: true } && context.HasOrganisation)
            Add(issues, ItemField.Supplier, $"{supplier.Name} is on your own list and not in Sage. Choose one that is, or create it when publishing.",
                new IssueFix("Create it in Sage", new ItemEdit.NewSupplier(supplier.Name)));
        else if (supplier is { Currency: { } its } && item.Currency is { } ours && its != ours)
            Add(issues, ItemField.Supplier, $"In Sage {supplier.Name} trades in {its}, this document is in {ours}. A supplier has one currency there.");
        else if (supplier is null && context is { HasOrganisation: true, NewSuppliers: NewSuppliers.Never } && item.SupplierName is { Length: > 0 } unknown)
            Add(issues, ItemField.Supplier, $"Sage has no supplier called “{unknown}”, and this business creates none from here. Choose one, or create it in Sage and refresh the lists.");
        else if (supplier is null && !(item.CreateSupplier && item.SupplierName is { Length: > 0 }))
        {
            if (item.SupplierName is not { Length: > 0 } name) Add(issues, ItemField.Supplier, "Choose a supplier.");
            else if (context.HasOrganisation)
                Add(issues, ItemField.Supplier, $"Sage has no supplier called “{name}”. Choose one, or create it when publishing.",
                    new IssueFix("Create it in Sage", new ItemEdit.NewSupplier(name)));
        }
        else if (supplier is null && item.SupplierName!.Length > ItemLimits.SupplierName)
            Add(issues, ItemField.Supplier, $"Sage takes supplier names of at most {ItemLimits.SupplierName} characters.");
    }

    private static void Category(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, category, _, context) = review;
        if (!context.HasOrganisation) return;
        if (item.CategoryId is null || category is null) Add(issues, ItemField.Category, "Choose a category.");
        else if (category.RetiredAt is not null) Add(issues, ItemField.Category, $"{category.DisplayName} is no longer in Sage's chart of accounts. Choose another.");
        else if (category.IsOwn) Add(issues, ItemField.Category, $"{category.DisplayName} is on your own list and not in Sage's chart of accounts. Choose one that is.");
        else if (!category.ForExpenses) Add(issues, ItemField.Category, $"In Sage {category.DisplayName} is not visible for expenses. Tick it there, or choose another.");
    }

    private static void Dates(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, _, context) = review;
        if (item.Date is not { } date) Add(issues, ItemField.Date, "Enter the date of the document.");
        else if (date < context.AccountsStartDate)
            Add(issues, ItemField.Date, $"Sage takes nothing dated before the accounts start date, {context.AccountsStartDate:d MMMM yyyy}.");
        else if (item.DueDate < date) Add(issues, ItemField.DueDate, "The due date is before the date of the document.");
    }

    private static void Amounts(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, _, context) = review;
        if (item.Total is null) Add(issues, ItemField.Total, "Enter the total amount.");
        else if (item.Total <= 0) Add(issues, ItemField.Total, "The total must be more than zero.");
        if (item.Currency is null) Add(issues, ItemField.Currency, "Choose the currency of the document.", new IssueFix($"Set to {context.BaseCurrency}", new ItemEdit.SetCurrency(context.BaseCurrency)));
        else if (context.HasOrganisation && item.Currency != context.BaseCurrency)
            Add(issues, ItemField.Currency, $"This document is in {item.Currency}; only documents in {context.OrganisationName}'s base currency, {context.BaseCurrency}, can be published.");
    }

    private static void Tax(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, _, _, rate, context) = review;
        if (!context.HasOrganisation) return;
        if (!context.UsesTax)
        {
            if (item.Tax is > 0 or < 0)
                Add(issues, ItemField.Tax, $"{context.OrganisationName} is not registered for VAT: the total goes to Sage whole, without tax.", new IssueFix("Clear the tax", new ItemEdit.SetTax(null)));
            return;
        }

        if (rate is null) Add(issues, ItemField.TaxRate, context.UsesTaxList ? "Choose a tax rate." : "This business uses no tax list, and its default tax rate for costs is gone. An Admin can choose another under Settings.");
        else if (rate.RetiredAt is not null) Add(issues, ItemField.TaxRate, $"{rate.DisplayName} is no longer among the tax rates in Sage. Choose another.");
        else if (rate.IsOwn) Add(issues, ItemField.TaxRate, $"{rate.DisplayName} is on your own list and not among the tax rates in Sage. Choose one that is.");
        if (rate is null || item.Total is not > 0) return;

        var expected = TaxMath.TaxWithin(item.Total.Value, rate.Percentage);
        var fix = new IssueFix($"Set tax to {expected:0.00}", new ItemEdit.SetTax(expected));
        if (item.Tax is not { } tax) Add(issues, ItemField.Tax, $"Enter the tax amount: {rate.DisplayName} of this total is {expected:0.00}.", fix);
        else if (!TaxMath.Fits(item.Total.Value, tax, rate.Percentage, context.TaxTolerance))
            Add(issues, ItemField.Tax, $"Tax of {tax:0.00} does not fit {rate.DisplayName}, which would be {expected:0.00}.", fix);
    }

    private static void Document(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (review.Item is { PublishWithoutDocument: false, Document.Length: > ItemLimits.AttachmentBytes and var length })
            Add(issues, ItemField.Document, $"Sage takes documents of up to 2.5 MB; this one has {length / 1_048_576m:0.0} MB.",
                new IssueFix("Publish without the document", new ItemEdit.SetPublishWithoutDocument(true)));
    }

    private static void Add(ValidationContext<ItemUnderReview> issues, ItemField field, string sentence, IssueFix? fix = null) =>
        issues.AddFailure(new ValidationFailure(field.ToString(), sentence) { CustomState = fix });

    private static string Described(ItemType type) => type switch
    {
        ItemType.CreditNote => "a credit note",
        ItemType.SalesInvoice => "a sales invoice",
        ItemType.ExpenseClaim => "an expense claim",
        ItemType.Statement => "a statement",
        _ => type.ToString(),
    };
}
