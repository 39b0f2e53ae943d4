using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>What each part of a filter lets through, against the database.</summary>
public sealed class FilterTests
{
    private static readonly List<(string Name, Func<House, ItemFilter, ItemFilter> Narrow, Action<House, Item> Fit)> Filters =
    [
        ("supplier", (house, f) => f with { Supplier = house.Supplier.Id }, (house, i) => i.SupplierId = house.Supplier.Id),
        ("category", (house, f) => f with { Category = house.Category.Id }, (house, i) => i.CategoryId = house.Category.Id),
        ("category of a line", (house, f) => f with { Category = house.Category.Id }, (house, i) => i.Lines.Add(Line(i, l => l.CategoryId = house.Category.Id))),
        ("tax rate", (house, f) => f with { TaxRate = house.TaxRate.Id }, (house, i) => i.TaxRateId = house.TaxRate.Id),
        ("tax rate of a line", (house, f) => f with { TaxRate = house.TaxRate.Id }, (house, i) => i.Lines.Add(Line(i, l => l.TaxRateId = house.TaxRate.Id))),
        ("type", (_, f) => f with { Type = ItemType.CreditNote }, (_, i) => i.Type = ItemType.CreditNote),
        ("currency", (_, f) => f with { Currency = "SEK" }, (_, i) => i.Currency = "SEK"),
        ("owner", (house, f) => f with { Owner = house.People[Role.Bookkeeper] }, (house, i) => i.OwnerId = house.People[Role.Bookkeeper]),
        ("not mine", (_, f) => f with { IsMine = false }, (house, i) => i.OwnerId = house.People[Role.Bookkeeper]),
        ("source", (_, f) => f with { Source = ItemSource.Sample }, (_, _) => { }),
        ("total", (_, f) => f with { Total = new(500, 500.5m) }, (_, i) => i.Total = 500.5m),
        ("date", (_, f) => f with { Date = new(new(2025, 3, 1), new(2025, 3, 1)) }, (_, i) => i.Date = new(2025, 3, 1)),
        ("due date", (_, f) => f with { DueDate = new(new(2025, 3, 1), null) }, (_, i) => i.DueDate = new(2025, 3, 1)),
        ("published", (_, f) => f with { Published = new(null, new(2025, 3, 1)) }, (_, i) => i.PublishedAt = new(2025, 3, 1, 23, 59, 59, TimeSpan.Zero)),
        ("with tax", (_, f) => f with { HasTax = true }, (_, i) => i.Tax = 1),
        ("with a category", (_, f) => f with { HasCategory = true }, (house, i) => i.CategoryId = house.Category.Id),
        ("with a tax rate in each line", (_, f) => f with { HasTaxRate = true }, (house, i) => i.Lines.Add(Line(i, l => l.TaxRateId = house.TaxRate.Id))),
        ("with a note", (_, f) => f with { HasNote = true }, (_, i) => i.Note = "note"),
        ("with a document", (_, f) => f with { HasDocument = true }, (house, i) => i.Document = new Document { BusinessId = house.Id, Sha256 = new string('1', 64), FileName = "a.pdf", ContentType = "application/pdf", Length = 1 }),
        ("with lines", (_, f) => f with { HasLines = true }, (_, i) => i.Lines.Add(Line(i, _ => { }))),
        ("foreign", (_, f) => f with { IsForeign = true }, (_, i) => i.Currency = "SEK"),
        ("duplicates", (_, f) => f with { IsDuplicate = true }, (_, i) => i.IsDuplicate = true),
        ("flagged", (_, f) => f with { IsFlagged = true }, (_, i) => i.FlaggedBy = "Rule “look”"),
        ("on the way", (_, f) => f with { IsPublishing = true }, (_, i) => i.Status = ItemStatus.Publishing),
        ("failure", (_, f) => f with { Failure = "TaxRateRefused" }, (_, i) => i.Failure = new("TaxRateRefused", null, "No.", "Again.", null)),
    ];

    [Fact]
    public async Task A_filter_finds_the_item_that_fits_and_not_the_one_that_does_not()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        foreach (var (name, narrow, fit) in Filters)
        {
            var (fits, plain) = (Plain(house, name is "source" ? ItemSource.Sample : ItemSource.Upload), Plain(house, ItemSource.Upload));
            fit(house, fits);
            await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
            {
                db.AddRange(fits, plain);
                await db.SaveChangesAsync();
            }

            var filter = narrow(house, new ItemFilter());
            var page = await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(filter, PageSize: 200));
            var counts = await quarter.Get<Inbox>().CountsAsync(quarter.Town.Claim(Who.Admin), filter);

            Assert.True(page.Rows.Any(r => r.Code == fits.Code), name);
            Assert.False(page.Rows.Any(r => r.Code == plain.Code), name);
            Assert.Equal((name, page.Rows.Count, page.Rows.Count), (name, page.Total, counts.Inbox));
        }
    }

    [Fact]
    public async Task Every_column_sorts_both_ways_with_what_is_empty_last_and_pages_never_share_a_row()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(house.Id))
        {
            for (var n = 0; n < 12; n++)
            {
                var item = Plain(house, ItemSource.Upload);
                if (n % 3 != 0) (item.Date, item.Total, item.SupplierName, item.CategoryId) = (new DateOnly(2026, 1, 1 + n / 2), n / 2, $"S{n / 2}", house.Category.Id);
                db.Add(item);
            }
            await db.SaveChangesAsync();
        }
        foreach (var column in Enum.GetValues<InboxColumn>())
        foreach (var descending in new[] { true, false })
        {
            var codes = new List<string>();
            for (var page = 0; page < 4; page++)
                codes.AddRange((await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(new ItemFilter(), column, descending, page, 4))).Rows.Select(r => r.Code));
            Assert.Equal((column, descending, 14), (column, descending, codes.Distinct(StringComparer.Ordinal).Count()));
        }
        foreach (var descending in new[] { true, false })
        {
            var dates = (await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(new ItemFilter(), InboxColumn.Date, descending))).Rows.Select(r => r.Date).ToList();
            var filled = dates.TakeWhile(d => d is not null).ToList();
            Assert.All(dates.Skip(filled.Count), d => Assert.Null(d));
            Assert.Equal(descending ? filled.OrderDescending() : filled.Order(), filled);
        }
    }

    [Fact]
    public async Task Owners_are_sorted_by_their_names()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        await using (var everyone = await quarter.Get<BusinessStore>().OpenForEveryoneAsync())
            await everyone.Users.Where(p => p.Id == house.People[Role.Admin]).ExecuteUpdateAsync(set => set.SetProperty(p => p.DisplayName, "Zoe"));
        var rows = (await quarter.Get<Inbox>().PageAsync(quarter.Town.Claim(Who.Admin), new InboxQuery(new ItemFilter(), InboxColumn.Owner, Descending: false))).Rows;
        Assert.Equal([house.StandardsItem.Code, house.AdminsItem.Code], rows.Select(r => r.Code));
    }

    private static Item Plain(House house, ItemSource source) => new()
    {
        BusinessId = house.Id, Code = Guid.NewGuid().ToString("N")[..10].ToUpperInvariant(), OwnerId = house.People[Role.Admin], Source = source,
        CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.ToReview, Currency = "GBP",
    };

    private static ItemLine Line(Item item, Action<ItemLine> with)
    {
        var line = new ItemLine { BusinessId = item.BusinessId, ItemId = item.Id, UnitPrice = 1 };
        with(line);
        return line;
    }
}
