using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using DextSage.Tests.Guard;
using Xunit;

namespace DextSage.Tests.Publishing;

/// <summary>What is counted as under way together, from the rows alone.</summary>
public sealed class PublishingFeedTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nothing_open_is_nothing_to_show()
    {
        await using var quarter = await Quarter.OpenAsync();
        await WriteAsync(quarter, (-60, -50));

        Assert.Null(await ReadAsync(quarter));
    }

    [Fact]
    public async Task What_ended_since_the_lane_was_empty_counts_and_what_ended_before_does_not()
    {
        await using var quarter = await Quarter.OpenAsync();
        // Of a run of four, asked for one after the other while the first were published already; and one of an hour ago.
        await WriteAsync(quarter, (-3600, -3590), (-60, -50), (-52, -40), (-45, null), (-44, null));

        var view = await ReadAsync(quarter);

        Assert.Equal((2, 2, 4), (view!.Published, view.Open, view.Total));
    }

    [Fact]
    public async Task One_that_has_waited_for_days_does_not_count_all_that_was_published_meanwhile()
    {
        await using var quarter = await Quarter.OpenAsync();
        await WriteAsync(quarter, (-3 * 86400, null), (-2 * 86400, -86400), (-7200, -7100));
        Assert.Equal(1, (await ReadAsync(quarter))!.Open);
        Assert.InRange((await ReadAsync(quarter))!.Published, 0, 1);

        Assert.Null(await ReadAsync(quarter, quarter.Town.Brook.Id));
    }

    private static async Task<PublishingView?> ReadAsync(Quarter quarter, Guid? business = null)
    {
        await using var db = quarter.Get<BusinessStore>().OpenForJob(business ?? quarter.Town.Marsh.Id);
        return await PublishingFeed.ReadAsync(db, Now, CancellationToken.None);
    }

    /// <param name="times">Seconds from now: asked for, and ended.</param>
    private static async Task WriteAsync(Quarter quarter, params (int Asked, int? Ended)[] times)
    {
        var house = quarter.Town.Marsh;
        foreach (var business in new[] { quarter.Town.Marsh, quarter.Town.Brook })
        {
            await using var clearing = quarter.Get<BusinessStore>().OpenForJob(business.Id);
            clearing.RemoveRange(clearing.Publications);
            await clearing.SaveChangesAsync();
        }

        await using var db = quarter.Get<BusinessStore>().OpenForJob(house.Id);
        foreach (var (asked, ended) in times)
        {
            var item = new Item { BusinessId = house.Id, Code = ItemCode.New(), OwnerId = house.People[Role.Admin], Source = ItemSource.Upload, CreatedAt = Now };
            db.AddRange(item, new Publication
            {
                BusinessId = house.Id, ItemId = item.Id, Generation = 1, RequestedById = item.OwnerId, RequestedAt = Now.AddSeconds(asked),
                EndedAt = ended is { } at ? Now.AddSeconds(at) : null, Status = ended is null ? PublicationStatus.Running : PublicationStatus.Published,
            });
        }

        await db.SaveChangesAsync();
    }
}
