using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Samples;
using Xunit;

namespace DextSage.Tests.Intake;

public sealed class SampleDocumentsTests
{
    private static readonly DateOnly Today = new(2026, 3, 9);

    [Theory]
    [InlineData("GBP")]
    [InlineData("EUR")]
    [InlineData("USD")]
    public void Every_sample_is_read_completely_and_correctly(string currency)
    {
        var context = new ReadingContext("Marsh & Daughters Ltd", Today, currency);
        var samples = SampleDocuments.Draw(Today, currency);
        foreach (var (sample, invoice) in samples.Zip(SampleInvoices.Of(Today)))
        {
            var reading = TestPapers.ReadHere(sample.Content, context);
            Assert.Equal(
                (sample.FileName, invoice.Supplier, invoice.Reference, invoice.Date, invoice.DueDate, invoice.Net, invoice.Vat, invoice.Total, currency),
                (sample.FileName, reading.Supplier?.Value, reading.Reference?.Value, reading.Date?.Value, reading.DueDate?.Value,
                    reading.Net?.Value, reading.Tax?.Value, reading.Total?.Value, reading.Currency?.Value));
        }
    }

    [Fact]
    public void The_supplier_is_found_without_knowing_the_own_business()
    {
        foreach (var (sample, invoice) in SampleDocuments.Draw(Today).Zip(SampleInvoices.Of(Today)))
        {
            var reading = TestPapers.ReadHere(sample.Content, new ReadingContext(null, Today, "GBP"));
            Assert.Equal(invoice.Supplier, reading.Supplier?.Value);
        }
    }

    [Fact]
    public void The_same_day_gives_the_same_bytes_and_another_day_others()
    {
        var (once, twice, other) = (SampleDocuments.Draw(Today), SampleDocuments.Draw(Today), SampleDocuments.Draw(Today.AddDays(1)));
        Assert.All(once.Zip(twice), pair => Assert.Equal(pair.First.Content, pair.Second.Content));
        Assert.All(once.Zip(other), pair => Assert.NotEqual(pair.First.Content, pair.Second.Content));
    }

    [Fact]
    public async Task Samples_are_accepted_at_the_door_and_dated_before_today()
    {
        foreach (var sample in SampleDocuments.Draw(Today))
        {
            var inspection = await TestPapers.Inspector.InspectAsync(sample.Content, sample.FileName, TestContext.Current.CancellationToken);
            Assert.Equal(new PaperFacts(PaperKind.Pdf, 1, null, null), inspection.Facts);
        }

        Assert.All(SampleInvoices.Of(Today), invoice => Assert.True(invoice.Date < Today && invoice.Date > Today.AddDays(-31)));
    }

    [Fact]
    public void Samples_are_of_five_suppliers_under_five_names()
    {
        Assert.Equal(5, SampleInvoices.Of(Today).Select(invoice => invoice.Supplier).Distinct().Count());
        Assert.Equal(5, SampleDocuments.Draw(Today).Select(sample => sample.FileName).Distinct().Count());
    }
}
