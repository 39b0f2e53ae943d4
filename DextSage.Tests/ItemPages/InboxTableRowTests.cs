using Bunit;
using DextSage.App.Items.Inboxes;
using DextSage.Integration.Items;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InboxTableRowTests : BunitContext
{
    private static readonly InboxRow Row = new(
        "7K3Q9VTMDW", Version: 3, ItemStatus.Ready, ItemType.Invoice, new DateOnly(2026, 11, 7), "Northwind Paper Ltd", "Stationery", "Standard", "INV-1", 120m, 20m, "EUR",
        "bill.pdf", "Alice", ItemViews.Then, Failure: null, SageNumber: null, SageUrl: null, WaitingBecause: null, Issues: []);

    public InboxTableRowTests()
    {
        Services.AddMudServices();
        Services.AddSingleton(TimeProvider.System);
        JSInterop.Mode = JSRuntimeMode.Loose;
    }

    [Theory]
    [InlineData(ItemStatus.Processing, true, false)]
    [InlineData(ItemStatus.ToReview, true, false)]
    [InlineData(ItemStatus.Ready, true, true)]
    [InlineData(ItemStatus.Ready, false, false)]
    [InlineData(ItemStatus.Publishing, true, false)]
    [InlineData(ItemStatus.Published, true, false)]
    public void Publish_is_in_the_rows_that_are_Ready_for_those_who_may(ItemStatus status, bool may, bool isOffered)
    {
        var row = Render<InboxTableRow>(p => p.Add(r => r.Row, Row with { Status = status }).Add(r => r.Slug, "acme").Add(r => r.MayPublish, may));

        Assert.Equal(isOffered, row.FindAll("button").Any(b => b.TextContent.Trim() == "Publish"));
    }

    [Fact]
    public void The_rows_link_opens_the_item_and_the_date_has_its_day_first()
    {
        var row = Render<InboxTableRow>(p => p.Add(r => r.Row, Row).Add(r => r.Slug, "acme"));

        Assert.Equal("/b/acme/costs/7K3Q9VTMDW", row.Find("a.open").GetAttribute("href"));
        Assert.Equal("07/11/2026", row.Find(".date").TextContent);
        Assert.Equal("€120.00", row.Find(".total").TextContent.Trim());
    }

    [Fact]
    public void A_failure_is_said_in_the_open_with_what_to_do()
    {
        var row = Render<InboxTableRow>(p => p.Add(r => r.Row, Row with { Failure = new("X", null, "Sage refused it.", "Choose another category.", null) }).Add(r => r.Slug, "acme"));

        Assert.Equal("Sage refused it. Choose another category.", row.Find("tr.reason").TextContent.Trim());
        Assert.Contains("Publish failed", row.Find(".status").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Issues_are_described_to_those_who_cannot_point()
    {
        var row = Render<InboxTableRow>(p => p.Add(r => r.Row, Row with { Status = ItemStatus.ToReview, Issues = ["Choose a category."] }).Add(r => r.Slug, "acme"));

        var id = row.Find(".why-button").GetAttribute("aria-describedby");
        Assert.Equal("Choose a category.", row.Find($"#{id}").TextContent.Trim());
    }
}
