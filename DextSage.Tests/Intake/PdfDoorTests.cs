using System.Diagnostics;
using DextSage.Integration.Intake;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>What a PDF does to its reader, it does to a worker: we get an answer, keep our memory, and the next document is read.</summary>
public sealed class PdfDoorTests(ITestOutputHelper output)
{
    /// <summary>Bytes: other tests run beside this one, but what a trap takes is five times that much at least.</summary>
    private const long MostGrowth = 1_000_000_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 6, 1), "GBP");

    [Fact]
    public async Task Every_trap_ends_in_an_answer_and_a_well_formed_document_is_read_after_it()
    {
        var traps = PdfTraps.All;
        var sample = SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content;
        using var workers = TestPapers.New(Patience);
        var (inspector, reader) = (new PaperInspector(workers), new PaperReader(workers));
        var (watch, before) = (Stopwatch.StartNew(), Environment.WorkingSet);
        await Task.WhenAll(traps.Select(async trap =>
        {
            var inspection = await inspector.InspectAsync(trap.Pdf, trap.Name, TestContext.Current.CancellationToken);
            var reading = await reader.ReadAsync(trap.Pdf, Context, TestContext.Current.CancellationToken);
            output.WriteLine($"{trap.Name}: {inspection.Refusal?.Kind.ToString() ?? "accepted"}, done after {watch.Elapsed.TotalSeconds:0.0} s, {Environment.WorkingSet / 1_000_000} MB");
            Assert.InRange(Environment.WorkingSet - before, long.MinValue, MostGrowth);
            Assert.NotEqual(PaperRefusalKind.TooLarge, inspection.Refusal?.Kind);
            Assert.Null(reading.Total);
            Assert.NotNull((await reader.ReadAsync(sample, Context, TestContext.Current.CancellationToken)).Total);
        }));
    }
}
