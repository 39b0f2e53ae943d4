using System.Text.Json;
using System.Text.Json.Serialization;
using DextSage.Integration.Connections;
using DextSage.Integration.Storage;

namespace DextSage.Integration.Items;

/// <summary>A value of an item as people read it.</summary>
internal sealed record ShownValue(ItemField Field, Guid? LineId, LineField? Of, string? Text, Guid? Id);

/// <summary>
/// What a published item held before it was opened for a correction: it is what Sage has, what a correction is compared with, and what the item gets back when the
/// correction is discarded.
/// </summary>
internal sealed record ItemCopy
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    public Guid? SupplierId { get; init; }
    public string? SupplierName { get; init; }
    public bool CreateSupplier { get; init; }
    public Guid? CustomerId { get; init; }
    public string? CustomerName { get; init; }
    public bool CreateCustomer { get; init; }
    public Guid? CategoryId { get; init; }
    public string? CategoryName { get; init; }
    public Guid? TaxRateId { get; init; }
    public Guid? ClassId { get; init; }
    public Guid? LocationId { get; init; }
    public string? Description { get; init; }
    public DateOnly? Date { get; init; }
    public DateOnly? DueDate { get; init; }
    public string? Reference { get; init; }
    public string? Currency { get; init; }
    public decimal? Total { get; init; }
    public decimal? Tax { get; init; }
    public LineAmounts LineAmounts { get; init; }
    public decimal? ExchangeRate { get; init; }
    public ExchangeRateSource? ExchangeRateSource { get; init; }
    public bool IsPaid { get; init; }
    public Guid? PaymentMethodId { get; init; }
    public string? PaymentMethodName { get; init; }
    public DateOnly? PaidOn { get; init; }
    public decimal? PaidAmount { get; init; }
    public bool ReverseCharge { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<Line> Lines { get; init; } = [];
    public IReadOnlyList<ShownValue> Shown { get; init; } = [];

    /// <summary>The item's lines and entries must be loaded.</summary>
    public static string Write(Item item) => JsonSerializer.Serialize(new ItemCopy
    {
        SupplierId = item.SupplierId, SupplierName = item.SupplierName, CreateSupplier = item.CreateSupplier, CustomerId = item.CustomerId, CustomerName = item.CustomerName, CreateCustomer = item.CreateCustomer,
        CategoryId = item.CategoryId, CategoryName = item.CategoryName, TaxRateId = item.TaxRateId, ClassId = item.ClassId, LocationId = item.LocationId, Description = item.Description,
        Date = item.Date, DueDate = item.DueDate, Reference = item.Reference, Currency = item.Currency, Total = item.Total, Tax = item.Tax, LineAmounts = item.LineAmounts,
        ExchangeRate = item.ExchangeRate, ExchangeRateSource = item.ExchangeRateSource, IsPaid = item.IsPaid, PaymentMethodId = item.PaymentMethodId, PaymentMethodName = item.PaymentMethodName,
        PaidOn = item.PaidOn, PaidAmount = item.PaidAmount, ReverseCharge = item.ReverseCharge, Note = item.Note,
        Lines = item.Lines.ConvertAll(l => new Line(l.Id, l.Position, l.Description, l.CategoryId, l.ProductId, l.ClassId, l.LocationId, l.TaxRateId, l.Quantity, l.UnitPrice, l.Net, l.Tax, l.IsTaxTyped)),
        Shown = ItemSnapshot.Of(item).Written(),
    }, Json);

    /// <exception cref="JsonException">The text is none of ours.</exception>
    public static ItemCopy Read(string text) => JsonSerializer.Deserialize<ItemCopy>(text, Json)!;

    /// <summary>What the item says otherwise now, as from and to.</summary>
    public IReadOnlyList<(ItemValue Value, string? From, string? To)> Until(Item item) => [.. ItemSnapshot.From(Shown).Until(ItemSnapshot.Of(item))];

    /// <summary>The item, tracked with its lines, holds again what it held.</summary>
    public void GiveBack(DextSageDb db, Item item)
    {
        (item.SupplierId, item.SupplierName, item.CreateSupplier) = (SupplierId, SupplierName, CreateSupplier);
        (item.CustomerId, item.CustomerName, item.CreateCustomer) = (CustomerId, CustomerName, CreateCustomer);
        (item.CategoryId, item.CategoryName, item.TaxRateId, item.ClassId, item.LocationId) = (CategoryId, CategoryName, TaxRateId, ClassId, LocationId);
        (item.Description, item.Date, item.DueDate, item.Reference, item.Currency) = (Description, Date, DueDate, Reference, Currency);
        (item.Total, item.Tax, item.LineAmounts, item.ExchangeRate, item.ExchangeRateSource) = (Total, Tax, LineAmounts, ExchangeRate, ExchangeRateSource);
        (item.IsPaid, item.PaymentMethodId, item.PaymentMethodName, item.PaidOn, item.PaidAmount) = (IsPaid, PaymentMethodId, PaymentMethodName, PaidOn, PaidAmount);
        (item.ReverseCharge, item.Note) = (ReverseCharge, Note);
        foreach (var gone in item.Lines.Where(l => Lines.All(c => c.Id != l.Id)).ToList())
        {
            item.Lines.Remove(gone);
            db.Remove(gone);
        }

        foreach (var copy in Lines)
        {
            var line = item.Lines.Find(l => l.Id == copy.Id);
            if (line is null)
            {
                line = new ItemLine { Id = copy.Id, BusinessId = item.BusinessId, ItemId = item.Id };
                item.Lines.Add(line);
                db.Add(line);
            }
            copy.GiveBack(line);
        }

        item.Lines.Sort((one, other) => one.Position.CompareTo(other.Position));
    }

    internal sealed record Line(
        Guid Id, int Position, string? Description, Guid? CategoryId, Guid? ProductId, Guid? ClassId, Guid? LocationId, Guid? TaxRateId,
        decimal Quantity, decimal UnitPrice, decimal Net, decimal Tax, bool IsTaxTyped)
    {
        public void GiveBack(ItemLine line)
        {
            (line.Position, line.Description, line.CategoryId, line.ProductId, line.ClassId, line.LocationId, line.TaxRateId) = (Position, Description, CategoryId, ProductId, ClassId, LocationId, TaxRateId);
            (line.Quantity, line.UnitPrice, line.Net, line.Tax, line.IsTaxTyped) = (Quantity, UnitPrice, Net, Tax, IsTaxTyped);
        }
    }
}
