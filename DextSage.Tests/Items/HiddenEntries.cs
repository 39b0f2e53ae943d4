using DextSage.Integration.Intake;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.Storage;
using DextSage.Tests.Journeys;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>What a person has hidden is not chosen by itself, whatever name it has. What uses it already goes on using it.</summary>
public sealed class HiddenEntries
{
    private const string Northgate = "Northgate Stationers Ltd";

    [Fact]
    public async Task A_hidden_supplier_is_not_matched_to_a_paper_and_one_that_an_item_has_stays()
    {
        await using var workshop = await Workshop.OpenAsync();
        var before = (await workshop.WithSamplesAsync()).First(r => r.Party == Northgate);
        var supplier = (await workshop.ItemAsync(before.Code)).SupplierId!.Value;
        await HideAsync(workshop, ListKind.Suppliers, supplier);

        await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin);
        var rows = (await workshop.EventuallyAsync(workshop.InboxAsync, page => page.Rows.All(r => r.Status is not ItemStatus.Processing))).Rows;
        var after = Assert.Single(rows, r => r.Party == Northgate && r.Code != before.Code);

        Assert.Null((await workshop.ItemAsync(after.Code)).SupplierId);
        Assert.Equal(supplier, (await workshop.ItemAsync(before.Code)).SupplierId);

        await HideAsync(workshop, ListKind.Suppliers, supplier, visible: true);
        await workshop.Get<ListRefresh>().RequestAsync(workshop.Admin);
        await workshop.ItemAsync(after.Code, i => i.SupplierId == supplier);
    }

    [Fact]
    public async Task Of_two_suppliers_of_one_name_the_one_that_is_not_hidden_is_matched()
    {
        await using var workshop = await Workshop.OpenAsync();
        await workshop.ConnectAsync();
        await workshop.RefreshedAsync();
        var twin = new Supplier { BusinessId = workshop.BusinessId, SageId = Guid.NewGuid().ToString("N"), Name = Northgate, DisplayName = Northgate, IsVisible = false };
        await AddAsync(workshop, twin);

        await workshop.Get<Arrivals>().AddSamplesAsync(workshop.Admin);
        var rows = (await workshop.EventuallyAsync(workshop.InboxAsync, page => page.Rows.All(r => r.Status is not ItemStatus.Processing))).Rows;

        var chosen = (await workshop.ItemAsync(rows.First(r => r.Party == Northgate).Code)).SupplierId;
        Assert.NotNull(chosen);
        Assert.NotEqual(twin.Id, chosen);
    }

    [Fact]
    public async Task A_hidden_category_or_tax_rate_is_not_matched_by_its_name()
    {
        await using var workshop = await Workshop.OpenConnectedAsync();
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var category = await db.Categories.AsNoTracking().FirstAsync(c => c.Name == "Office costs");
        var rate = await db.TaxRates.AsNoTracking().FirstAsync(t => t.Percentage == 20);
        await HideAsync(workshop, ListKind.Categories, category.Id);
        await HideAsync(workshop, ListKind.TaxRates, rate.Id);
        var item = new Item
        {
            BusinessId = workshop.BusinessId, Code = "hidden", OwnerId = workshop.Admin.PersonId, Source = ItemSource.DextExport, CreatedAt = default, UpdatedAt = default, CategoryName = category.Name,
        };

        await NameMatch.ApplyAsync(db, item, CancellationToken.None);
        await NameMatch.ApplyTaxRateAsync(db, item, rate.DisplayName, CancellationToken.None);
        Assert.Equal((null, null), (item.CategoryId, item.TaxRateId));

        await HideAsync(workshop, ListKind.Categories, category.Id, visible: true);
        await HideAsync(workshop, ListKind.TaxRates, rate.Id, visible: true);
        await NameMatch.ApplyAsync(db, item, CancellationToken.None);
        await NameMatch.ApplyTaxRateAsync(db, item, rate.DisplayName, CancellationToken.None);
        Assert.Equal((category.Id, rate.Id), (item.CategoryId, item.TaxRateId));
    }

    [Fact]
    public async Task A_hidden_entry_is_not_proposed_for_an_old_one()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync())[0].Code;
        var old = (await workshop.MakeReadyAsync(code)).CategoryId!.Value;
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        var name = await db.Categories.Where(c => c.Id == old).Select(c => c.Name).SingleAsync();
        await db.Categories.Where(c => c.Id == old).ExecuteUpdateAsync(set => set.SetProperty(c => c.RetiredAt, DateTimeOffset.UnixEpoch));
        var fresh = new Category { BusinessId = workshop.BusinessId, SageId = Guid.NewGuid().ToString("N"), Name = name, DisplayName = name, ForExpenses = true, IsVisible = false };
        await AddAsync(workshop, fresh);

        Assert.Null(Assert.Single(await workshop.Get<ListMatching>().ReadAsync(workshop.Admin, ListKind.Categories)).Proposal);

        await HideAsync(workshop, ListKind.Categories, fresh.Id, visible: true);
        Assert.Equal(fresh.Id, Assert.Single(await workshop.Get<ListMatching>().ReadAsync(workshop.Admin, ListKind.Categories)).Proposal?.Id);
    }

    private static async Task HideAsync(Workshop workshop, ListKind list, Guid entry, bool visible = false) =>
        await workshop.Get<ListVisibility>().SetAsync(workshop.Admin, new ListQuery(list), [entry], visible);

    private static async Task AddAsync(Workshop workshop, ListEntry entry)
    {
        await using var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId);
        db.Add(entry);
        await db.SaveChangesAsync();
    }
}
