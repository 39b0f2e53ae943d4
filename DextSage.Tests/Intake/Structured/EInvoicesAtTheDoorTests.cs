using System.Text;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using DextSage.Tests.Corpus;
using Xunit;

namespace DextSage.Tests.Intake.Structured;

/// <summary>Electronic invoices through the same doors as all other papers.</summary>
public sealed class EInvoicesAtTheDoorTests(ITestOutputHelper output)
{
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 11, 20), "GBP");

    [Fact]
    public async Task An_invoice_is_taken_by_its_content_whatever_it_is_called()
    {
        var inspection = await InspectAsync(new DrawnInvoice().Ubl(), "invoice.pdf");
        Assert.Equal((PaperKind.Invoice, "application/xml", ".xml"), (inspection.Facts!.Kind, inspection.Facts.ContentType, inspection.Facts.Extension));
        Assert.True((await InspectAsync(new DrawnInvoice().Cii(), "x")).IsAccepted);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><Order/>", "“x.xml” is XML, but not an electronic invoice: neither UBL nor UN/CEFACT CII.")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", "“x.xml” is XML with a document type of its own, which electronic invoices do not have.")]
    [InlineData("<?xml version=\"1.0\"?><a", "“x.xml” is damaged or cut short.")]
    [InlineData("<html><body>Invoice</body></html>", "“x.xml” is not a PDF, JPEG, PNG, TIFF, HEIC, ZIP or electronic invoice, whatever its name says.")]
    public async Task Other_xml_is_refused_with_a_sentence(string xml, string sentence) =>
        Assert.Equal(sentence, (await InspectAsync(Encoding.UTF8.GetBytes(xml), "x.xml")).Refusal!.Sentence);

    [Theory]
    [InlineData("factur-x.xml")]
    [InlineData("ZUGFeRD-invoice.xml")]
    [InlineData("xrechnung.xml")]
    public async Task The_invoice_within_a_pdf_is_read_by_the_worker(string name)
    {
        var pdf = FacturX.Around(new DrawnInvoice().Cii(), name);
        Assert.Equal(PaperKind.Pdf, (await InspectAsync(pdf, "a.pdf")).Facts?.Kind);

        var reading = await TestPapers.Reader.ReadAsync(pdf, Context, TestContext.Current.CancellationToken);

        Assert.Equal((StructuredSyntax.Cii, 145.70m, "Northgate Stationers Ltd"), (reading.Invoice!.Syntax, reading.Total!.Value, reading.Supplier!.Value));
        Assert.Equal(new DrawnInvoice().Cii(), await TestPapers.Reader.InvoiceAsync(pdf, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_pdf_whose_invoice_is_a_trap_is_read_without_it()
    {
        foreach (var trap in new[] { "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>", string.Concat(Enumerable.Repeat("<a>", 50_000)), "", "no xml" })
            Assert.Null((await TestPapers.Reader.ReadAsync(FacturX.Around(Encoding.UTF8.GetBytes(trap)), Context, TestContext.Current.CancellationToken)).Invoice);
        Assert.Null((await TestPapers.Reader.ReadAsync(FacturX.Around(new DrawnInvoice().Cii(), "other.xml"), Context, TestContext.Current.CancellationToken)).Invoice);
    }

    [Theory]
    [InlineData("ubl")]
    [InlineData("cii")]
    [InlineData("factur-x")]
    [InlineData("broken")]
    public async Task No_field_of_a_real_one_is_wrong_and_nothing_hangs_or_falls_over(string folder)
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var root = Path.Combine(Shared.Folder!, "corpus", folder);
        foreach (var path in CorpusFile.In(root))
        {
            var file = await CorpusFile.ReadAsync(TestPapers.Inspector, TestPapers.Reader, root, path, Context);
            Assert.Null(file.Harm);
            if (file.Refusal is not null) output.WriteLine(file.Refusal);
            Assert.True(file.IsStructured || folder is "broken", $"{file.Name} was not read as an electronic invoice.");
            Assert.All(file.Fields, f => Assert.True(f.Verdict is not Verdict.Wrong, $"{file.Name} {f.Name}: read {f.Read}, is {string.Join(" or ", f.Right)}"));
        }
    }

    private static Task<PaperInspection> InspectAsync(byte[] content, string name) => TestPapers.Inspector.InspectAsync(content, name, TestContext.Current.CancellationToken);
}
