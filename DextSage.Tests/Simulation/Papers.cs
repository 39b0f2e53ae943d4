using System.Globalization;
using System.Security.Cryptography;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;

namespace DextSage.Tests.Simulation;

/// <summary>What a paper becomes in Sage.</summary>
internal enum Shape { Bill, CreditNote, QuickBill, QuickCredit, OtherPayment, Sale, SaleCredit, QuickSale }

/// <summary>A cost or a sale as somebody hands it in.</summary>
internal sealed record Paper(Shape Shape, string Reference, decimal Total, DateOnly Date)
{
    /// <summary>Null where Sage has the supplier or customer: then <see cref="Contact"/> says which of them.</summary>
    public string? NewContact { get; init; }
    public int Contact { get; init; }

    /// <summary>Null for one that is not paid yet; the whole, or half of it.</summary>
    public decimal? Paid { get; init; }
    public int Category { get; init; }

    /// <summary>20, 5 or 0 per cent.</summary>
    public int TaxPercentage { get; init; }

    /// <summary>None for one without a document.</summary>
    public byte[] File { get; init; } = [];
    public string FileName { get; init; } = "";
    public bool WithoutDocument { get; init; }

    /// <summary>Net amounts in the order of its lines; none for one that is not split.</summary>
    public IReadOnlyList<decimal> Lines { get; init; } = [];
    public int? DaysUntilDue { get; init; }
    public string? Note { get; init; }
}

/// <summary>Draws papers, and puts them into a business's inbox.</summary>
internal static class Papers
{
    // Few, so that several name the same.
    private static readonly string[] NewContacts = ["Nova Print Works", "nova print works", "Otter & Sons Ltd", "O’Brien Façades", "Quay Café"];
    private static readonly Shape[] Shapes = [Shape.Bill, Shape.Bill, Shape.Bill, Shape.Bill, Shape.Bill, Shape.Bill, .. Enum.GetValues<Shape>()];
    private static readonly int[] Percentages = [20, 20, 20, 5, 0];

    public static IReadOnlyList<Paper> Drawn(Dice dice)
    {
        var crowd = dice.Chance(0.3) ? dice.OneOf(NewContacts[..2]) : null;
        return Drawn(dice, dice.OneOf(1, 1, 1, 1, 1, 2, 2, 4), crowd);
    }

    /// <param name="crowd">A new supplier whom most of them name.</param>
    public static IReadOnlyList<Paper> Drawn(Dice dice, int count, string? crowd = null) => [.. Enumerable.Range(1, count).Select(number => Draw(dice, number, crowd))];

    private static Paper Draw(Dice dice, int number, string? crowd)
    {
        var shape = dice.OneOf(Shapes);
        var lines = Enumerable.Range(0, shape is Shape.QuickBill or Shape.QuickCredit or Shape.QuickSale ? 0 : dice.OneOf(0, 0, 0, 2, 3)).Select(_ => dice.From(1, 90_000) / 100m).ToList();
        var percentage = dice.OneOf(Percentages);
        var total = lines.Count == 0 ? dice.From(1, 2_000_000) / 100m : lines.Sum(net => net + Tax(net, percentage));
        var date = new DateOnly(2026, 11, 1).AddDays(dice.Below(24));
        return new Paper(shape, string.Create(CultureInfo.InvariantCulture, $"R{number}-{dice.Below(1_000_000)}{(dice.Chance(0.1) ? " of a very long kind of number" : "")}"), total, date)
        {
            NewContact = crowd is not null && dice.Chance(0.8) ? crowd : dice.Chance(0.3) ? dice.OneOf(NewContacts) : null,
            Paid = dice.Chance(0.25) ? dice.Chance(0.7) ? total : decimal.Round(total / 2, 2) : null,
            Contact = dice.Below(100), Category = dice.Below(100), TaxPercentage = percentage, Lines = lines,
            File = dice.Chance(0.7) ? [.. "%PDF-1.4 "u8, .. dice.Bytes(dice.From(1, 3000))] : [],
            FileName = dice.OneOf("scan.pdf", "invoice.pdf", $"rechnung {number} – süß.pdf"),
            WithoutDocument = dice.Chance(0.1), DaysUntilDue = dice.Chance(0.5) ? dice.Below(60) : null, Note = dice.Chance(0.2) ? "Please pay\nsoon" : null,
        };
    }

    /// <summary>Puts it into the inbox, coded; its code.</summary>
    public static async Task<string> HandInAsync(string folder, OurBusiness business, Paper paper, DateTimeOffset now)
    {
        await using var db = Template.Open(folder, business.Id);
        var method = paper.Paid is not null || paper.Shape is Shape.OtherPayment ? await MethodAsync(db, now) : null;
        var context = await ReviewContext.ReadAsync(db, CancellationToken.None);
        var isSale = paper.Shape is Shape.Sale or Shape.SaleCredit or Shape.QuickSale;
        var contacts = isSale ? Known(db.Customers, context) : Known(db.Suppliers, context);
        var known = (await contacts.Select(c => new { c.Id, c.Name }).ToListAsync()) is { Count: > 0 } some ? some[paper.Contact % some.Count] : null;
        var categories = await db.Categories.Where(c => c.RetiredAt == null && !c.HasFixedTaxRate && (isSale ? c.ForSales : paper.Shape == Shape.OtherPayment ? c.ForOtherPayments : c.ForExpenses)).OrderBy(c => c.Name).ToListAsync();
        var rate = context.UsesTax ? (await db.TaxRates.ToListAsync()).Where(r => r.Percentage == paper.TaxPercentage).OrderBy(r => r.SageId).First() : null;
        var category = categories[paper.Category % categories.Count];
        var item = new Item
        {
            BusinessId = business.Id, Code = Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{business.Organisation}/{paper.Reference}")))[..10],
            OwnerId = business.Admin.PersonId, Source = ItemSource.Upload, CreatedAt = now, UpdatedAt = now,
            Workspace = isSale ? Workspace.Sales : Workspace.Costs, Type = TypeOf(paper.Shape), PublishTo = ToOf(paper.Shape),
            IsPaid = paper.Paid is not null, PaidAmount = paper.Paid == paper.Total ? null : paper.Paid,
            CategoryId = category.Id, TaxRateId = rate?.Id, Date = paper.Date, DueDate = paper.DaysUntilDue is { } days ? paper.Date.AddDays(days) : null,
            Reference = paper.Reference, Currency = context.BaseCurrency, Total = paper.Total, Note = paper.Note, PublishWithoutDocument = paper.WithoutDocument,
            Tax = !context.UsesTax ? null : paper.Lines.Count == 0 ? TaxMath.TaxWithin(paper.Total, rate!.Percentage) : paper.Lines.Sum(net => Tax(net, paper.TaxPercentage)),
        };
        if (isSale) (item.CustomerId, item.CustomerName, item.CreateCustomer) = (paper.NewContact is null ? known?.Id : null, paper.NewContact ?? known?.Name, paper.NewContact is not null);
        else (item.SupplierId, item.SupplierName, item.CreateSupplier) = (paper.NewContact is null ? known?.Id : null, paper.NewContact ?? known?.Name, paper.NewContact is not null);
        if (method is not null) (item.PaymentMethodId, item.PaymentMethodName) = (method.Id, method.Name);

        foreach (var (net, position) in paper.Lines.Select((net, i) => (net, i)))
        {
            var tax = context.UsesTax ? Tax(net, paper.TaxPercentage) : 0;
            var unit = context.UsesTax ? net : net + Tax(net, paper.TaxPercentage);
            item.Lines.Add(new ItemLine
            {
                BusinessId = business.Id, ItemId = item.Id, Position = position, Description = $"Line {position + 1}", CategoryId = categories[(paper.Category + position) % categories.Count].Id,
                TaxRateId = rate?.Id, UnitPrice = unit, Net = unit, Tax = tax,
            });
        }

        if (paper.File.Length > 0) item.DocumentId = await KeepAsync(db, folder, paper);
        db.Add(item);
        await db.LoadEntriesAsync(item, CancellationToken.None);
        item.Status = ItemReview.StatusOf(ItemUnderReview.Of(item, await context.WithTwinsAsync(db, [item], CancellationToken.None)));
        await db.SaveChangesAsync();
        return item.Code;
    }

    private static IQueryable<ContactEntry> Known(IQueryable<ContactEntry> contacts, ReviewContext context) =>
        contacts.Where(s => s.RetiredAt == null && s.Currency == context.BaseCurrency).OrderBy(s => s.Name);

    /// <summary>The business's one payment method, on its first bank account.</summary>
    private static async Task<PaymentMethod> MethodAsync(DextSageDb db, DateTimeOffset now)
    {
        if (await db.PaymentMethods.FirstOrDefaultAsync() is { } there) return there;
        var account = await db.BankAccounts.Where(a => a.RetiredAt == null).OrderBy(a => a.Name).FirstAsync();
        var method = new PaymentMethod { BusinessId = db.BusinessId, Name = "Company card", BankAccountId = account.Id, CreatedAt = now };
        db.Add(method);
        await db.SaveChangesAsync();
        return method;
    }

    private static ItemType TypeOf(Shape shape) => shape switch
    {
        Shape.CreditNote or Shape.QuickCredit or Shape.SaleCredit => ItemType.CreditNote,
        Shape.Sale or Shape.QuickSale => ItemType.SalesInvoice,
        Shape.OtherPayment => ItemType.Receipt,
        _ => ItemType.Invoice,
    };

    private static PublishTo ToOf(Shape shape) => shape switch
    {
        Shape.QuickBill or Shape.QuickCredit or Shape.QuickSale => PublishTo.QuickEntry,
        Shape.OtherPayment => PublishTo.OtherPayment,
        Shape.Sale or Shape.SaleCredit => PublishTo.SalesInvoice,
        _ => PublishTo.PurchaseInvoice,
    };

    private static async Task<Guid> KeepAsync(DextSageDb db, string folder, Paper paper)
    {
        var stored = await new DocumentStore(Path.Combine(folder, "documents")).SaveAsync(paper.File);
        var document = new Document { BusinessId = db.BusinessId, Sha256 = stored.Sha256, FileName = paper.FileName, ContentType = "application/pdf", Length = stored.Length };
        db.Add(document);
        return document.Id;
    }

    private static decimal Tax(decimal net, int percentage) => decimal.Round(net * percentage / 100, 2, MidpointRounding.AwayFromZero);
}
