using Bunit;
using DextSage.App.Checks;
using DextSage.Integration.Connections;
using DextSage.Integration.Items;
using DextSage.Integration.People;
using DextSage.Integration.Publishing;
using DextSage.Tests.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace DextSage.Tests.ItemPages;

/// <summary>The page "Check against Sage", and what an item says of itself.</summary>
public sealed class BooksCheckPageTests : Screen
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly DateTimeOffset Then = new(2026, 11, 29, 3, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Before_the_first_check_it_says_what_will_be_there()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);

        var page = Shown();

        Assert.Contains("Nothing has been checked yet", page.Markup, StringComparison.Ordinal);
        page.FindAll("button").Single(b => b.TextContent.Trim() == "Check now").Click();
        page.WaitForAssertion(() => Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == "Checking" && b.HasAttribute("disabled")), Patience);
    }

    [Fact]
    public async Task What_differs_is_listed_filtered_by_link_and_accepted_with_who_has_said_so()
    {
        await FurnishAsync();
        var page = Shown();
        Assert.Equal(["To look at 2", "Changed 1", "Deleted 1", "Accepted 0", "Resolved 0"], page.FindAll("nav[aria-label=Differences] a").Select(a => string.Join(' ', a.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("/b/marsh/activity/sage-check?show=changed", page.FindAll("nav[aria-label=Differences] a")[1].GetAttribute("href"));
        Assert.Contains(page.FindAll("tbody tr"), r => r.TextContent.Contains("Total 120.00 → 125.00", StringComparison.Ordinal));

        var changed = Shown("?show=changed");
        Assert.Single(changed.FindAll("tbody tr"));
        changed.FindAll("button").Single(b => b.TextContent.StartsWith("Accept", StringComparison.Ordinal)).Click();

        changed.WaitForAssertion(() => Assert.Empty(changed.FindAll("tbody tr")), Patience);
        Assert.Contains("Admin accepted this", Shown("?show=accepted").Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_says_what_was_changed_since_and_that_it_was_deleted()
    {
        await FurnishAsync();

        Assert.Contains("Total 120.00 → 125.00", RenderAs<InSageSince>(Role.Admin, p => p.Add(i => i.Code, "CHANGED")).Markup, StringComparison.Ordinal);
        Assert.Contains("Deleted in Sage", RenderAs<InSageSince>(Role.Admin, p => p.Add(i => i.Code, "DELETED")).Markup, StringComparison.Ordinal);
        // Somebody else's, for a Standard user.
        Assert.Empty(RenderAs<InSageSince>(Role.Standard, p => p.Add(i => i.Code, "CHANGED")).Markup.Trim());
    }

    private IRenderedComponent<BooksCheckPage> Shown(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/b/marsh/activity/sage-check{query}");
        var page = RenderAs<BooksCheckPage>(Role.Admin, p => p.Add(c => c.Slug, "marsh"));
        page.WaitForState(() => page.FindAll("nav[aria-label=Differences]").Count > 0, Patience);
        return page;
    }

    private async Task FurnishAsync()
    {
        await SettleInAsync();
        await WriteConnectionAsync(ConnectionStatus.Connected);
        var (changed, deleted) = (Item("CHANGED"), Item("DELETED"));
        await WriteAsync(changed, deleted,
            new BooksCheck { BusinessId = Business.Id, QueuedAt = Then, Since = Then, Status = CheckStatus.Completed, EndedAt = Then, Documents = 2 },
            new PublicationDifference { BusinessId = Business.Id, ItemId = changed.Id, DocumentId = "D1", Kind = DifferenceKind.Changed, Field = "total", Meant = "120.00", InSage = "125.00", FirstSeenAt = Then },
            new PublicationDifference { BusinessId = Business.Id, ItemId = deleted.Id, DocumentId = "D1", Kind = DifferenceKind.Deleted, Field = PublicationDifference.WholeDocument, FirstSeenAt = Then });
    }

    private Item Item(string code) => new()
    {
        BusinessId = Business.Id, Code = code, OwnerId = MemberAs(Role.Admin).Caller.PersonId, Source = ItemSource.Upload, CreatedAt = Then, SupplierName = $"{code} Ltd",
        Status = ItemStatus.Published, Place = Place.Archive, PublishedAt = Then, SageDocumentId = "D1", SageNumber = "PI-1",
    };
}
