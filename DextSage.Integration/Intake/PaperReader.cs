using DextSage.Integration.Intake.Reading;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using UglyToad.PdfPig;

namespace DextSage.Integration.Intake;

/// <summary>
/// Reads a document for the values that a bookkeeper would otherwise type: an electronic invoice, which states them, the text layer of a PDF, or the words of a photo or scan
/// where the machine has a Tesseract.
/// Confident or empty: it never guesses.
/// </summary>
public sealed class PaperReader(PaperWorkers workers, Ocr? ocr = null)
{
    /// <summary>Pages read from either end of a long document: the head is on the first, the totals on the last.</summary>
    private const int PagesAtEitherEnd = 10;

    /// <summary>Characters: their bytes, escaped, fit into a worker's answer.</summary>
    private const int MostText = 100_000;

    /// <summary>Whether there is anything to read on such a file.</summary>
    public bool Reads(string contentType) => contentType is "application/pdf" or Document.Xml || ocr is { IsThere: true };

    /// <summary>Reads a PDF in a worker, and XML here; anything that cannot be read within bounds gives <see cref="PaperReading.Nothing"/>, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the host is closing.</exception>
    /// <exception cref="PaperWorkerException">No worker could be started: the machine's trouble, not the file's.</exception>
    public async Task<PaperReading> ReadAsync(byte[] file, ReadingContext context, CancellationToken cancellation = default) =>
        await ReadUnscannedAsync(file, context, cancellation) ?? await ScannedAsync(file, context, cancellation);

    /// <summary>The same without its pictures; null where there is nothing else to it.</summary>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    internal async Task<PaperReading?> ReadUnscannedAsync(byte[] file, ReadingContext context, CancellationToken cancellation = default)
    {
        if (file.Length > PaperInspector.MaxBytes) return PaperReading.Nothing;
        if (PdfHeader.Find(file) is not PdfHeader.Place.Start) return XmlDoor.LooksLikeXml(file) ? Stated(PaperReading.Nothing, file) : null;
        var answer = await workers.AskAsync(new PaperQuestion(context), file, cancellation);
        // A machine that is busy for a moment takes as long as a trap: whoever was only unlucky is read the second time.
        if (answer.Trouble is PdfTrouble.TookTooMuch) answer = await workers.AskAsync(new PaperQuestion(context), file, cancellation);
        var reading = Stated(answer.Reading ?? PaperReading.Nothing, answer.Content);
        return answer.Trouble is PdfTrouble.None && reading is { Invoice: null, Text.Length: 0 } ? null : reading;
    }

    /// <summary>The electronic invoice that a file is or carries, as XML; null where there is none. What it is worth, its reader tells.</summary>
    /// <inheritdoc cref="ReadAsync" path="/exception"/>
    internal async Task<byte[]?> InvoiceAsync(byte[] file, CancellationToken cancellation = default)
    {
        if (file.Length > PaperInspector.MaxBytes) return null;
        if (PdfHeader.Find(file) is not PdfHeader.Place.Start) return XmlDoor.LooksLikeXml(file) ? file : null;
        return (await workers.AskAsync(new PaperQuestion(ToRead: null) { ToUnwrap = true }, file, cancellation)).Content;
    }

    private async Task<PaperReading> ScannedAsync(byte[] file, ReadingContext context, CancellationToken cancellation)
    {
        if (ocr is not { IsThere: true }) return PaperReading.Nothing;
        var answer = await workers.AskAsync(new PaperQuestion(ToRead: null) { ToScan = true }, file, cancellation);
        if (answer is not { Scans: { Count: > 0 } scans, Content: { } content }) return PaperReading.Nothing;
        var (pages, at, isWhole) = (new List<(int, PageSize, IReadOnlyList<PaperWord>)>(), 0, scans.Count == answer.Pages);
        foreach (var scan in scans)
        {
            var size = new PageSize(scan.Width, scan.Height);
            var words = await ocr.ReadAsync(content[at..(at += scan.Length)], size, cancellation);
            isWhole &= words is not null;
            pages.Add((scan.Page, size, words ?? []));
        }

        var reading = OcrTrust.Interpret(Paper.From(pages), context);
        // What it comes to may stand on the page that was not read.
        return isWhole ? reading : reading with { Total = null, Tax = null, Net = null };
    }

    private static PaperReading Stated(PaperReading page, byte[]? xml) =>
        xml is not null && StructuredReader.Read(xml).Invoice is { } invoice ? StructuredValues.Of(invoice, page) : page;

    /// <summary>The reading itself, where the worker does it.</summary>
    internal static PaperReading Interpret(PdfDocument document, ReadingContext context)
    {
        return Interpret(Paper.From(document, PagesToRead(document.NumberOfPages)), context);
    }

    internal static PaperReading Interpret(Paper paper, ReadingContext context)
    {
        var totals = TotalsReader.Read(paper);
        return new PaperReading
        {
            Supplier = SupplierReader.Read(paper, context.OwnBusinessName),
            Date = DateReader.ReadDate(paper, context.Today),
            DueDate = DateReader.ReadDueDate(paper, context.Today),
            Reference = ReferenceReader.Read(paper),
            Total = totals.Total,
            Tax = totals.Tax,
            Net = totals.Net,
            Currency = CurrencyReader.Read(paper, totals.TotalAmount, context.BaseCurrency),
            Text = paper.Text(MostText),
        };
    }

    private static IEnumerable<int> PagesToRead(int pages) =>
        Enumerable.Range(1, pages).Where(page => page <= PagesAtEitherEnd || page > pages - PagesAtEitherEnd);
}
