using DextSage.Integration.Items;
using DextSage.Integration.Items.Bulk;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace DextSage.Tests.Journeys;

/// <summary>An item may hold what nobody foresaw, or be named more often than it is there: the others do not suffer for it.</summary>
public sealed class PoisonedItems
{
    [Fact]
    public async Task One_that_cannot_be_sent_says_so_by_itself_and_the_others_are_published()
    {
        await using var workshop = await Workshop.OpenAsync();
        var codes = (await workshop.WithSamplesAsync()).Take(4).Select(r => r.Code).ToList();
        foreach (var code in codes) await workshop.MakeReadyAsync(code);
        // Past every door: as if the rows had come from elsewhere.
        await using (var db = workshop.Get<BusinessStore>().OpenForJob(workshop.BusinessId))
        {
            var (huge, nul, half) = (new string('x', 10_000_000), "ends\0here", "INV-\uD800-1");
            await db.Items.Where(i => i.Code == codes[0]).ExecuteUpdateAsync(set => set.SetProperty(i => i.Description, huge));
            await db.Items.Where(i => i.Code == codes[1]).ExecuteUpdateAsync(set => set.SetProperty(i => i.Note, nul));
            await db.Items.Where(i => i.Code == codes[2]).ExecuteUpdateAsync(set => set.SetProperty(i => i.Reference, half));
        }

        foreach (var code in codes) await workshop.PublishAsync(code);

        var ended = new List<ItemView>();
        foreach (var code in codes) ended.Add(await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published || i.Failure is not null));
        Assert.Equal(ItemStatus.Published, ended[3].Status);
        Assert.All(ended.Where(i => i.Failure is not null), i => Assert.NotEmpty(i.Failure!.Sentence));
        Assert.Equal(ended.Count(i => i.Status is ItemStatus.Published), (await Books.BillsAsync(workshop)).Count);
    }

    [Fact]
    public async Task A_batch_that_names_one_twice_publishes_it_once()
    {
        await using var workshop = await Workshop.OpenAsync();
        var code = (await workshop.WithSamplesAsync())[0].Code;
        await workshop.MakeReadyAsync(code);

        var answer = await workshop.Get<BulkDesk>().AskAsync(workshop.Bookkeeper, new BulkOrder(BulkAction.Publish, new BulkChoice.Ticked([code, code])));

        Assert.Null(answer.Refusal);
        await workshop.EventuallyAsync(() => workshop.Get<BulkRuns>().FindAsync(workshop.Admin, answer.RunId!.Value), r => r is { IsLive: false });
        await workshop.ItemAsync(code, i => i.Status is ItemStatus.Published);
        Assert.Single(await Books.BillsAsync(workshop));
    }
}
