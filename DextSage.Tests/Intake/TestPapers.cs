using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Scanning;
using DextSage.Integration.Intake.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace DextSage.Tests.Intake;

/// <summary>
/// Real workers, shared by every test that opens harmless PDFs, so that not each of them starts processes of its own. They end with
/// the test program, as they would with any other. Tests that are to harm workers make their own.
/// </summary>
internal static class TestPapers
{
    // A busy machine is no reason to call a document slow.
    public static readonly PaperWorkers Workers = New(TimeSpan.FromSeconds(30));

    public static readonly PaperInspector Inspector = new(Workers);

    public static readonly PaperReader Reader = new(Workers);

    public static PaperWorkers New(TimeSpan patience, TimeProvider? time = null, PaperWorkerCommand? command = null) => new(
        command ?? PaperWorkerCommand.OfThisProgram(),
        new PaperWorkerLimits { Patience = patience, PatienceToConvert = TimeSpan.FromMinutes(2), StartUp = TimeSpan.FromMinutes(1) },
        time ?? TimeProvider.System,
        NullLogger<PaperWorkers>.Instance);

    /// <summary>Takes the place of an app's own workers; an instance that is given is not disposed with the app. Photos stay unread, whether this machine could or not.</summary>
    public static void UseIn(IServiceCollection services)
    {
        services.Replace(ServiceDescriptor.Singleton(Workers));
        services.Replace(ServiceDescriptor.Singleton(NewOcr("off")));
    }

    /// <param name="program">Null for this machine's own.</param>
    /// <param name="patience">A busy machine is no reason to call a page slow.</param>
    public static Ocr NewOcr(string? program = null, TimeSpan? patience = null) => new(Options.Create(new OcrOptions { Program = program, Patience = patience ?? TimeSpan.FromMinutes(3) }), TimeProvider.System, NullLogger<Ocr>.Instance);

    /// <summary>The reading alone, in this process: for PDFs that the project draws itself.</summary>
    public static PaperReading ReadHere(byte[] pdf, ReadingContext context) =>
        PdfDoor.Visit(pdf, document => PaperReader.Interpret(document, context)).Found ?? PaperReading.Nothing;
}
