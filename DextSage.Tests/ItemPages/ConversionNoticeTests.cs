using Bunit;
using DextSage.App;
using DextSage.App.Items;
using DextSage.Integration.Items;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class ConversionNoticeTests : BunitContext
{
    private static readonly DocumentView Fax = new(Guid.CreateVersion7(), "fax.pdf", "application/pdf", 43_000, Pages: 3) { Conversion = "Made into a PDF of 3 pages: it came as TIFF" };

    public ConversionNoticeTests()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public void It_says_what_was_made_and_hands_out_the_original()
    {
        var notice = Show(Fax);

        Assert.Equal("Made into a PDF of 3 pages: it came as TIFF. It is what you see, and what is sent on; the file as it came is kept here.", notice.Find(".ds-notice-text").TextContent.Trim());
        var link = notice.Find("a");
        Assert.Equal(("Download the original", Urls.DocumentAsItCame("marsh", Fax.Id), true), (link.TextContent.Trim(), link.GetAttribute("href"), link.HasAttribute("download")));
    }

    [Fact]
    public void Of_a_document_that_is_as_it_came_nothing_is_said()
    {
        Assert.Equal("", Show(Fax with { Conversion = null }).Markup.Trim());
        Assert.Equal("", Show(null).Markup.Trim());
    }

    private IRenderedComponent<ConversionNotice> Show(DocumentView? document) => Render<ConversionNotice>(p => p.Add(n => n.Document, document).Add(n => n.Slug, "marsh"));
}
