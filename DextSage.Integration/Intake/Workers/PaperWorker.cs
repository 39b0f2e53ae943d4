using DextSage.Integration.Intake.Converting;
using DextSage.Integration.Intake.Samples;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Shrinking;
using DextSage.Integration.Intake.Structured;

namespace DextSage.Integration.Intake.Workers;

/// <summary>The other side: a process that opens strangers' PDFs and pictures, one after the other, for the program that started it.</summary>
public static class PaperWorker
{
    /// <summary>The program's first and only argument when it is to be a worker.</summary>
    public const string Argument = "read-paper";

    /// <summary>A damaged file's throw on the way out takes more stack than its way in.</summary>
    private const int StackBytes = 16 * 1024 * 1024;

    /// <summary>Answers questions until the input ends, which it does when the program that asks is gone. The exit code: 0.</summary>
    /// <param name="input">Questions and files, as <c>PaperFrames</c> has them.</param>
    /// <param name="output">Answers; nothing else in this process may write there.</param>
    public static async Task<int> RunAsync(Stream input, Stream output)
    {
        Console.SetOut(TextWriter.Null);
        StandBack();
        WarmUp();
        try
        {
            await PaperFrames.WriteAsync(output, ReadOnlyMemory<byte>.Empty);
            while (true)
            {
                var question = PaperFrames.UnpackQuestion(await PaperFrames.ReadAsync(input, PaperFrames.MaxQuestion));
                var pdf = await PaperFrames.ReadAsync(input, question is { ToBind: null, ToShrink: null } ? PaperInspector.MaxBytes : PaperFrames.MaxBound);
                // On a thread of its own, so that the end of the input is noticed, and ends the process, while a file is still open.
                new Thread(() => Reply(question, pdf, output), StackBytes) { IsBackground = true, Name = "Reading a PDF" }.Start();
            }
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void Reply(PaperQuestion question, byte[] pdf, Stream output)
    {
        var answer = Answer(question, pdf);
        PaperFrames.WriteAsync(output, PaperFrames.Pack(answer)).GetAwaiter().GetResult();
        if (answer.Content is { } bound) PaperFrames.WriteAsync(output, bound).GetAwaiter().GetResult();
    }

    private static PaperAnswer Answer(PaperQuestion question, byte[] pdf)
    {
        if (question.ToBind is { } orders) return SheetBinding.Bind(orders, pdf);
        if (question.ToShrink is { } order) return PaperShrinking.Shrink(order, pdf);
        if (question.ToConvert is { } format) return PictureConversion.Convert(format, pdf);
        if (question.ToScan) return ScanPictures.Make(pdf);
        if (question.ToRead is { } context)
        {
            var invoice = Unwrapped(pdf);
            if (invoice.Trouble is PdfTrouble.TookTooMuch) return PaperAnswer.Of(invoice.Trouble);
            var reading = PdfDoor.Visit(pdf, document => PaperReader.Interpret(document, context));
            return new PaperAnswer(reading.Trouble, 0, reading.Found).With(invoice.Found);
        }

        if (question.ToUnwrap)
        {
            var within = Unwrapped(pdf);
            return PaperAnswer.Of(within.Trouble).With(within.Found);
        }

        var pages = PdfDoor.Visit(pdf, document => document.NumberOfPages);
        return new PaperAnswer(pages.Trouble, pages.Found, Reading: null);
    }

    // A visit of its own: what is wrong with the pages is no reason to lose the invoice, nor the other way round.
    private static PdfVisit<byte[]> Unwrapped(byte[] pdf) => PdfDoor.Visit(pdf, EmbeddedInvoice.Find)!;

    /// <summary>When the machine's memory runs out, Linux ends this process first, and what it leaves behind holds nobody's paper.</summary>
    private static void StandBack()
    {
        if (!OperatingSystem.IsLinux()) return;
        try
        {
            File.WriteAllText("/proc/self/oom_score_adj", "1000");
            File.WriteAllText("/proc/self/coredump_filter", "0");
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            // A container may not allow it. The worker's own limits hold all the same.
        }
    }

    /// <summary>The first file takes a second to be read, later ones a hundredth: so that one is our own, and takes nobody's time.</summary>
    private static void WarmUp()
    {
        var today = new DateOnly(2026, 1, 31);
        var pdf = SampleDrawing.Draw(SampleInvoices.Of(today).First(), "GBP");
        var question = new PaperQuestion(new ReadingContext(OwnBusinessName: null, today, "GBP"));
        PaperFrames.UnpackAnswer(PaperFrames.Pack(Answer(PaperFrames.UnpackQuestion(PaperFrames.Pack(question)), pdf)));
    }
}
