using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Structured;
using Xunit;

namespace DextSage.Tests.Intake.Structured;

/// <summary>An electronic invoice as a PDF for Sage.</summary>
public sealed class InvoiceDrawingTests
{
    private static readonly DrawnInvoice Drawn = new() { Lines = [new("Copier paper A4", 10, 3.95m, 20), new("Toner", 1, 61.5m, 20)], Discount = 5 };

    [Fact]
    public void It_shows_who_what_and_how_much()
    {
        var text = TextOf(InvoiceDrawing.Draw(Invoice(Drawn.Ubl())), out var pages);

        Assert.Equal(1, pages);
        foreach (var shown in new[] { "N-2026-118", "Northgate Stationers Ltd", "2 November 2026", "Copier paper A4", "Toner", "39.50", "61.50", "Loyalty", "19.20", "GBP 115.20" }) Assert.Contains(shown, text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_invoice_gives_the_same_bytes() => Assert.Equal(InvoiceDrawing.Draw(Invoice(Drawn.Cii())), InvoiceDrawing.Draw(Invoice(Drawn.Cii())));

    [Fact]
    public void Letters_that_the_fonts_lack_and_endless_words_do_no_harm()
    {
        var strange = Invoice((Drawn with { Seller = "Łódź 株式会社 – “Käse” €5 \u202E x", Lines = [new(new string('W', 3000), 1, 1, 20), new("  ", 1, 2, 20), new("a\tb", 1, 3, 20)] }).Ubl());

        var text = TextOf(InvoiceDrawing.Draw(strange), out _);

        Assert.Contains("Kase", text, StringComparison.Ordinal);
        Assert.Contains("EUR5", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Pictures_among_the_letters_and_a_number_without_end_cost_nothing()
    {
        var strange = Invoice((Drawn with { Number = "2026\u2011118 " + new string('9', 1_000_000), Seller = "Thank you 😊 𝐛𝐨𝐥𝐝 Ltd" }).Ubl());

        var text = TextOf(InvoiceDrawing.Draw(strange), out var pages);

        Assert.Equal(1, pages);
        Assert.Contains("2026-118", text, StringComparison.Ordinal);
        Assert.Contains("Thank you ?", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hundreds_of_lines_go_on_on_further_pages_and_those_left_out_are_counted()
    {
        var text = TextOf(InvoiceDrawing.Draw(Invoice((Drawn with { Lines = [.. Enumerable.Range(1, 450).Select(n => new DrawnLine($"Article {n}", 1, 1, 20))] }).Ubl())), out var pages);

        Assert.InRange(pages, 8, 40);
        Assert.Contains("Article 400", text, StringComparison.Ordinal);
        Assert.Matches(@"and 5\d more lines", text);
    }

    [Fact]
    public void Every_invoice_of_the_corpus_can_be_drawn()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var files = new[] { "ubl", "cii" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "corpus", f), "*.xml")).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            if (StructuredReader.Read(File.ReadAllBytes(file)).Invoice is not { } invoice) continue;
            Assert.Contains(invoice.Number!, TextOf(InvoiceDrawing.Draw(invoice), out var pages), StringComparison.Ordinal);
            Assert.InRange(pages, 1, 40);
        }
    }

    private static StructuredInvoice Invoice(byte[] xml) => StructuredReader.Read(xml).Invoice!;

    private static string TextOf(byte[] pdf, out int pages)
    {
        var visit = PdfDoor.Visit(pdf, d => (d.NumberOfPages, Text: string.Join('\n', d.GetPages().Select(p => string.Join(' ', p.GetWords().Select(w => w.Text))))));
        Assert.Equal(PdfTrouble.None, visit.Trouble);
        pages = visit.Found.NumberOfPages;
        return visit.Found.Text;
    }
}
