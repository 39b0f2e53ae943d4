using DextSage.Integration.Connections;
using DextSage.Integration.Lists;
using FluentValidation;

namespace DextSage.Integration.Items;

/// <summary>Whether Sage has the supplier of a cost, or the customer of a sale, and trades with them in this currency.</summary>
internal static class ContactReview
{
    public static void Check(ItemUnderReview review, ValidationContext<ItemUnderReview> issues)
    {
        var (item, context, contact) = (review.Item, review.Context, ItemContact.Of(review.Item));
        if (review.Contact is { } entry) Chosen(entry);
        else if (contact.Read(item) is (_, { Length: > 0 } name, var create)) Named(name, create);
        else Add($"Choose a {contact.Word}.");

        void Chosen(ContactEntry entry)
        {
            if (entry.RetiredAt is not null) Add($"{entry.Name} is no longer among the {contact.Word}s in Sage. Choose another.");
            else if (entry.IsOwn && context.HasOrganisation) Add($"{entry.Name} is on your own list and not in Sage. Choose one that is, or create it when publishing.", Create(entry.Name));
            else if (entry.Currency is { } its && item.Currency is { } ours && its != ours)
                Add($"In Sage {entry.Name} trades in {its}, this document is in {ours}. A {contact.Word} has one currency there: choose another {contact.Word}, or correct the currency.",
                    new IssueFix($"Set currency to {its}", new ItemEdit.SetCurrency(its)));
        }

        void Named(string name, bool create)
        {
            if (context.HasOrganisation && !create && review.Hidden is { } hidden)
                Add($"“{hidden.Name}” is hidden on your list of {contact.Word}s, so it was not chosen by itself. Choose it all the same, or another.", new IssueFix($"Choose {hidden.Name}", contact.Choose(hidden.Id)));
            else if (context is { HasOrganisation: true, NewSuppliers: NewSuppliers.Never } && contact == ItemContact.Supplier)
                Add($"Sage has no supplier called “{name}”, and this business creates none from here. Choose one, or create it in Sage and refresh the lists.");
            else if (!create && context.HasOrganisation) Add($"Sage has no {contact.Word} called “{name}”. Choose one, or create it when publishing.", Create(name));
            else if (create && name.Length > ItemLimits.SupplierName) Add($"Sage takes {contact.Word} names of at most {ItemLimits.SupplierName} characters.");
        }

        void Add(string sentence, IssueFix? fix = null) => issues.Add(contact.Field, sentence, fix);

        IssueFix Create(string name) => new("Create it in Sage", contact.New(name));
    }
}
