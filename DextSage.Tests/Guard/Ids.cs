using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.Lists;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Guard;

/// <summary>Ids that a client sends count for nothing: each is looked up among what the caller's own business has.</summary>
public sealed class Ids
{
    private static readonly InboxQuery Everything = new(new ItemFilter(), PageSize: 200);

    [Fact]
    public async Task Another_businesss_supplier_category_or_tax_rate_is_not_on_the_list()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (marsh, brook) = (quarter.Town.Marsh, quarter.Town.Brook);
        foreach (var stray in new[] { brook.Supplier.Id, brook.Category.Id, brook.TaxRate.Id, Guid.Empty, marsh.AdminsItem.Id })
        foreach (var edit in new ItemEdit[] { new ItemEdit.SetSupplier(stray), new ItemEdit.SetCategory(stray), new ItemEdit.SetTaxRate(stray) })
            Assert.Contains("not on the list", (await EditAsync(quarter, Who.Bookkeeper, marsh.AdminsItem.Code, edit)).Refusal, StringComparison.Ordinal);

        var item = await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), marsh.AdminsItem.Code);
        Assert.Equal((marsh.Supplier.Id, marsh.Category.Id, marsh.TaxRate.Id), (item!.SupplierId, item.CategoryId, item.TaxRateId));
    }

    [Fact]
    public async Task Ones_own_entries_are_taken()
    {
        await using var quarter = await Quarter.OpenAsync();
        var marsh = quarter.Town.Marsh;
        foreach (var edit in new ItemEdit[] { new ItemEdit.SetSupplier(marsh.Supplier.Id), new ItemEdit.SetCategory(marsh.Category.Id), new ItemEdit.SetTaxRate(marsh.TaxRate.Id) })
            Assert.Null((await EditAsync(quarter, Who.Standard, marsh.StandardsItem.Code, edit)).Refusal);
    }

    public static TheoryData<Who, string> NotTheirs => new()
    {
        { Who.Admin, "BROOKADMN" }, { Who.Admin, "BROOKSTND" }, { Who.Bookkeeper, "BROOKADMN" }, { Who.Standard, "BROOKSTND" }, { Who.Standard, "MARSHADMN" },
    };

    [Theory]
    [MemberData(nameof(NotTheirs))]
    public async Task Another_businesss_item_or_a_colleagues_is_not_there_at_all(Who who, string code)
    {
        await using var quarter = await Quarter.OpenAsync();
        var caller = quarter.Town.Claim(who);
        await LetStandardPublishAsync(quarter);

        Assert.Null(await quarter.Get<ItemDetails>().FindAsync(caller, code));
        Assert.Equal("This item does not exist any more.", (await EditAsync(quarter, who, code, new ItemEdit.SetNote("mine now"))).Refusal);
        Assert.Equal("This item does not exist any more.", await quarter.Get<PublishDesk>().PublishAsync(caller, code, 0));
        Assert.Equal("This item does not exist any more.", await quarter.Get<PublishDesk>().PublishAnywayAsync(caller, code, 0));
        Assert.Equal("This item does not exist any more.", await quarter.Get<PublishDecisions>().CancelAsync(caller, code));
        Assert.Equal("This item does not exist any more.", await quarter.Get<PublishDecisions>().AttachAsync(caller, code, 0, "p1"));
        Assert.Empty((await quarter.Get<PublishDesk>().LastAsync(caller, code)).Steps);
        var rows = (await quarter.Get<Inbox>().PageAsync(caller, Everything)).Rows;
        Assert.DoesNotContain(code, rows.Select(r => r.Code));
        Assert.Equal((await quarter.Get<Inbox>().CountsAsync(caller, new ItemFilter())).Inbox, rows.Count);

        await using var brook = quarter.Get<BusinessStore>().OpenForJob(code.StartsWith("BROOK", StringComparison.Ordinal) ? quarter.Town.Brook.Id : quarter.Town.Marsh.Id);
        var item = await brook.Items.SingleAsync(i => i.Code == code);
        Assert.Equal((ItemStatus.Ready, 0), (item.Status, item.Version));
        Assert.DoesNotContain("mine now", item.Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_opens_only_for_those_who_see_its_item()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (marsh, brook) = (quarter.Town.Marsh, quarter.Town.Brook);
        Assert.True(await OpensAsync(quarter, Who.Admin, marsh.StandardsItem));
        Assert.True(await OpensAsync(quarter, Who.Standard, marsh.StandardsItem));
        Assert.False(await OpensAsync(quarter, Who.Standard, marsh.AdminsItem));
        Assert.False(await OpensAsync(quarter, Who.Admin, brook.AdminsItem));
    }

    [Fact]
    public async Task A_search_and_the_pickers_find_nothing_next_door()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (caller, pickers) = (quarter.Town.Claim(Who.Admin), quarter.Get<Pickers>());
        Assert.Empty((await quarter.Get<Inbox>().PageAsync(caller, new InboxQuery(new ItemFilter { Search = Town.BrooksOwn }))).Rows);
        Assert.Empty(await pickers.SuppliersAsync(caller, Town.BrooksOwn));
        Assert.Empty(await pickers.CategoriesAsync(caller, Town.BrooksOwn));
        Assert.DoesNotContain(await pickers.TaxRatesAsync(caller), t => t.Name.Contains(Town.BrooksOwn, StringComparison.Ordinal));
        Assert.NotEmpty((await quarter.Get<Inbox>().PageAsync(caller, new InboxQuery(new ItemFilter { Search = Town.AdminsOwn }))).Rows);
    }

    [Fact]
    public async Task The_walk_to_Sage_of_another_business_or_another_Admin_is_not_ones_own()
    {
        await using var quarter = await Quarter.OpenAsync();
        var caller = quarter.Town.Claim(Who.Admin);
        Assert.Null(await quarter.Get<Organisations>().ListAsync(caller, quarter.Town.Brook.WalkId));
        Assert.Equal(WizardProblem.StepGone, (await quarter.Get<Organisations>().ChooseAsync(caller, quarter.Town.Brook.WalkId, "any")).Problem);

        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.Memberships.Where(m => m.PersonId == quarter.Town.PersonId(Who.Bookkeeper)).ExecuteUpdateAsync(set => set.SetProperty(m => m.Role, Role.Admin));
        Assert.Null(await quarter.Get<Organisations>().ListAsync(quarter.Town.Claim(Who.Bookkeeper), quarter.Town.Marsh.WalkId));
    }

    private static async Task<bool> OpensAsync(Quarter quarter, Who who, Item item)
    {
        var file = await quarter.Get<ItemDocuments>().OpenAsync(quarter.Town.Claim(who), item.DocumentId!.Value);
        if (file is null) return false;
        await file.Content.DisposeAsync();
        return true;
    }

    private static async Task LetStandardPublishAsync(Quarter quarter)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        await db.Memberships.ExecuteUpdateAsync(set => set.SetProperty(m => m.MayPublish, true));
    }

    private static Task<EditOutcome> EditAsync(Quarter quarter, Who who, string code, ItemEdit edit) =>
        quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(who), code, edit, seenVersion: 0);
}
