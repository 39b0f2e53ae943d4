using DextSage.Integration.Intake.Reading;
using DextSage.Integration.Intake.Workers;
using UglyToad.PdfPig;

namespace DextSage.Integration.Intake;

/// <summary>Reads the text layer of a PDF for the values that a bookkeeper would otherwise type. Confident or empty: it never guesses.</summary>
public sealed class PaperReader(PaperWorkers workers)
{
    /// <summary>Pages read from either end of a long document: the head is on the first, the totals on the last.</summary>
    private const int PagesAtEitherEnd = 10;

    /// <summary>Characters: their bytes, escaped, fit into a worker's answer.</summary>
    private const int MostText = 100_000;

    /// <summary>Reads a PDF in a worker; anything that cannot be read within bounds gives <see cref="PaperReading.Nothing"/>, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the host is closing.</exception>
    /// <exception cref="PaperWorkerException">No worker could be started: the machine's trouble, not the file's.</exception>
    public async Task<PaperReading> ReadAsync(byte[] pdf, ReadingContext context, CancellationToken cancellation = default)
    {
        if (pdf.Length > PaperInspector.MaxBytes || PdfHeader.Find(pdf) is not PdfHeader.Place.Start) return PaperReading.Nothing;
        var answer = await workers.AskAsync(new PaperQuestion(context), pdf, cancellation);
        return answer.Reading ?? PaperReading.Nothing;
    }

    /// <summary>The reading itself, where the worker does it.</summary>
    internal static PaperReading Interpret(PdfDocument document, ReadingContext context)
    {
        var paper = Paper.From(document, PagesToRead(document.NumberOfPages));
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
