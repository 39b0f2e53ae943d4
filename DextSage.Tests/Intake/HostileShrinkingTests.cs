using System.Diagnostics;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Shrinking;
using DextSage.Integration.Intake.Workers;
using DextSage.Integration.Items;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>PDFs that once broke a viewer, and traps of our own, made smaller in real workers: a copy with the same pages or an honest failure, in bounded time.</summary>
public sealed class HostileShrinkingTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_gets_a_copy_with_the_same_pages_or_is_left_as_it_is()
    {
        Assert.SkipWhen(Shared.Folder is null, "The corpus is not here.");
        using var workers = New(TimeSpan.FromSeconds(6));
        var watch = Stopwatch.StartNew();
        var answers = await Task.WhenAll(Files().Select(async file =>
        {
            var content = await File.ReadAllBytesAsync(file, Cancellation);
            var type = file.EndsWith(".pdf", StringComparison.Ordinal) ? "application/pdf" : "image/jpeg";
            List<PaperAnswer> both = [];
            // Written anew alone, and with its pictures as small as can be.
            foreach (var most in new[] { (int)ItemLimits.AttachmentBytes, content.Length / 3 }) both.Add(await AskAsync(workers, new ShrinkOrder(type, most), content));
            var inspector = new PaperInspector(workers);
            var pages = (await inspector.InspectAsync(content, file, Cancellation)).Facts?.Pages;
            foreach (var copy in both.Select(a => a.Content).OfType<byte[]>()) Assert.Equal(pages, (await inspector.InspectAsync(copy, file, Cancellation)).Facts?.Pages);
            return (Name: Path.GetFileName(file), Length: content.Length, Both: both);
        }));
        foreach (var (name, length, both) in answers)
            output.WriteLine($"{name} ({length}): {string.Join(" | ", both.Select(a => a.Shrunk is { } s ? $"{s.Outcome} {a.Following} {s.LongSide}" : a.Trouble.ToString()))}");
        output.WriteLine($"{answers.Length} files in {watch.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", answers.SelectMany(a => a.Both).GroupBy(a => a.Shrunk?.Outcome.ToString() ?? a.Trouble.ToString()).Select(g => $"{g.Key} {g.Count()}"))}.");
        Assert.Contains(answers, a => a.Both.TrueForAll(b => b.Shrunk?.Outcome is ShrinkOutcome.Done));
        Assert.Contains(answers, a => a.Both[0].Shrunk?.Outcome is not ShrinkOutcome.Done);
    }

    [Fact]
    public async Task A_trap_ends_its_worker_and_the_next_document_is_made_smaller()
    {
        using var workers = New(TimeSpan.FromSeconds(4));
        var order = new ShrinkOrder("application/pdf", (int)ItemLimits.AttachmentBytes);
        // A picture of a few pixels whose samples are a thousand million zeros.
        var flood = LargePapers.Pdf((LargePapers.PackedZeros(megabytes: 1000), 50, 50, "/BitsPerComponent 8 /ColorSpace /DeviceGray /Filter /FlateDecode"));

        foreach (var trap in new[] { PdfTraps.Filling, PdfTraps.Slow })
            Assert.NotEqual(ShrinkOutcome.Done, (await AskAsync(workers, order with { Most = trap.Length / 2 }, trap)).Shrunk?.Outcome);
        // It ends the worker, or is unpacked no further than to its fifty rows; what comes of it is bounded either way.
        var answer = await AskAsync(workers, order with { Most = flood.Length / 2 }, flood);
        Assert.True(answer.Trouble is PdfTrouble.TookTooMuch || answer.Shrunk is { Outcome: ShrinkOutcome.TooLarge or ShrinkOutcome.Done }, $"{answer.Trouble} {answer.Shrunk?.Outcome}");

        var scan = LargePapers.Pdf((LargePapers.Photo(1700, 2400, 95), 1700, 2400, "/BitsPerComponent 8 /Filter /DCTDecode /ColorSpace /DeviceRGB"));
        using var patient = New(TimeSpan.FromSeconds(60));
        Assert.Equal(ShrinkOutcome.Done, (await AskAsync(patient, order, scan)).Shrunk?.Outcome);
    }

    [Fact]
    public async Task A_picture_of_as_many_pixels_as_are_taken_at_all_is_made_smaller_in_a_worker()
    {
        using var workers = New(TimeSpan.FromSeconds(60));
        // 60 million, packed to almost nothing.
        using var bitmap = new SkiaSharp.SKBitmap(new SkiaSharp.SKImageInfo(10_000, 6_000, SkiaSharp.SKColorType.Gray8, SkiaSharp.SKAlphaType.Opaque));
        using var png = bitmap.Encode(SkiaSharp.SKEncodedImageFormat.Png, 100);
        var watch = Stopwatch.StartNew();

        var answer = await AskAsync(workers, new ShrinkOrder("image/png", (int)ItemLimits.AttachmentBytes), png.ToArray());

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
        Assert.Equal(ShrinkOutcome.Done, answer.Shrunk?.Outcome);
        Assert.Equal((5000, 3000), LargePapers.Look(answer.Content!) is var look ? (look.Width, look.Height) : default);
    }

    private static PaperWorkers New(TimeSpan patience) => new(
        PaperWorkerCommand.OfThisProgram(), new PaperWorkerLimits { Patience = TimeSpan.FromSeconds(10), PatienceToShrink = patience, StartUp = TimeSpan.FromMinutes(1) }, TimeProvider.System, NullLogger<PaperWorkers>.Instance);

    private static Task<PaperAnswer> AskAsync(PaperWorkers workers, ShrinkOrder order, byte[] content) =>
        workers.AskAsync(new PaperQuestion(ToRead: null) { ToShrink = order }, content, Cancellation);

    private static IEnumerable<string> Files()
    {
        var corpus = Path.Combine(Shared.Folder!, "corpus");
        return new[] { ("broken", "*.pdf"), (Path.Combine("hostile", "pdf"), "*.pdf"), ("pdf-text", "*.pdf"), ("receipts", "*.jpg") }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(corpus, f.Item1), f.Item2)).Order(StringComparer.Ordinal);
    }
}
