using System.Diagnostics;
using DextSage.Integration.Intake;
using DextSage.Integration.Intake.Workers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace DextSage.Tests.Intake;

/// <summary>What becomes of the processes that open PDFs.</summary>
public sealed class PaperWorkersTests
{
    private static readonly ReadingContext Context = new(null, new DateOnly(2026, 6, 1), "GBP");
    private static readonly byte[] Sample = SampleDocuments.Draw(new DateOnly(2026, 3, 9))[0].Content;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_warm_worker_answers_one_question_after_the_other()
    {
        using var workers = TestPapers.New(TimeSpan.FromSeconds(30));
        Assert.Equal(1, (await new PaperInspector(workers).InspectAsync(Sample, "a.pdf", Cancellation)).Facts?.Pages);
        var first = Assert.Single(workers.Idle);
        Assert.Equal(TestPapers.ReadHere(Sample, Context), await new PaperReader(workers).ReadAsync(Sample, Context, Cancellation));
        Assert.Equal([first], workers.Idle);
    }

    [Fact]
    public async Task There_are_never_more_than_two_and_none_is_left_when_they_are_disposed()
    {
        int[] seen;
        using (var workers = TestPapers.New(TimeSpan.FromSeconds(30)))
        {
            var reader = new PaperReader(workers);
            var readings = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reader.ReadAsync(Sample, Context, Cancellation)));
            Assert.All(readings, reading => Assert.NotNull(reading.Total));
            seen = [.. workers.Idle];
            Assert.InRange(seen.Length, 1, 2);
        }

        foreach (var id in seen) await EndedAsync(id);
    }

    [Fact]
    public async Task A_worker_that_is_killed_while_it_reads_gives_a_sentence_and_the_next_file_is_read()
    {
        using var workers = TestPapers.New(TimeSpan.FromSeconds(30));
        var inspector = new PaperInspector(workers);
        await inspector.InspectAsync(Sample, "a.pdf", Cancellation);
        var id = Assert.Single(workers.Idle);
        var answer = inspector.InspectAsync(PdfTraps.Filling, "b.pdf", Cancellation);
        using (var process = Process.GetProcessById(id)) process.Kill();
        Assert.Equal("“b.pdf” is damaged or cut short.", (await answer).Refusal?.Sentence);
        Assert.NotNull((await new PaperReader(workers).ReadAsync(Sample, Context, Cancellation)).Total);
        Assert.NotEqual(id, Assert.Single(workers.Idle));
    }

    [Fact]
    public async Task A_worker_that_is_killed_while_it_waits_is_replaced_unnoticed()
    {
        using var workers = TestPapers.New(TimeSpan.FromSeconds(30));
        var inspector = new PaperInspector(workers);
        await inspector.InspectAsync(Sample, "a.pdf", Cancellation);
        var id = Assert.Single(workers.Idle);
        using (var process = Process.GetProcessById(id)) process.Kill();
        await EndedAsync(id);
        Assert.True((await inspector.InspectAsync(Sample, "a.pdf", Cancellation)).IsAccepted);
    }

    [Fact]
    public async Task A_file_that_takes_for_ever_is_given_up_and_its_worker_ended()
    {
        using var workers = TestPapers.New(TimeSpan.FromSeconds(2));
        Assert.Equal(20, (await workers.AskAsync(new PaperQuestion(ToRead: null), PdfTraps.Slow, Cancellation)).Pages);
        var id = Assert.Single(workers.Idle);
        Assert.Equal(PdfTrouble.TookTooMuch, (await workers.AskAsync(new PaperQuestion(Context), PdfTraps.Slow, Cancellation)).Trouble);
        Assert.Empty(workers.Idle);
        await EndedAsync(id);
    }

    [Fact]
    public async Task Whoever_cancels_or_closes_is_not_told_that_the_file_is_bad()
    {
        using var workers = TestPapers.New(TimeSpan.FromMinutes(1));
        var inspector = new PaperInspector(workers);
        using var caller = new CancellationTokenSource();
        var cancelled = inspector.InspectAsync(PdfTraps.Filling, "b.pdf", caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        var closed = inspector.InspectAsync(PdfTraps.Filling, "b.pdf", Cancellation);
        workers.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => closed);
    }

    [Fact]
    public async Task Workers_without_work_end_after_a_minute()
    {
        var time = new FakeTimeProvider();
        using var workers = TestPapers.New(TimeSpan.FromSeconds(30), time);
        await new PaperInspector(workers).InspectAsync(Sample, "a.pdf", Cancellation);
        var id = Assert.Single(workers.Idle);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal([id], workers.Idle);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Empty(workers.Idle);
        await EndedAsync(id);
    }

    [Fact]
    public async Task A_worker_ends_with_the_program_that_asks_it_even_in_the_middle_of_a_file()
    {
        using var process = Process.Start(PaperWorkerCommand.OfThisProgram().StartInfo(new PaperWorkerLimits().MemoryBytes))!;
        try
        {
            Assert.Empty(await PaperFrames.ReadAsync(process.StandardOutput.BaseStream, most: 0));
            await PaperFrames.WriteAsync(process.StandardInput.BaseStream, PaperFrames.Pack(new PaperQuestion(Context)));
            await PaperFrames.WriteAsync(process.StandardInput.BaseStream, PdfTraps.Slow);
            process.StandardInput.Close(); // All that a worker sees of its parent's end.
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(15), Cancellation);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task A_worker_that_cannot_be_started_is_the_machines_trouble()
    {
        using var missing = TestPapers.New(TimeSpan.FromSeconds(5), command: new PaperWorkerCommand("/nowhere/DextSage", []));
        await Assert.ThrowsAsync<PaperWorkerException>(() => new PaperInspector(missing).InspectAsync(Sample, "a.pdf", Cancellation));
        using var silent = TestPapers.New(TimeSpan.FromSeconds(5), command: PaperWorkerCommand.OfThisProgram() with { Arguments = ["--version"] });
        await Assert.ThrowsAsync<PaperWorkerException>(() => new PaperInspector(silent).InspectAsync(Sample, "a.pdf", Cancellation));
    }

    [Fact]
    public void A_worker_is_handed_no_secret()
    {
        // A name that no setting has: the variables of this process are every other test's too.
        Environment.SetEnvironmentVariable("Nobody__Secret", "of nobody's business");
        var start = PaperWorkerCommand.OfThisProgram().StartInfo(512);
        Assert.Equal("0x200", start.Environment["DOTNET_GCHeapHardLimit"]);
        Assert.DoesNotContain(start.Environment.Keys, name => name.Contains("__", StringComparison.Ordinal) || name.Contains("SECRET", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The system may take a moment to put a killed process away.</summary>
    private static async Task EndedAsync(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
        }
        catch (ArgumentException)
        {
            // There is no such process any more.
        }
    }
}
