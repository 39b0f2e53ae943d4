using Bunit;
using DextSage.App.Items.Invoices;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Items;
using DextSage.Tests.Intake.Structured;
using MudBlazor.Services;
using Xunit;

namespace DextSage.Tests.ItemPages;

public sealed class InvoiceSheetTests : BunitContext
{
    public InvoiceSheetTests() => Services.AddMudServices();

    [Fact]
    public void An_e_invoice_is_shown_with_its_parties_lines_and_totals()
    {
        var sheet = Draw(new DrawnInvoice { Discount = 5 });

        Assert.Equal("Invoice N-2026-118", sheet.Find("h2").TextContent.Trim());
        Assert.Equal(["Northgate Stationers Ltd", "Marsh & Daughters Ltd"], sheet.FindAll("address strong").Select(s => s.TextContent));
        Assert.Equal(4, sheet.FindAll("tbody")[0].QuerySelectorAll("tr").Length);
        Assert.Contains("Copier paper A4", sheet.Markup, StringComparison.Ordinal);
        Assert.Equal(["£120.50", "£19.20", "£139.70"], sheet.FindAll(".totals .ds-money").Select(m => m.TextContent));
        Assert.Empty(sheet.FindAll(".checks li"));
    }

    [Fact]
    public void What_does_not_add_up_is_said_above_the_lines() =>
        Assert.Contains("the total is stated as 150.00", Draw(new DrawnInvoice { Discount = 5, StatedTotal = 150 }).FindAll(".checks li")[0].TextContent, StringComparison.Ordinal);

    [Fact]
    public void What_its_pages_say_otherwise_is_said_above_the_lines() =>
        Assert.Equal("The page shows a total of 2.00; the e-invoice states 1.00.", Draw(new DrawnInvoice(), new PageDifference(ItemField.Total, "The page shows a total of 2.00; the e-invoice states 1.00.")).Find(".checks li").TextContent);

    [Fact]
    public void Of_very_many_lines_a_page_shows_the_first_and_counts_the_others()
    {
        var sheet = Draw(new DrawnInvoice { Lines = [.. Enumerable.Range(1, 620).Select(n => new DrawnLine($"Part {n}", 1, 1, 20))] });

        Assert.Equal(500, sheet.FindAll("tbody")[0].QuerySelectorAll("tr").Length);
        Assert.Contains("And 120 more lines", sheet.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_sender_writes_stays_text() =>
        Assert.Empty(Draw(new DrawnInvoice { Lines = [new("<script>alert(1)</script><img src=x onerror=alert(1)>", 1, 10, 20)] }).FindAll("script, img"));

    private IRenderedComponent<InvoiceSheet> Draw(DrawnInvoice drawn, params PageDifference[] differences)
    {
        var invoice = StructuredReader.Read(drawn.Ubl()).Invoice!;
        return Render<InvoiceSheet>(p => p.Add(s => s.View, new StructuredView(invoice, SumChecks.Of(invoice), differences, StructuredLines.Of(invoice).WhyNot)));
    }
}
