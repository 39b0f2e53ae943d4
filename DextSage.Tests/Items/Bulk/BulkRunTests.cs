using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Items.Bulk;

/// <summary>How a run goes: broken off, taken up, cancelled, taken back.</summary>
public sealed class BulkRunTests
{
    private const int Many = BulkWork.ItemsAtATime * 2 + 30;

    [Fact]
    public async Task Killed_in_the_middle_it_goes_on_and_changes_no_item_twice()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(Many);
        var asked = await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Edit, codes, new ItemEdit.SetNote("noted"));
        await quarter.BreakOffAsync();
        var half = await quarter.SeeAsync(Who.Bookkeeper, asked);
        Assert.Equal((BulkStatus.Running, BulkWork.ItemsAtATime, BulkWork.ItemsAtATime), (half.Status, half.Position, half.Done));

        await quarter.WorkAsync();

        var run = await quarter.SeeAsync(Who.Bookkeeper, asked);
        Assert.Equal((BulkStatus.Completed, Many, 0), (run.Status, run.Done, run.Skipped));
        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Equal(("noted", 1), (item.Note, item.Version)));
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.Equal(Many, await db.ItemChanges.CountAsync(c => c.To == "noted"));
        Assert.Equal(Many, await db.BulkResults.CountAsync(r => r.RunId == asked));
    }

    [Fact]
    public async Task Its_business_is_found_again_after_a_crash_and_what_has_ended_is_not()
    {
        await using var quarter = await Quarter.OpenAsync();
        await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Archive, await quarter.NewItemsAsync(1));
        await using var everyone = await quarter.Get<BusinessStore>().OpenForEveryoneAsync();
        Assert.Equal([quarter.Town.Marsh.Id], await quarter.Get<BulkWork>().Pending(everyone).ToListAsync());
        await quarter.WorkAsync();
        Assert.Empty(await quarter.Get<BulkWork>().Pending(everyone).ToListAsync());
    }

    [Fact]
    public async Task Cancelled_in_the_middle_what_is_done_stays_done_and_can_be_undone()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(Many);
        var asked = await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Delete, codes);
        await quarter.BreakOffAsync();
        Assert.True(await quarter.Get<BulkDesk>().CancelAsync(quarter.Town.Claim(Who.Bookkeeper), asked));
        await quarter.WorkAsync();

        var run = await quarter.SeeAsync(Who.Bookkeeper, asked);
        Assert.Equal((BulkStatus.Cancelled, BulkWork.ItemsAtATime, Many - BulkWork.ItemsAtATime), (run.Status, run.Done, run.Untouched));
        Assert.Equal(BulkWork.ItemsAtATime, (await quarter.ItemsAsync(codes)).Count(i => i.Place is Place.Bin));
        Assert.False(await quarter.Get<BulkDesk>().CancelAsync(quarter.Town.Claim(Who.Bookkeeper), asked));

        await UndoneAsync(quarter, Who.Bookkeeper, asked);
        Assert.All(await quarter.ItemsAsync(codes), item => Assert.Equal((Place.Inbox, (DateTimeOffset?)null), (item.Place, item.PlacedAt)));
    }

    [Fact]
    public async Task Undo_gives_back_what_was_there_but_not_over_what_somebody_changed_since()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(4, (item, n) => (item.Note, item.Total, item.CategoryName) = ($"note {n}", 100 + n, "As Dext called it"));
        var before = await quarter.ItemsAsync(codes);
        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetNote("all"), new ItemEdit.SetCategory(house.Category.Id), new ItemEdit.SetSupplier(null), new ItemEdit.SetDate(null), new ItemEdit.SetTaxRate(null));
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), codes[1], new ItemEdit.SetNote("theirs"), 99);
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), codes[2], new ItemEdit.SetReference("another field"), 99);

        var undo = await UndoneAsync(quarter, Who.Bookkeeper, run.Id);

        Assert.Equal((BulkStatus.Completed, 3, 1, run.Id), (undo.Status, undo.Done, undo.Skipped, undo.UndoOf));
        var skipped = Assert.Single(await quarter.SkippedAsync(undo));
        Assert.Equal((codes[1], "Its note was changed since, and stays as it is."), (skipped.Code, skipped.Sentence));
        var after = await quarter.ItemsAsync(codes);
        foreach (var n in new[] { 0, 2, 3 })
            Assert.Equal(
                (before[n].Note, before[n].CategoryId, before[n].CategoryName, before[n].SupplierId, before[n].SupplierName, before[n].Date, before[n].TaxRateId, before[n].Tax, before[n].Status),
                (after[n].Note, after[n].CategoryId, after[n].CategoryName, after[n].SupplierId, after[n].SupplierName, after[n].Date, after[n].TaxRateId, after[n].Tax, after[n].Status));
        Assert.Equal(("theirs", "another field", house.Category.Id), (after[1].Note, after[2].Reference, after[1].CategoryId));
        Assert.Equal(("all", "note 0"), (await quarter.HistoryAsync(codes[0])).FindLast(c => c.Field is ItemField.Note) is { } back ? (back.From, back.To) : default);

        Assert.Equal("This was undone already.", (await quarter.Get<BulkDesk>().UndoAsync(quarter.Town.Claim(Who.Bookkeeper), run.Id)).Refusal);
        Assert.False((await quarter.SeeAsync(Who.Bookkeeper, run.Id)).CanBeUndone);
    }

    [Fact]
    public async Task A_field_is_called_as_beside_it_on_the_item()
    {
        await using var quarter = await Quarter.OpenAsync();
        var house = quarter.Town.Marsh;
        var codes = await quarter.NewItemsAsync(1);
        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetOwner(house.People[Role.Bookkeeper]));
        Assert.Equal("Document owner: Bookkeeper of marsh", run.Summary);
        await quarter.Get<ItemDesk>().EditAsync(quarter.Town.Claim(Who.Admin), codes[0], new ItemEdit.SetOwner(house.People[Role.Admin]), 99);

        var undo = await UndoneAsync(quarter, Who.Bookkeeper, run.Id);

        Assert.Equal("Its document owner was changed since, and stays as it is.", Assert.Single(await quarter.SkippedAsync(undo)).Sentence);
    }

    [Fact]
    public async Task Moved_to_Sales_and_back_by_undo()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(2, (item, n) => item.Type = n == 0 ? ItemType.Receipt : ItemType.CreditNote);
        var run = await quarter.RunAsync(BulkAction.Move, codes, new ItemEdit.MoveTo(Workspace.Sales));
        Assert.Equal([(Workspace.Sales, ItemType.SalesInvoice), (Workspace.Sales, ItemType.CreditNote)], (await quarter.ItemsAsync(codes)).Select(i => (i.Workspace, i.Type)));
        await UndoneAsync(quarter, Who.Bookkeeper, run.Id);
        Assert.Equal([(Workspace.Costs, ItemType.Receipt), (Workspace.Costs, ItemType.CreditNote)], (await quarter.ItemsAsync(codes)).Select(i => (i.Workspace, i.Type)));
    }

    [Fact]
    public async Task To_the_archive_to_the_bin_and_back()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(2, (item, n) => (item.Status, item.Place) = n == 1 ? (ItemStatus.Published, Place.Archive) : (item.Status, item.Place));
        foreach (var (action, place, done) in new[]
        {
            (BulkAction.Archive, Place.Archive, 1), (BulkAction.Unarchive, Place.Inbox, 1), (BulkAction.Delete, Place.Bin, 1), (BulkAction.Restore, Place.Inbox, 1),
        })
        {
            var run = await quarter.RunAsync(action, codes[..1]);
            Assert.Equal((place, done), ((await quarter.ItemsAsync(codes))[0].Place, run.Done));
        }

        var deleted = await quarter.RunAsync(BulkAction.Delete, codes[1..]);
        Assert.Contains("in Sage", Assert.Single(await quarter.SkippedAsync(deleted)).Sentence, StringComparison.Ordinal);
        Assert.Equal(["Archive", "Inbox", "Bin", "Inbox"], (await quarter.HistoryAsync(codes[0])).Where(c => c.Field is ItemField.Place).Select(c => c.To));
    }

    [Fact]
    public async Task Only_what_is_Ready_is_published_and_asked_again_after_a_crash_it_is_not_published_twice()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(3, (item, n) =>
        {
            if (n == 2) return;
            (item.CategoryId, item.Status) = (quarter.Town.Marsh.Category.Id, ItemStatus.Ready);
        });
        // The first was on its way already when the process was killed, before the run had written so.
        var asked = await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Publish, codes);
        Assert.Null(await quarter.Get<PublishDesk>().PublishAsync(quarter.Town.Claim(Who.Bookkeeper), codes[0], 0));
        await quarter.WorkAsync();

        var run = await quarter.SeeAsync(Who.Bookkeeper, asked);
        Assert.Equal((BulkStatus.Completed, 2, 1, false), (run.Status, run.Done, run.Skipped, run.CanBeUndone));
        Assert.Equal("Choose a category.", Assert.Single(await quarter.SkippedAsync(run)).Sentence);
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        Assert.Equal(2, await db.Publications.CountAsync(p => p.Generation == 1 && p.Status == PublicationStatus.Queued));
    }

    [Fact]
    public async Task A_Standard_user_without_the_permission_publishes_nothing()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(1);
        await Assert.ThrowsAsync<AccessDeniedException>(() => quarter.Get<BulkDesk>().AskAsync(quarter.Town.Claim(Who.Standard), new BulkOrder(BulkAction.Publish, new BulkChoice.Ticked(codes))));
    }

    [Fact]
    public async Task Whoever_was_removed_meanwhile_changes_nothing_any_more()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(1);
        var asked = await quarter.AskedAsync(Who.Bookkeeper, BulkAction.Delete, codes);
        await quarter.Town.RemoveAsync(Who.Bookkeeper);
        await quarter.WorkAsync();
        var run = await quarter.SeeAsync(Who.Admin, asked);
        Assert.Equal((BulkStatus.Failed, 0, 1), (run.Status, run.Done, run.Untouched));
        Assert.Contains("may not do it any more", run.Problem, StringComparison.Ordinal);
        Assert.Equal(Place.Inbox, (await quarter.ItemsAsync(codes))[0].Place);
    }

    [Fact]
    public async Task An_item_at_which_it_breaks_is_told_and_the_others_are_done()
    {
        await using var quarter = await Quarter.OpenAsync();
        var codes = await quarter.NewItemsAsync(3);
        var run = await quarter.RunAsync(BulkAction.Edit, codes, new ItemEdit.SetNote("noted"));
        await using (var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id))
            await db.BulkResults.Where(r => r.RunId == run.Id && r.Code == codes[1]).ExecuteUpdateAsync(set => set.SetProperty(r => r.Trace, "not what it was"));

        var undo = await UndoneAsync(quarter, Who.Bookkeeper, run.Id);

        Assert.Equal((BulkStatus.Completed, 2, 0, 1), (undo.Status, undo.Done, undo.Skipped, undo.Failed));
        Assert.Equal([null, "noted", null], (await quarter.ItemsAsync(codes)).Select(i => i.Note));
        Assert.Contains("not changed", Assert.Single(await quarter.SkippedAsync(undo)).Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_is_cancelled_and_undone_by_whoever_asked_or_an_Admin()
    {
        await using var quarter = await Quarter.OpenAsync();
        var (desk, codes) = (quarter.Get<BulkDesk>(), await quarter.NewItemsAsync(1, (item, _) => item.OwnerId = quarter.Town.PersonId(Who.Standard)));
        var asked = await quarter.AskedAsync(Who.Standard, BulkAction.Archive, codes);
        Assert.False(await desk.CancelAsync(quarter.Town.Claim(Who.Bookkeeper), asked));
        await quarter.WorkAsync();
        Assert.Contains("somebody else", (await desk.UndoAsync(quarter.Town.Claim(Who.Bookkeeper), asked)).Refusal, StringComparison.Ordinal);
        Assert.False((await quarter.SeeAsync(Who.Bookkeeper, asked)).IsTheirs);
        Assert.Null((await desk.UndoAsync(quarter.Town.Claim(Who.Admin), asked)).Refusal);

        // A Standard user is shown their own runs alone.
        var latest = await quarter.Get<BulkRuns>().LatestAsync(quarter.Town.Claim(Who.Standard), 50);
        Assert.Equal([asked], latest.Select(r => r.Id));
        Assert.Equal(3, (await quarter.Get<BulkRuns>().LatestAsync(quarter.Town.Claim(Who.Bookkeeper), 50)).Count);
    }

    private static async Task<BulkRunView> UndoneAsync(Quarter quarter, Who who, Guid run)
    {
        var answer = await quarter.Get<BulkDesk>().UndoAsync(quarter.Town.Claim(who), run);
        Assert.Null(answer.Refusal);
        await quarter.WorkAsync();
        return await quarter.SeeAsync(who, answer.RunId!.Value);
    }
}
