using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Intake.Structured;

/// <summary>Invoices that are a page and an electronic invoice in one file, and the two say different things.</summary>
public sealed class PageDifferencesTests
{
    private static readonly DrawnInvoice Drawn = new() { Lines = [new("Copier paper A4", 10, 3.95m, 20), new("Toner", 1, 61.5m, 20)], Discount = 5 };

    [Fact]
    public void What_the_page_says_otherwise_stays_empty_and_is_said_with_both_values()
    {
        var reading = Read(Drawn, new() { Total = On(1152m), Date = On(new DateOnly(2026, 11, 20)), Reference = On("N-2026-119") });

        Assert.Equal(default((decimal?, decimal?, decimal?, DateOnly?, string?)), (reading.Total?.Value, reading.Tax?.Value, reading.Net?.Value, reading.Date?.Value, reading.Reference?.Value));
        Assert.Equal(("Northgate Stationers Ltd", "GBP", new DateOnly(2026, 12, 2)), (reading.Supplier?.Value, reading.Currency?.Value, reading.DueDate?.Value));
        Assert.Equal(
            [
                "The page shows a total of 1,152.00; the e-invoice states 115.20.",
                "The page shows the date 20 November 2026; the e-invoice states 2 November 2026.",
                "The page shows the number N-2026-119; the e-invoice states N-2026-118.",
            ],
            reading.Differences.Select(d => d.Sentence));
    }

    [Fact]
    public void The_same_in_other_words_is_no_difference_and_nor_is_what_the_page_does_not_say()
    {
        Assert.Equal((115.20m, "N-2026-118", 0), Found(Read(Drawn, new() { Total = On(115.20m), Reference = On("n 2026/118") })));
        Assert.Equal((115.20m, "N-2026-118", 0), Found(Read(Drawn, new() { Total = On(-115.20m) })));
        Assert.Equal((115.20m, "N-2026-118", 0), Found(Read(Drawn, PaperReading.Nothing)));

        static (decimal?, string?, int) Found(PaperReading reading) => (reading.Total?.Value, reading.Reference?.Value, reading.Differences.Count);
    }

    [Fact]
    public async Task The_page_of_a_pdf_is_held_against_the_invoice_within_it()
    {
        var context = new ReadingContext(OwnBusinessName: null, new DateOnly(2026, 11, 30), "GBP");

        var honest = await TestPapers.Reader.ReadAsync(Pdf("115.20"), context, TestContext.Current.CancellationToken);
        var forged = await TestPapers.Reader.ReadAsync(Pdf("1,115.20"), context, TestContext.Current.CancellationToken);

        Assert.Equal((115.20m, 1), (honest.Total?.Value, honest.Total?.Page));
        Assert.Empty(honest.Differences);
        Assert.Equal((null, "The page shows a total of 1,115.20; the e-invoice states 115.20."), (forged.Total?.Value, Assert.Single(forged.Differences).Sentence));

        static byte[] Pdf(string total) => FacturX.Around(Drawn.Cii(), page: ["Northgate Stationers Ltd", "Invoice number: N-2026-118", "Invoice date: 2 November 2026", $"Total amount due: GBP {total}"]);
    }

    private static PaperReading Read(DrawnInvoice drawn, PaperReading page) => StructuredValues.Of(StructuredReader.Read(drawn.Cii()).Invoice!, page);

    private static ReadValue<T> On<T>(T value) => new(value, 1m, "as printed", 1, PageBox.Nowhere);
}
