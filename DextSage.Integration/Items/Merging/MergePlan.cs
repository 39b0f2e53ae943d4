using System.Globalization;

namespace DextSage.Integration.Items;

/// <summary>How several items become one: whose value is taken for each field, and what to look at before.</summary>
internal static class MergePlan
{
    /// <summary>So many that a person can still check what comes of them.</summary>
    public const int MostItems = 20;

    /// <summary>Each with what it takes from one item to the other.</summary>
    private static readonly (ItemField Field, Func<Item, object?> Value, Action<Item, Item> Take)[] Fields =
    [
        (ItemField.Type, i => i.Type, (to, from) => to.Type = from.Type),
        (ItemField.Supplier, i => Party(i.SupplierId, i.SupplierName), (to, from) => (to.SupplierId, to.SupplierName, to.CreateSupplier) = (from.SupplierId, from.SupplierName, from.CreateSupplier)),
        (ItemField.Customer, i => Party(i.CustomerId, i.CustomerName), (to, from) => (to.CustomerId, to.CustomerName, to.CreateCustomer) = (from.CustomerId, from.CustomerName, from.CreateCustomer)),
        (ItemField.Date, i => i.Date, (to, from) => to.Date = from.Date),
        (ItemField.DueDate, i => i.DueDate, (to, from) => to.DueDate = from.DueDate),
        (ItemField.Reference, i => i.Reference, (to, from) => to.Reference = from.Reference),
        (ItemField.Category, i => (object?)i.CategoryId ?? i.CategoryName, (to, from) => (to.CategoryId, to.CategoryName) = (from.CategoryId, from.CategoryName)),
        (ItemField.Currency, i => i.Currency, (to, from) => (to.Currency, to.ExchangeRate, to.ExchangeRateSource) = (from.Currency, from.ExchangeRate, from.ExchangeRateSource)),
        (ItemField.Total, i => i.Total, (to, from) => to.Total = from.Total),
        (ItemField.TaxRate, i => i.TaxRateId, (to, from) => to.TaxRateId = from.TaxRateId),
        (ItemField.Tax, i => i.Tax, (to, from) => to.Tax = from.Tax),
        (ItemField.Class, i => i.ClassId, (to, from) => to.ClassId = from.ClassId),
        (ItemField.Location, i => i.LocationId, (to, from) => to.LocationId = from.LocationId),
        (ItemField.Description, i => i.Description, (to, from) => to.Description = from.Description),
        (ItemField.PublishTo, i => i.PublishTo, (to, from) => to.PublishTo = from.PublishTo),
        // What is paid in part says nothing of the amount that this one will have.
        (ItemField.Paid, i => i.IsPaid ? true : null, (to, from) => (to.IsPaid, to.PaidOn) = (from.IsPaid && from.PaidAmount is null, from.PaidOn)),
        (ItemField.PaymentMethod, i => i.PaymentMethodId, (to, from) => (to.PaymentMethodId, to.PaymentMethodName) = (from.PaymentMethodId, from.PaymentMethodName)),
        (ItemField.ReverseCharge, i => i.ReverseCharge ? true : null, (to, from) => to.ReverseCharge = from.ReverseCharge),
        (ItemField.Note, i => i.Note, (to, from) => to.Note = from.Note),
        (ItemField.Owner, i => i.OwnerId, (to, from) => to.OwnerId = from.OwnerId),
    ];

    public static string? Refusal(IReadOnlyList<Item> items) => items switch
    {
        { Count: < 2 } => "Choose at least two items to merge.",
        { Count: > MostItems } => $"At most {MostItems} items can be merged at once.",
        _ when items.DistinctBy(i => i.Workspace).Count() > 1 => "Costs and sales cannot be merged with each other.",
        _ => items.Select(Refusal).FirstOrDefault(r => r is not null),
    };

    public static IReadOnlyList<MergeField> Choices(IReadOnlyList<Item> items, Func<Guid, string?> person) =>
    [
        .. from field in Fields
           where items.Select(field.Value).Distinct().Skip(1).Any()
           select new MergeField(field.Field, Default(field.Value, items).Code, [.. items.Select(i => field.Field is ItemField.Owner ? person(i.OwnerId) : ItemText.Of(i, field.Field))]),
    ];

    /// <summary>Gives an item what each of its fields is to be, and all the lines.</summary>
    /// <param name="chosen">By field, the Item ID of the one whose value is wanted.</param>
    public static void Fill(Item into, IReadOnlyList<Item> items, IReadOnlyDictionary<ItemField, string> chosen)
    {
        foreach (var (field, value, take) in Fields)
            take(into, items.FirstOrDefault(i => chosen.GetValueOrDefault(field) == i.Code) ?? Default(value, items));
        if (WithLines(items) is not [var first, ..] lined) return;
        into.LineAmounts = first.LineAmounts;
        foreach (var line in lined.Where(i => i.LineAmounts == first.LineAmounts).SelectMany(i => i.Lines.OrderBy(l => l.Position)))
            into.Lines.Add(Copy(line, into));
    }

    public static IReadOnlyList<string> Warnings(IReadOnlyList<Item> items)
    {
        var warnings = new List<string>();
        Differ(i => i.Total, $"The totals differ: {Listed(i => i.Total?.ToString("N2", CultureInfo.InvariantCulture) ?? "none")}. The total is not added up: choose it, or type it afterwards.");
        Differ(i => i.Date, $"The dates differ: {Listed(i => i.Date?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "none")}.");
        Differ(i => i.Currency, $"The currencies differ: {Listed(i => i.Currency ?? "none")}.");
        Differ(i => i.OwnerId, "They have different owners.");
        if (WithLines(items).DistinctBy(i => i.LineAmounts).Skip(1).Any()) warnings.Add("The prices on their lines are before tax in some and with it in others. Only lines like the first one's are taken along.");
        return warnings;

        void Differ<T>(Func<Item, T> value, string sentence)
        {
            if (items.Select(value).Distinct().Skip(1).Any()) warnings.Add(sentence);
        }

        string Listed(Func<Item, string> text) => string.Join(", ", items.Select(text));
    }

    private static string? Refusal(Item item) => item switch
    {
        { Status: ItemStatus.Published } => $"Item {item.Code} is in Sage. What is there cannot be merged here.",
        { Status: ItemStatus.Publishing } => $"Item {item.Code} is on its way to Sage.",
        { Status: ItemStatus.Processing } => $"Item {item.Code} is still being read.",
        { Place: Place.Bin } => $"Item {item.Code} is in the bin. Restore it first.",
        { Place: Place.Aside } => $"Item {item.Code} went into another item already.",
        _ => null,
    };

    private static Item Default(Func<Item, object?> value, IReadOnlyList<Item> items) => items.FirstOrDefault(i => value(i) is not null) ?? items[0];

    private static List<Item> WithLines(IReadOnlyList<Item> items) => [.. items.Where(i => i.Lines.Count > 0)];

    private static object? Party(Guid? id, string? name) => (object?)id ?? name;

    private static ItemLine Copy(ItemLine line, Item into) => new()
    {
        BusinessId = into.BusinessId, ItemId = into.Id, Position = into.Lines.Count, Description = line.Description,
        CategoryId = line.CategoryId, ProductId = line.ProductId, ClassId = line.ClassId, LocationId = line.LocationId, TaxRateId = line.TaxRateId,
        Quantity = line.Quantity, UnitPrice = line.UnitPrice, Net = line.Net, Tax = line.Tax, IsTaxTyped = line.IsTaxTyped,
    };
}
