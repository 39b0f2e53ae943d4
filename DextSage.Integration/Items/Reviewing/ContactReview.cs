using DextSage.Integration.Connections;
using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Whether Sage has the supplier of a cost, or the customer of a sale, and trades with them in this currency.</summary>
internal static class ContactReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        if (review.IsSale) Customer(review, issues);
        else Supplier(review, issues);
    }

    private static void Supplier(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, supplier, _, _, context) = review;
        if (supplier is { RetiredAt: not null }) issues.Add(ItemField.Supplier, $"{supplier.Name} is no longer among the suppliers in Sage. Choose another.");
        else if (supplier is { IsOwn: true } && context.HasOrganisation)
            issues.Add(ItemField.Supplier, $"{supplier.Name} is on your own list and not in Sage. Choose one that is, or create it when publishing.",
                new IssueFix("Create it in Sage", new ItemEdit.NewSupplier(supplier.Name)));
        else if (supplier is { Currency: { } its } && item.Currency is { } ours && its != ours)
            issues.Add(ItemField.Supplier, $"In Sage {supplier.Name} trades in {its}, this document is in {ours}. A supplier has one currency there.");
        else if (supplier is null && context is { HasOrganisation: true, NewSuppliers: NewSuppliers.Never } && item.SupplierName is { Length: > 0 } unknown)
            issues.Add(ItemField.Supplier, $"Sage has no supplier called “{unknown}”, and this business creates none from here. Choose one, or create it in Sage and refresh the lists.");
        else if (supplier is null && !(item.CreateSupplier && item.SupplierName is { Length: > 0 }))
        {
            if (item.SupplierName is not { Length: > 0 } name) issues.Add(ItemField.Supplier, "Choose a supplier.");
            else if (context.HasOrganisation)
                issues.Add(ItemField.Supplier, $"Sage has no supplier called “{name}”. Choose one, or create it when publishing.",
                    new IssueFix("Create it in Sage", new ItemEdit.NewSupplier(name)));
        }
        else if (supplier is null && item.SupplierName!.Length > ItemLimits.SupplierName)
            issues.Add(ItemField.Supplier, $"Sage takes supplier names of at most {ItemLimits.SupplierName} characters.");
    }

    private static void Customer(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, context) = (review.Item, review.Context);
        if (item.Customer is { } customer)
        {
            if (customer.RetiredAt is not null) issues.Add(ItemField.Customer, $"{customer.Name} is no longer among the customers in Sage. Choose another.");
            else if (customer.IsOwn && context.HasOrganisation)
                issues.Add(ItemField.Customer, $"{customer.Name} is on your own list and not in Sage. Choose one that is, or create it when publishing.",
                    new IssueFix("Create it in Sage", new ItemEdit.NewCustomer(customer.Name)));
            else if (customer.Currency is { } theirs && item.Currency is { } ours && theirs != ours)
                issues.Add(ItemField.Customer, $"In Sage {customer.Name} trades in {theirs}, this document is in {ours}. A customer has one currency there.");
            return;
        }

        if (item.CustomerName is not { Length: > 0 } name) issues.Add(ItemField.Customer, "Choose a customer.");
        else if (!item.CreateCustomer && context.HasOrganisation)
            issues.Add(ItemField.Customer, $"Sage has no customer called “{name}”. Choose one, or create it when publishing.", new IssueFix("Create it in Sage", new ItemEdit.NewCustomer(name)));
        else if (name.Length > ItemLimits.SupplierName) issues.Add(ItemField.Customer, $"Sage takes customer names of at most {ItemLimits.SupplierName} characters.");
    }
}
