using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items;

/// <summary>Inbox, archive and bin, through the desk and the database.</summary>
public sealed class PlaceTests
{
    [Fact]
    public async Task An_item_is_archived_deleted_and_restored_to_where_it_lay_each_with_its_undo()
    {
        await using var desk = await Desk.OpenAsync();

        var archived = await desk.EditAsync(new ItemEdit.PutInto(Place.Archive));
        Assert.Equal((Place.Archive, ItemStatus.Ready), await desk.StandingAsync());
        var deleted = await desk.EditAsync(new ItemEdit.PutInto(Place.Bin));
        Assert.Equal(Place.Bin, (await desk.StandingAsync()).Place);
        await desk.EditAsync(deleted.Undo!);
        Assert.Equal(Place.Archive, (await desk.StandingAsync()).Place);
        await desk.EditAsync(archived.Undo!);
        Assert.Equal((Place.Inbox, ItemStatus.Ready), await desk.StandingAsync());

        await desk.EditAsync(new ItemEdit.PutInto(Place.Bin));
        var restored = await desk.EditAsync(new ItemEdit.Restore());
        Assert.Equal(Place.Inbox, (await desk.StandingAsync()).Place);
        await desk.EditAsync(restored.Undo!);
        Assert.Equal(Place.Bin, (await desk.StandingAsync()).Place);

        var history = (await desk.HistoryAsync()).Select(c => (c.From, c.To));
        Assert.Equal(
            [("Inbox", "Archive"), ("Archive", "Bin"), ("Bin", "Archive"), ("Archive", "Inbox"), ("Inbox", "Bin"), ("Bin", "Inbox"), ("Inbox", "Bin")], history);
    }

    [Fact]
    public async Task The_bin_is_left_by_restoring_alone_and_nothing_in_it_is_edited()
    {
        await using var desk = await Desk.OpenAsync();
        Assert.NotNull((await desk.EditAsync(new ItemEdit.Restore())).Refusal);
        await desk.EditAsync(new ItemEdit.PutInto(Place.Bin));

        Assert.NotNull((await desk.EditAsync(new ItemEdit.PutInto(Place.Archive))).Refusal);
        Assert.NotNull((await desk.EditAsync(new ItemEdit.PutInto(Place.Inbox))).Refusal);
        Assert.NotNull((await desk.EditAsync(new ItemEdit.SetNote("x"))).Refusal);
        Assert.Null((await desk.EditAsync(new ItemEdit.Restore())).Refusal);
    }

    [Theory]
    [InlineData(ItemStatus.Processing, Place.Archive, false)]
    [InlineData(ItemStatus.Processing, Place.Bin, false)]
    [InlineData(ItemStatus.Publishing, Place.Archive, false)]
    [InlineData(ItemStatus.Publishing, Place.Bin, false)]
    [InlineData(ItemStatus.Published, Place.Bin, false)]
    [InlineData(ItemStatus.Published, Place.Inbox, false)]
    [InlineData(ItemStatus.Published, Place.Archive, true)]
    [InlineData(ItemStatus.ToReview, Place.Bin, true)]
    [InlineData(ItemStatus.Ready, Place.Archive, true)]
    public async Task What_is_being_read_or_sent_stays_and_what_is_in_Sage_is_never_deleted(ItemStatus status, Place place, bool isMoved)
    {
        await using var desk = await Desk.OpenAsync();
        await desk.SetStatusAsync(status);

        var outcome = await desk.EditAsync(new ItemEdit.PutInto(place));

        Assert.Equal(isMoved, outcome.IsSaved);
        var (at, now) = await desk.StandingAsync();
        Assert.Equal(isMoved ? place : Place.Inbox, at);
        if (status is ItemStatus.Published) Assert.Equal(ItemStatus.Published, now);
    }

    private sealed class Desk : IAsyncDisposable
    {
        private readonly Quarter quarter;

        private Desk(Quarter quarter) => this.quarter = quarter;

        private Item Item => quarter.Town.Marsh.AdminsItem;

        public static async Task<Desk> OpenAsync()
        {
            var desk = new Desk(await Quarter.OpenAsync());
            // As it is Ready without lines.
            await desk.EditAsync(new ItemEdit.ReplaceLines([]));
            return desk;
        }

        public async Task<EditOutcome> EditAsync(ItemEdit edit) => await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), Item.Code, edit, (await ReadAsync()).Version);

        public async Task<(Place Place, ItemStatus Status)> StandingAsync()
        {
            var item = await ReadAsync();
            return (item.Place, item.Status);
        }

        public async Task<List<ItemChange>> HistoryAsync()
        {
            await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
            return await db.ItemChanges.Where(c => c.ItemId == Item.Id && c.Field == ItemField.Place).OrderBy(c => c.Version).ToListAsync();
        }

        public async Task SetStatusAsync(ItemStatus status)
        {
            await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
            await db.Items.Where(i => i.Id == Item.Id).ExecuteUpdateAsync(set => set.SetProperty(i => i.Status, status));
        }

        private async Task<ItemView> ReadAsync() => (await quarter.Get<ItemDetails>().FindAsync(quarter.Town.Claim(Who.Admin), Item.Code))!;

        public ValueTask DisposeAsync() => quarter.DisposeAsync();
    }
}
