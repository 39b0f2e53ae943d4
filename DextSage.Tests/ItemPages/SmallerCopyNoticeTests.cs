using Bunit;
using DextSage.App;
using DextSage.App.Items;
using DextSage.Integration.Items;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class SmallerCopyNoticeTests : BunitContext
{
    private static readonly DocumentView Large = new(Guid.CreateVersion7(), "scan.pdf", "application/pdf", 4_300_000, Pages: 2) { SmallerCopy = "4.1 MB → 1.9 MB, pictures of at most 1,754 pixels in JPEG quality 60" };

    public SmallerCopyNoticeTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(ItemStatus.Ready, "goes to Sage")]
    [InlineData(ItemStatus.Published, "went to Sage")]
    public void It_says_what_goes_to_Sage_and_shows_it(ItemStatus status, string when)
    {
        var notice = Show(ItemViews.Ready with { Status = status, Document = Large });

        Assert.Equal(
            $"Sage takes files of up to 2.5 MB. A smaller copy (4.1 MB → 1.9 MB, pictures of at most 1,754 pixels in JPEG quality 60) {when}; the original is kept here.",
            notice.Find(".ds-notice-text").TextContent.Trim());
        var look = notice.Find("a");
        Assert.Equal(("Look at the copy", Urls.DocumentAsSent("marsh", Large.Id), "_blank"), (look.TextContent.Trim(), look.GetAttribute("href"), look.GetAttribute("target")));
    }

    [Fact]
    public void While_it_is_being_made_it_says_so_and_the_issues_ask_for_nothing()
    {
        var item = ItemViews.Ready with { Status = ItemStatus.ToReview, Document = Large with { SmallerCopy = null }, Issues = [new(ItemField.Document, "A smaller copy is being made.") { IsUnderWay = true }] };

        var notice = Show(item).Find("[role=status]");
        Assert.Equal("A smaller copy is being made.", notice.TextContent.Trim());
        var editing = new ItemEditing(item, Last: null, new FieldPlaces(), (_, _, _) => throw new InvalidOperationException(), () => Task.CompletedTask);
        Assert.Equal("", Render<IssuesPanel>(p => p.AddCascadingValue(editing)).Markup.Trim());
    }

    [Fact]
    public void Where_no_file_goes_to_Sage_nothing_is_said()
    {
        Assert.Equal("", Show(ItemViews.Ready with { Document = Large, PublishWithoutDocument = true }).Markup.Trim());
        Assert.Equal("", Show(ItemViews.Ready with { Document = Large, Destination = Destination.PurchaseQuickEntry }).Markup.Trim());
        Assert.Equal("", Show(ItemViews.Ready with { Document = Large with { SmallerCopy = null } }).Markup.Trim());
    }

    private IRenderedComponent<SmallerCopyNotice> Show(ItemView item) => Render<SmallerCopyNotice>(p => p.Add(n => n.Item, item).Add(n => n.Slug, "marsh"));
}
