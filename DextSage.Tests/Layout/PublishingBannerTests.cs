using Bunit;
using DextSage.App.Layout;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Integration.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.Layout;

public sealed class PublishingBannerTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly PublishingView Going = new(Published: 11, Refused: 1, Open: 28, Waiting: 0, WaitingFor.Nothing, NextTryAt: null, Workspace.Costs);
    private readonly DateTimeOffset now = TimeProvider.System.GetUtcNow();

    [Fact]
    public void It_counts_and_leads_to_what_is_under_way_and_to_what_was_refused()
    {
        var banner = View(Going);

        Assert.Equal("Publishing to Sage: 12 of 40", banner.Find("strong").TextContent);
        Assert.Equal(("40", "12"), (banner.Find("progress").GetAttribute("max"), banner.Find("progress").GetAttribute("value")));
        Assert.Equal(["1 refused", "See them"], banner.FindAll("a").Select(a => a.TextContent));
        Assert.Equal(["/b/marsh/costs?tab=failed", "/b/marsh/costs?publishing=yes"], banner.FindAll("a").Select(a => a.GetAttribute("href")));
        Assert.Contains("ds-refresh-success", banner.Find("section").ClassName, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(28, WaitingFor.SageIsBusy, "Publishing is waiting: 12 of 40", "Sage is busy. It goes on by itself.")]
    [InlineData(28, WaitingFor.Reconnect, "Publishing is waiting: 12 of 40", "It goes on by itself once an Admin has reconnected to Sage.")]
    [InlineData(3, WaitingFor.AnswerUnknown, "Publishing to Sage: 12 of 40", "3 of them wait. Sage's answer was lost. It is asked again with the same id, so nothing is created twice.")]
    [InlineData(1, WaitingFor.SageIsBusy, "Publishing to Sage: 12 of 40", "One of them waits. Sage is busy. It goes on by itself.")]
    [InlineData(0, WaitingFor.Nothing, "Publishing to Sage: 12 of 40", null)]
    public void It_says_what_it_waits_for(int waiting, WaitingFor reason, string title, string? sentence)
    {
        var view = Going with { Waiting = waiting, WaitingFor = reason };

        Assert.Equal((title, sentence), (PublishingBannerWords.Title(view), PublishingBannerWords.Waits(view)));
        Assert.Equal(view.IsHeldUp, View(view).Find("section").ClassName!.Contains("ds-refresh-warning", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everybody_sees_it_whenever_they_come_and_it_goes_when_all_have_ended()
    {
        await SettleInAsync();
        await WriteAsync([.. Publications(count: 5, ended: 2)]);
        var early = RenderAs<PublishingBanner>(Role.Admin);
        early.WaitForAssertion(() => Assert.Equal("Publishing to Sage: 2 of 5", early.Find("strong").TextContent), Patience);

        await EndAsync(1);
        early.WaitForAssertion(() => Assert.Equal("Publishing to Sage: 3 of 5", early.Find("strong").TextContent), Patience);
        var late = RenderAs<PublishingBanner>(Role.Standard);
        late.WaitForAssertion(() => Assert.Equal("Publishing to Sage: 3 of 5", late.Find("strong").TextContent), Patience);

        await EndAsync(2);
        early.WaitForAssertion(() => Assert.Empty(early.FindAll("section")), Patience);
        Assert.Equal("Publishing has come to its end.", early.Find("[role=status]").TextContent);
    }

    [Fact]
    public async Task A_single_item_that_goes_well_moves_no_page_and_one_that_waits_is_told()
    {
        await SettleInAsync();
        await WriteAsync([.. Publications(count: 1, ended: 0)]);
        var banner = RenderAs<PublishingBanner>(Role.Admin);
        Assert.Empty(banner.FindAll("section"));

        await using (var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id)) await db.Publications.ExecuteUpdateAsync(set => set.SetProperty(p => p.WaitingFor, WaitingFor.Reconnect));
        Services.GetRequiredService<BusinessSignal>().Raise(Business.Id);

        banner.WaitForAssertion(() => Assert.Equal("Publishing is waiting: 0 of 1", banner.Find("strong").TextContent), Patience);
    }

    private IRenderedComponent<PublishingBannerView> View(PublishingView view) =>
        Render<PublishingBannerView>(p => p.Add(b => b.Now, view).Add(b => b.Slug, "marsh"));

    private async Task EndAsync(int count)
    {
        await using (var db = Services.GetRequiredService<BusinessStore>().OpenForJob(Business.Id))
            await db.Publications.Where(p => p.EndedAt == null).OrderBy(p => p.RequestedAt).Take(count)
                .ExecuteUpdateAsync(set => set.SetProperty(p => p.EndedAt, now).SetProperty(p => p.Status, PublicationStatus.Published));
        Services.GetRequiredService<BusinessSignal>().Raise(Business.Id);
    }

    private IEnumerable<object> Publications(int count, int ended)
    {
        for (var n = 0; n < count; n++)
        {
            var item = new Item { BusinessId = Business.Id, Code = $"CODE{n}", OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = now, Status = ItemStatus.Publishing };
            yield return item;
            yield return new Publication
            {
                BusinessId = Business.Id, ItemId = item.Id, Generation = 1, RequestedById = item.OwnerId, RequestedAt = now.AddSeconds(n - 60),
                Status = n < ended ? PublicationStatus.Published : PublicationStatus.Queued, EndedAt = n < ended ? now.AddSeconds(n - 10) : null,
            };
        }
    }
}
