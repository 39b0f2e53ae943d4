using DextSage.Integration.Intake.Converting;
using DextSage.Integration.Intake.Structured;
using DextSage.Integration.Intake.Workers;

namespace DextSage.Integration.Intake;

/// <summary>
/// Stands at the door: takes PDFs, JPEGs, PNGs and electronic invoices by what they contain, has TIFFs, HEIC photos and the like made into these, refuses the rest with a sentence.
/// Nothing is decoded here: an image's size is read from its header; a PDF is opened in a worker, only far enough to count its pages; what is to be converted is decoded in a worker
/// too; XML is read by a reader with bounds.
/// </summary>
public sealed class PaperInspector(PaperWorkers workers)
{
    /// <summary>The largest file taken, in bytes (Dext's own limit for images and PDFs).</summary>
    public const int MaxBytes = 6 * 1024 * 1024;

    /// <summary>The most pages of a PDF.</summary>
    public const int MaxPages = 200;

    /// <summary>The most pixels of an image, width times height.</summary>
    public const long MaxPixels = 60_000_000;

    /// <summary>Says what the file is, or why it is not taken. Never throws for what a file contains.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="fileName">As the sender called it: used in sentences only, never to decide or to store.</param>
    /// <param name="cancellation">Ends the opening of a PDF early.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled, or the host is closing.</exception>
    /// <exception cref="PaperWorkerException">No worker could be started: the machine's trouble, not the file's.</exception>
    public async Task<PaperInspection> InspectAsync(ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellation = default)
    {
        if (content.Length <= MaxBytes && ForeignHeader.Find(content.Span) is { } format) return await ConvertAsync(format, content, fileName, cancellation);
        var (facts, refusal) = Look(content) ?? await PdfAsync(content, cancellation);
        return refusal is { } kind
            ? PaperInspection.Refuse(PaperRefusals.For(kind, fileName))
            : PaperInspection.Accept(facts!);
    }

    /// <summary>The refusal of a file that is too large to be read at all, for callers that stop a stream at <see cref="MaxBytes"/>.</summary>
    public static PaperRefusal TooLarge(string fileName) => PaperRefusals.For(PaperRefusalKind.TooLarge, fileName);

    /// <summary>Null for what looks like a whole PDF, which must be opened to be judged.</summary>
    private static (PaperFacts?, PaperRefusalKind?)? Look(ReadOnlyMemory<byte> file)
    {
        var bytes = file.Span;
        if (bytes.IsEmpty) return (null, PaperRefusalKind.Empty);
        if (bytes.Length > MaxBytes) return (null, PaperRefusalKind.TooLarge);
        if (bytes.StartsWith(PngHeader.Signature)) return Image(PaperKind.Png, PngHeader.Read(bytes));
        if (bytes.StartsWith(JpegHeader.Signature)) return Image(PaperKind.Jpeg, JpegHeader.Read(bytes));
        return PdfHeader.Find(bytes) switch
        {
            PdfHeader.Place.None => XmlDoor.LooksLikeXml(bytes) ? Invoice(file) : (null, PaperRefusalKind.NotPaper),
            PdfHeader.Place.Hidden => (null, PaperRefusalKind.HiddenInside),
            _ when !PdfHeader.HasEnd(bytes) => (null, PaperRefusalKind.Damaged),
            _ => null,
        };
    }

    private static (PaperFacts?, PaperRefusalKind?) Invoice(ReadOnlyMemory<byte> xml) => StructuredReader.Read(xml).Trouble switch
    {
        StructuredTrouble.None => (new PaperFacts(PaperKind.Invoice, 1, null, null), null),
        StructuredTrouble.Damaged => (null, PaperRefusalKind.Damaged),
        StructuredTrouble.TooMuch => (null, PaperRefusalKind.TooMuchXml),
        // Pages of the web begin alike.
        _ when !XmlDoor.SaysSo(xml.Span) => (null, PaperRefusalKind.NotPaper),
        StructuredTrouble.HasDocumentType => (null, PaperRefusalKind.HasDocumentType),
        StructuredTrouble.NotXml => (null, PaperRefusalKind.Damaged),
        _ => (null, PaperRefusalKind.NotAnInvoice),
    };

    private static (PaperFacts?, PaperRefusalKind?) Image(PaperKind kind, (int Width, int Height)? size) => size switch
    {
        null => (null, PaperRefusalKind.Damaged),
        var (width, height) when (long)width * height > MaxPixels => (null, PaperRefusalKind.TooManyPixels),
        var (width, height) => (new PaperFacts(kind, 1, width, height), null),
    };

    private async Task<PaperInspection> ConvertAsync(ForeignFormat format, ReadOnlyMemory<byte> content, string fileName, CancellationToken cancellation)
    {
        var answer = await workers.AskAsync(new PaperQuestion(ToRead: null) { ToConvert = new ConvertOrder(format, MaxBytes) }, content, cancellation);
        return answer switch
        {
            { Converted: { Refusal: null } made, Content: { } copy } => PaperInspection.Accept(new PaperFacts(made.Kind, made.Pages, made.Width, made.Height), new ConvertedPaper(format, copy)),
            { Converted.Refusal: { } refusal } => PaperInspection.Refuse(PaperRefusals.For(refusal, fileName)),
            { Trouble: PdfTrouble.TookTooMuch } => PaperInspection.Refuse(PaperRefusals.For(PaperRefusalKind.TookTooLong, fileName)),
            _ => PaperInspection.Refuse(PaperRefusals.For(PaperRefusalKind.Damaged, fileName)),
        };
    }

    private async Task<(PaperFacts?, PaperRefusalKind?)> PdfAsync(ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var answer = await workers.AskAsync(new PaperQuestion(ToRead: null), content, cancellation);
        return answer.Trouble switch
        {
            PdfTrouble.PasswordProtected => (null, PaperRefusalKind.PasswordProtected),
            PdfTrouble.TookTooMuch => (null, PaperRefusalKind.TookTooLong),
            PdfTrouble.Damaged => (null, PaperRefusalKind.Damaged),
            _ when answer.Pages < 1 => (null, PaperRefusalKind.Damaged),
            _ when answer.Pages > MaxPages => (null, PaperRefusalKind.TooManyPages),
            _ => (new PaperFacts(PaperKind.Pdf, answer.Pages, null, null), null),
        };
    }
}
