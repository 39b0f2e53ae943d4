using System.Diagnostics;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Samples;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using DextSage.Integration.Storage;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>PDFs that once broke a viewer, taken apart and put together with others: pages or a sentence, in bounded time.</summary>
public sealed class HostileBindingTests(ITestOutputHelper output) : IDisposable
{
    private static readonly Guid Business = Guid.NewGuid();
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 6, 1), "GBP");
    private readonly string folder = Folders.New("binding");

    [Fact]
    public async Task Each_is_split_and_merged_or_refused_with_a_sentence()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        using var workers = TestPapers.New(TimeSpan.FromSeconds(4));
        var documents = new DocumentStore(folder);
        var binder = new PageBinder(documents, workers);
        var invoice = await KeepAsync(documents, Invoice(), "invoice.pdf", 1);
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Files().Select(async file =>
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var pages = (await new PaperInspector(workers).InspectAsync(content, Path.GetFileName(file), TestContext.Current.CancellationToken)).Facts?.Pages;
            var document = await KeepAsync(documents, content, Path.GetFileName(file), pages ?? 2);
            BoundPages[] bound =
            [
                await binder.BindAsync(Business, [new Sheets(document, 1, 1)], "first.pdf", TestContext.Current.CancellationToken),
                await binder.BindAsync(Business, [Sheets.AllOf(document), Sheets.AllOf(invoice)], "both.pdf", TestContext.Current.CancellationToken),
            ];
            Assert.Equal(content, await ReadAsync(documents, document));
            return (Name: Path.GetFileName(file), Bound: bound);
        }));
        foreach (var (name, bound) in answers)
        {
            foreach (var refusal in bound.Select(b => b.Refusal).OfType<string>())
            {
                output.WriteLine($"{name}: {refusal}");
                Assert.EndsWith("Nothing has changed.", refusal, StringComparison.Ordinal);
            }

            foreach (var made in bound.Select(b => b.Document).OfType<Document>())
            {
                var inspection = await new PaperInspector(workers).InspectAsync(await ReadAsync(documents, made), name, TestContext.Current.CancellationToken);
                if (inspection.Facts?.Pages != made.Pages) output.WriteLine($"{name}: {made.FileName} was bound, and then: {inspection.Refusal?.Sentence ?? $"{inspection.Facts?.Pages} pages"}");
                Assert.Equal(made.Pages, inspection.Facts?.Pages);
            }
        }

        output.WriteLine($"{answers.Length} files in {watch.Elapsed.TotalSeconds:0.0} s, {answers.Count(a => a.Bound.All(b => b.Document is not null))} of them bound.");
        Assert.Contains(answers, a => a.Bound.All(b => b.Document is not null));
        Assert.Contains(answers, a => a.Bound.Any(b => b.Refusal is not null));
    }

    [Fact]
    public async Task Real_invoices_keep_their_words_whether_taken_apart_or_put_together()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        var documents = new DocumentStore(folder);
        var binder = new PageBinder(documents, TestPapers.Workers);
        List<Document> papers = [];
        // Two of them are encrypted, with a password that is empty.
        string[] encrypted = [Path.Combine(Shared.Folder!, "corpus", "hostile", "pdf", "pr6531_2.pdf"), Path.Combine(Shared.Folder!, "corpus", "hostile", "pdf", "empty_protected.pdf")];
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Shared.Folder!, "corpus", "pdf-text"), "*.pdf").Order(StringComparer.Ordinal).Concat(encrypted))
        {
            var content = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            var pages = (await TestPapers.Inspector.InspectAsync(content, file, TestContext.Current.CancellationToken)).Facts!.Pages;
            papers.Add(await KeepAsync(documents, content, Path.GetFileName(file), pages));
        }

        var both = (await binder.BindAsync(Business, papers.ConvertAll(Sheets.AllOf), "all.pdf", TestContext.Current.CancellationToken)).Document!;
        Assert.Equal(papers.Sum(p => p.Pages), both.Pages);
        var from = 1;
        foreach (var paper in papers)
        {
            var part = (await binder.BindAsync(Business, [new Sheets(both, from, from + paper.Pages!.Value - 1)], paper.FileName, TestContext.Current.CancellationToken)).Document!;
            Assert.Equal(await WordsAsync(documents, paper), await WordsAsync(documents, part));
            from += paper.Pages.Value;
        }
    }

    [Fact]
    public async Task Of_very_many_pages_each_can_be_taken_out_and_one_too_many_is_refused()
    {
        var documents = new DocumentStore(folder);
        var binder = new PageBinder(documents, TestPapers.Workers);
        var invoice = await KeepAsync(documents, Invoice(), "invoice.pdf", 1);

        var most = (await binder.BindAsync(Business, [.. Enumerable.Repeat(Sheets.AllOf(invoice), PaperInspector.MaxPages)], "most.pdf", TestContext.Current.CancellationToken)).Document!;
        Assert.Equal(PaperInspector.MaxPages, (await TestPapers.Inspector.InspectAsync(await ReadAsync(documents, most), "most.pdf", TestContext.Current.CancellationToken)).Facts?.Pages);
        foreach (var page in new[] { 1, 100, PaperInspector.MaxPages })
        {
            var part = (await binder.BindAsync(Business, [new Sheets(most, page, page)], "part.pdf", TestContext.Current.CancellationToken)).Document!;
            Assert.Equal(await WordsAsync(documents, invoice), await WordsAsync(documents, part));
        }

        var tooMany = await binder.BindAsync(Business, [Sheets.AllOf(most), Sheets.AllOf(invoice)], "more.pdf", TestContext.Current.CancellationToken);
        Assert.Equal("Together these have 201 pages. A document has at most 200.", tooMany.Refusal);
    }

    [Fact]
    public async Task One_that_was_cut_off_or_has_gone_from_the_store_is_refused()
    {
        var documents = new DocumentStore(folder);
        var binder = new PageBinder(documents, TestPapers.Workers);
        var invoice = Invoice();
        var half = await KeepAsync(documents, invoice[..(invoice.Length / 2)], "half.pdf", 1);
        var gone = new Document { BusinessId = Business, Sha256 = new string('0', 64), FileName = "gone.pdf", ContentType = "application/pdf", Length = 1, Pages = 1 };

        Assert.Equal("One of the files is damaged, so its pages cannot be taken out. Nothing has changed.", (await binder.BindAsync(Business, [Sheets.AllOf(half)], "part.pdf", TestContext.Current.CancellationToken)).Refusal);
        Assert.Equal("The file gone.pdf is missing from the store. Nothing has changed.", (await binder.BindAsync(Business, [Sheets.AllOf(gone)], "part.pdf", TestContext.Current.CancellationToken)).Refusal);
    }

    public void Dispose() => Folders.Delete(folder);

    private static IEnumerable<string> Files()
    {
        var corpus = Path.Combine(Shared.Folder!, "corpus");
        return Directory.EnumerateFiles(Path.Combine(corpus, "broken"), "*.pdf").Concat(Directory.EnumerateFiles(Path.Combine(corpus, "hostile", "pdf"), "*.pdf")).Order(StringComparer.Ordinal);
    }

    private static byte[] Invoice() => SampleDrawing.Draw(SampleInvoices.Of(new DateOnly(2026, 1, 31)).First(), "GBP");

    private static async Task<string> WordsAsync(DocumentStore documents, Document document) =>
        (await TestPapers.Reader.ReadAsync(await ReadAsync(documents, document), Context, TestContext.Current.CancellationToken)).Text;

    private static async Task<Document> KeepAsync(DocumentStore documents, byte[] content, string fileName, int pages)
    {
        var kept = await documents.SaveAsync(content, TestContext.Current.CancellationToken);
        return new Document { BusinessId = Business, Sha256 = kept!.Sha256, FileName = fileName, ContentType = "application/pdf", Length = kept.Length, Pages = pages };
    }

    private static async Task<byte[]> ReadAsync(DocumentStore documents, Document document)
    {
        await using var stored = documents.OpenRead(document.Sha256)!;
        var content = new byte[stored.Length];
        await stored.ReadExactlyAsync(content, TestContext.Current.CancellationToken);
        return content;
    }
}
