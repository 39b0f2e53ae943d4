using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>How often a document is tried: what says nothing of it is no try.</summary>
public sealed class ReadWorkTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stop_in_the_middle_of_a_reading_gives_the_try_back()
    {
        using var workers = TestPapers.New(TimeSpan.FromMinutes(1));
        await using var quarter = await Quarter.OpenAsync(s => s.AddSingleton(workers));
        var item = await HandInAsync(quarter, PdfTraps.Slow);
        using var stop = new CancellationTokenSource();

        var reading = quarter.Get<ReadWork>().RunAsync(quarter.Town.Marsh.Id, stop.Token);
        await Wait.UntilAsync(async () => (await FindAsync(quarter, item)).ReadTries == 1, "it has begun");
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
        Assert.Equal((ItemStatus.Processing, 0), await StateAsync(quarter, item));
    }

    [Fact]
    public async Task A_machine_without_room_for_a_worker_gives_the_try_back()
    {
        using var missing = TestPapers.New(TimeSpan.FromSeconds(5), command: new PaperWorkerCommand("/nowhere/DextSage", []));
        await using var quarter = await Quarter.OpenAsync(s => s.AddSingleton(missing));
        var item = await HandInAsync(quarter, PdfTraps.Slow);

        for (var time = 0; time < 3; time++) await Assert.ThrowsAsync<PaperWorkerException>(() => quarter.Get<ReadWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation));

        Assert.Equal((ItemStatus.Processing, 0), await StateAsync(quarter, item));
    }

    [Fact]
    public async Task A_document_that_takes_the_program_with_it_twice_is_left_unread()
    {
        await using var quarter = await Quarter.OpenAsync();
        var item = await HandInAsync(quarter, SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content, tries: 2);

        await quarter.Get<ReadWork>().RunAsync(quarter.Town.Marsh.Id, Cancellation);

        var read = await FindAsync(quarter, item);
        Assert.Equal((ItemStatus.ToReview, null), (read.Status, read.Total));
    }

    private static async Task<Guid> HandInAsync(Quarter quarter, byte[] pdf, int tries = 0)
    {
        var marsh = quarter.Town.Marsh;
        var stored = await quarter.Get<DocumentStore>().SaveAsync(pdf, Cancellation);
        var item = new Item
        {
            BusinessId = marsh.Id, Code = "SLOW", OwnerId = marsh.People[Role.Admin], Source = ItemSource.Upload, CreatedAt = DateTimeOffset.UnixEpoch, Status = ItemStatus.Processing, ReadTries = tries,
            Document = new Document { BusinessId = marsh.Id, Sha256 = stored.Sha256, FileName = "a.pdf", ContentType = "application/pdf", Length = stored.Length },
        };
        await using var db = quarter.Get<BusinessStore>().OpenForJob(marsh.Id);
        db.Add(item);
        await db.SaveChangesAsync(Cancellation);
        return item.Id;
    }

    private static async Task<Item> FindAsync(Quarter quarter, Guid id)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(quarter.Town.Marsh.Id);
        return await db.Items.AsNoTracking().SingleAsync(i => i.Id == id, Cancellation);
    }

    private static async Task<(ItemStatus, int)> StateAsync(Quarter quarter, Guid id) => await FindAsync(quarter, id) is var item ? (item.Status, item.ReadTries) : default;
}
