using System.Globalization;
using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace DextSage.Integration.Items.Bulk;

/// <summary>What a run changed of an item, column by column, as EF Core has seen it: kept so that it can be taken back exactly.</summary>
internal static class ItemTrace
{
    private static readonly JsonSerializerOptions Json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Not a column: what lines that were there were coded with.</summary>
    private const string Coding = "LineCoding";

    /// <summary>Not a column: the lines that were there and were put together.</summary>
    private const string Dropped = "DroppedLines";

    // They follow from the rest.
    private static readonly string[] Followers = [nameof(Item.Version), nameof(Item.UpdatedAt), nameof(Item.Status)];

    /// <summary>Null where nothing differs.</summary>
    /// <param name="dropped">Of its lines, those that are about to be deleted.</param>
    public static string? Of(EntityEntry<Item> item, DextSageDb db, IEnumerable<ItemLine> dropped)
    {
        var columns = item.Properties.Where(p => p.IsModified && !Followers.Contains(p.Metadata.Name))
            .Select(p => new Written(p.Metadata.Name, p.OriginalValue, p.CurrentValue)).ToList();
        if (item.Entity.Lines.Exists(l => db.Entry(l).State is EntityState.Added)) columns.Add(new Written(nameof(Item.Lines), From: null, Looks(item.Entity)));
        else if (item.Entity.Lines.Exists(l => db.Entry(l).State is EntityState.Modified))
            columns.Add(new Written(Coding, item.Entity.Lines.Select(l => new LineCoding(l.Id, Before(l, e => e.CategoryId), Before(l, e => e.ClassId), Before(l, e => e.LocationId), Before(l, e => e.TaxRateId))), Looks(item.Entity)));
        if (dropped.OrderBy(l => l.Position).Select(DroppedLine.Of).ToList() is { Count: > 0 } lines) columns.Add(new Written(Dropped, lines, Looks(item.Entity)));
        return columns.Count == 0 ? null : JsonSerializer.Serialize(columns, Json);

        Guid? Before(ItemLine line, Expression<Func<ItemLine, Guid?>> of) => db.Entry(line).Property(of).OriginalValue;
    }

    /// <summary>Puts back what was there before.</summary>
    /// <returns>The field that holds something else by now, when nothing was put back; null where all was.</returns>
    public static ItemField? TakeBack(EntityEntry<Item> item, string trace, DextSageDb db)
    {
        var all = JsonSerializer.Deserialize<List<Read>>(trace, Json)!;
        var (lines, coding, dropped) = (all.Find(c => c.Column == nameof(Item.Lines)), all.Find(c => c.Column == Coding), all.Find(c => c.Column == Dropped));
        if ((lines ?? coding ?? dropped) is { } looks && looks.To.GetString() != Looks(item.Entity)) return ItemField.Lines;
        var columns = all.Except([lines!, coding!, dropped!]).ToList().ConvertAll(c => (Property: item.Property(c.Column), c.From, c.To));
        foreach (var (property, _, to) in columns)
            if (!Equals(property.CurrentValue, Value(to, property))) return FieldOf(property.Metadata.Name);
        foreach (var (property, from, _) in columns) property.CurrentValue = Value(from, property);
        if (lines is not null)
        {
            db.RemoveRange(item.Entity.Lines);
            item.Entity.Lines.Clear();
        }

        foreach (var line in dropped?.From.Deserialize<DroppedLine[]>(Json) ?? []) item.Entity.Lines.Add(line.On(item.Entity));
        if (dropped is not null) db.AddRange(item.Entity.Lines);
        foreach (var (line, was) in item.Entity.Lines.Join(coding?.From.Deserialize<LineCoding[]>(Json) ?? [], l => l.Id, c => c.Id, (l, c) => (l, c)))
            (line.CategoryId, line.ClassId, line.LocationId, line.TaxRateId) = (was.CategoryId, was.ClassId, was.LocationId, was.TaxRateId);
        return null;
    }

    // Enough to tell whether somebody has touched a line since. Tax that is computed follows from the rest, and from what the lists come to say.
    private static string Looks(Item item) => string.Join(';', item.Lines.Select(l => string.Create(CultureInfo.InvariantCulture,
        $"{l.Id:N} {l.Description} {l.Quantity:0.####} {l.UnitPrice:0.####} {l.CategoryId} {l.ProductId} {l.ClassId} {l.LocationId} {l.TaxRateId} {l.IsTaxTyped}{(l.IsTaxTyped ? (decimal?)l.Tax : null): 0.00}")));

    /// <summary>Whether it went from one place to another.</summary>
    public static bool IsOfPlace(string trace) => trace.Contains($"\"{nameof(Item.Place)}\"", StringComparison.Ordinal);

    private static object? Value(JsonElement written, PropertyEntry property) => written.Deserialize(property.Metadata.ClrType, Json);

    private static ItemField FieldOf(string column) => column switch
    {
        nameof(Item.SupplierId) or nameof(Item.SupplierName) or nameof(Item.CreateSupplier) => ItemField.Supplier,
        nameof(Item.CustomerId) or nameof(Item.CustomerName) or nameof(Item.CreateCustomer) => ItemField.Customer,
        nameof(Item.PaymentMethodName) => ItemField.PaymentMethod,
        nameof(Item.IsPaid) => ItemField.Paid,
        nameof(Item.CategoryName) => ItemField.Category,
        nameof(Item.PlacedAt) => ItemField.Place,
        nameof(Item.ExchangeRateSource) => ItemField.ExchangeRate,
        _ when column.EndsWith("Id", StringComparison.Ordinal) && Enum.TryParse<ItemField>(column[..^2], out var pointed) => pointed,
        _ => Enum.TryParse<ItemField>(column, out var named) ? named : ItemField.Document,
    };

    private sealed record LineCoding(Guid Id, Guid? CategoryId, Guid? ClassId, Guid? LocationId, Guid? TaxRateId);

    private sealed record DroppedLine(
        Guid Id, int Position, string? Description, Guid? CategoryId, Guid? ProductId, Guid? ClassId, Guid? LocationId, Guid? TaxRateId, decimal Quantity, decimal UnitPrice, decimal Net, decimal Tax, bool IsTaxTyped)
    {
        public static DroppedLine Of(ItemLine l) => new(l.Id, l.Position, l.Description, l.CategoryId, l.ProductId, l.ClassId, l.LocationId, l.TaxRateId, l.Quantity, l.UnitPrice, l.Net, l.Tax, l.IsTaxTyped);

        public ItemLine On(Item item) => new()
        {
            Id = Id, BusinessId = item.BusinessId, ItemId = item.Id, Position = Position, Description = Description, CategoryId = CategoryId, ProductId = ProductId, ClassId = ClassId, LocationId = LocationId,
            TaxRateId = TaxRateId, Quantity = Quantity, UnitPrice = UnitPrice, Net = Net, Tax = Tax, IsTaxTyped = IsTaxTyped,
        };
    }

    private sealed record Written(string Column, object? From, object? To);

    private sealed record Read(string Column, JsonElement From, JsonElement To);
}
