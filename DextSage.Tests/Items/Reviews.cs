using DextSage.Integration.Items;
using DextSage.Integration.Lists;

namespace DextSage.Tests.Items;

/// <summary>An item that is Ready, for tests to take something from.</summary>
internal static class Reviews
{
    public static readonly Guid BusinessId = Guid.CreateVersion7();

    public static readonly ReviewContext Plus = new(
        HasOrganisation: true, OrganisationName: "Marsh & Daughters Ltd", BaseCurrency: "GBP", UsesTax: true, Plan: "Plus", AccountsStartDate: new DateOnly(2020, 1, 1));

    public static Supplier Supplier() => new() { BusinessId = BusinessId, SageId = "S1", Name = "Northgate", DisplayName = "Northgate" };

    public static Category Category() => new() { BusinessId = BusinessId, SageId = "C1", Name = "Office costs", DisplayName = "Office costs (7500)", ForExpenses = true };

    public static TaxRate TaxRate(decimal percentage = 20) => new() { BusinessId = BusinessId, SageId = "T1", Name = "Standard", DisplayName = "Standard 20.00%", Percentage = percentage };

    public static Item Item(Supplier? supplier, Category? category, TaxRate? rate) => new()
    {
        BusinessId = BusinessId, Code = "ABCDEFGHJK", OwnerId = Guid.CreateVersion7(), Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
        Supplier = supplier, SupplierId = supplier?.Id, SupplierName = supplier?.Name, Category = category, CategoryId = category?.Id, TaxRate = rate, TaxRateId = rate?.Id,
        Date = new DateOnly(2026, 11, 1), Currency = "GBP", Total = 120, Tax = 20, Reference = "N-1",
        Document = new Document { BusinessId = BusinessId, Sha256 = "", FileName = "a.pdf", ContentType = "application/pdf", Length = 1000 },
    };

    /// <summary>A sales invoice that is Ready, but for what is changed of its customer.</summary>
    public static ItemUnderReview Sale(Action<Customer> customer)
    {
        var castle = new Customer { BusinessId = BusinessId, SageId = "K1", Name = "Castle", DisplayName = "Castle" };
        customer(castle);
        var (category, rate) = (Category(), TaxRate());
        category.ForSales = true;
        return ItemUnderReview.Of(
            new Item
            {
                BusinessId = BusinessId, Code = "ABCDEFGHJK", OwnerId = Guid.CreateVersion7(), Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview,
                Workspace = Workspace.Sales, Type = ItemType.SalesInvoice, Customer = castle, CustomerId = castle.Id, CustomerName = castle.Name, Category = category, CategoryId = category.Id,
                TaxRate = rate, TaxRateId = rate.Id, Date = new DateOnly(2026, 11, 1), Currency = "GBP", Total = 120, Tax = 20, Reference = "S-1",
            }, Plus);
    }

    public static ItemUnderReview Ready(ReviewContext? context = null) => ItemUnderReview.Of(Item(Supplier(), Category(), TaxRate()), context ?? Plus);

    /// <summary>A Ready item whose total of 120.00 is two lines of 50.00 net.</summary>
    public static ItemUnderReview WithLines(ReviewContext? context = null)
    {
        var review = Ready(context);
        review.Item.Lines.AddRange([Line(50, review), Line(50, review)]);
        LineMath.Settle(review.Item, review.Context);
        return review;
    }

    public static ItemLine Line(decimal price, ItemUnderReview review) => new()
    {
        BusinessId = BusinessId, ItemId = review.Item.Id, Description = "Paper", UnitPrice = price,
        Category = review.Category, CategoryId = review.Category!.Id, TaxRate = review.TaxRate, TaxRateId = review.TaxRate!.Id,
    };
}
